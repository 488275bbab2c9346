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

/** An event is written down a moment after the time that it bears; so far back is looked again while following. */
const LATE = 10 * SECOND;

export function eventsCommand(program: Command): void {
  program
    .command("events")
    .description("print what happened: the audit trail, oldest first")
    .option("--account <address>", "only what concerns this account; its id does too")
    .option("--kind <kind>", "only events of this kind, such as signed-in")
    .option("--since <duration>", "only those of the last 30m, 1h, 7d, …", duration)
    .option("--limit <n>", "at most so many, the newest", wholeNumber, 100)
    .option("--follow", "go on and print what happens, until you press Ctrl-C")
    .action((options: Options, command: Command) =>
      withOperator(command, async (operator) => {
        const { account, kind, since, limit: atMost, follow } = options;
        const from = since === undefined ? undefined : Date.now() - since;
        const lines = await operator.events({ account, kind, since: from, atMost });
        if (lines.length === 0 && !follow) return console.log("There is none.");
        printColumns(lines.map(cells));
        if (lines.some((line) => !line.isCertain)) console.log(PERHAPS);
        if (follow) await goOn(operator, options, lines);
      }),
    );
}

const PERHAPS =
  "\n? was written down before anybody looked an account up, with the address masked: it may be another's with the same first letter.";

async function goOn(operator: Latchkey["operator"], { account, kind }: Options, lines: Line[]): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const seen = new Map(lines.map(({ id, at }) => [id, at]));
  while (!stop.signal.aborted) {
    await wait(SECOND, null, { signal: stop.signal }).catch(() => null);
    const since = Date.now() - LATE;
    const fresh = await operator.events({ account, kind, since, atMost: 10_000 });
    printColumns(fresh.filter(({ id }) => !seen.has(id)).map(cells));
    for (const { id, at } of fresh) seen.set(id, at);
    for (const [id, at] of seen) if (at < since - LATE) seen.delete(id);
  }
}

function cells({ at, kind, email, accountId, client, browser, isCertain }: Line): string[] {
  return [isCertain ? " " : "?", formatTime(at), kind, email ?? "-", accountId ?? "-", client ?? "-", browser ?? "-"];
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw new InvalidArgumentError("Write a duration such as 30m, 1h or 7d.");
}
