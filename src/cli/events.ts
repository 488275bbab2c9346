import { setTimeout as wait } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { Latchkey } from "../latchkey.ts";
import { SECOND } from "../lib/clock.ts";
import { parseDuration } from "../lib/rate.ts";
import { formatTime, printColumns, wholeNumber } from "./terminal.ts";
import { withOperator } from "./with-operator.ts";

type Line = Awaited<ReturnType<Latchkey["operator"]["events"]>>[number];

interface Options {
  account?: string;
  kind?: string;
  since?: number;
  limit: number;
  follow?: true;
}

/** An event is stored a moment after its time. `--follow` looks this far back for late ones. */
const LATE_MS = 10 * SECOND;

export function eventsCommand(program: Command): void {
  program
    .command("events")
    .description("print the audit log, oldest first")
    .option("--account <address>", "only events for this account (email address or id)")
    .option("--kind <kind>", "only events of this kind, for example signed-in")
    .option("--since <duration>", "only events from the last 30m, 1h, 7d, …", duration)
    .option("--limit <n>", "show at most this many, the newest", wholeNumber, 100)
    .option("--follow", "keep printing new events until you press Ctrl-C")
    .action((options: Options, command: Command) =>
      withOperator(command, async (operator) => {
        const { account, kind, since, limit: atMost, follow: isFollowing } = options;
        const from = since === undefined ? undefined : Date.now() - since;
        const lines = await operator.events({ account, kind, since: from, atMost });
        if (lines.length === 0 && !isFollowing) return console.log("No events.");
        printColumns(lines.map(cells));
        if (lines.some((line) => !line.isCertain)) console.log(UNCERTAIN);
        if (isFollowing) await follow(operator, options, lines);
      }),
    );
}

const UNCERTAIN =
  "\n? = recorded before an account was looked up, with the address masked. It may belong to a different address with the same first letter and domain.";

async function follow(operator: Latchkey["operator"], { account, kind }: Options, lines: Line[]): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const seen = new Map(lines.map(({ id, at }) => [id, at]));
  while (!stop.signal.aborted) {
    await wait(SECOND, null, { signal: stop.signal }).catch(() => null);
    const since = Date.now() - LATE_MS;
    const fresh = await operator.events({ account, kind, since, atMost: 10_000 });
    printColumns(fresh.filter(({ id }) => !seen.has(id)).map(cells));
    for (const { id, at } of fresh) seen.set(id, at);
    for (const [id, at] of seen) if (at < since - LATE_MS) seen.delete(id);
  }
}

function cells({ at, kind, email, accountId, client, browser, isCertain }: Line): string[] {
  return [isCertain ? " " : "?", formatTime(at), kind, email ?? "-", accountId ?? "-", client ?? "-", browser ?? "-"];
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw new InvalidArgumentError("Use a duration like 30m, 1h or 7d.");
}
