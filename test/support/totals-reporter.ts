/** A reporter that writes one JSON line per test file and a last one for the whole run; `test/run.ts` adds them up. */
export interface Totals {
  /** Null for the whole run. */
  file: string | null;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
}

interface Summary {
  type: string;
  data: {
    file?: string;
    counts?: { passed: number; failed: number; cancelled: number; skipped: number };
    duration_ms?: number;
  };
}

export default async function* totals(events: AsyncIterable<Summary>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== "test:summary" || !data.counts) continue;
    const { passed, failed, cancelled, skipped } = data.counts;
    const seconds = Math.round((data.duration_ms ?? 0) / 1_000);
    const line: Totals = { file: data.file ?? null, passed, failed: failed + cancelled, skipped, seconds };
    yield `${JSON.stringify(line)}\n`;
  }
}
