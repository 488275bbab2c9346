/** A reporter that writes one JSON line per test process and a last one for the whole run; `test/run.ts` adds them up. */
export interface Totals {
  /** Null for the whole run. */
  file: string | null;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** The test files of the process: how long their tests took, and whether one failed. */
  parts: Record<string, { ms: number; failed: boolean }>;
}

interface Event {
  type: string;
  data: {
    file?: string;
    nesting?: number;
    details?: { duration_ms?: number };
    counts?: { passed: number; failed: number; cancelled: number; skipped: number };
    duration_ms?: number;
  };
}

export default async function* totals(events: AsyncIterable<Event>): AsyncGenerator<string> {
  // The events of a process come together, and its summary follows them.
  let parts: Totals["parts"] = {};
  for await (const { type, data } of events) {
    if ((type === "test:pass" || type === "test:fail") && data.file) {
      parts[data.file] ??= { ms: 0, failed: false };
      const part = parts[data.file] as Totals["parts"][string];
      if (type === "test:fail") part.failed = true;
      if (data.nesting === 0) part.ms += data.details?.duration_ms ?? 0;
    }
    if (type !== "test:summary" || !data.counts) continue;
    const { passed, failed, cancelled, skipped } = data.counts;
    const seconds = Math.round((data.duration_ms ?? 0) / 1_000);
    const line: Totals = { file: data.file ?? null, passed, failed: failed + cancelled, skipped, seconds, parts };
    parts = {};
    yield `${JSON.stringify(line)}\n`;
  }
}
