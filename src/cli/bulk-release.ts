import { setTimeout as wait } from "node:timers/promises";
import type { Latchkey } from "../latchkey.ts";
import { pluralise, progress } from "./terminal.ts";

/** In milliseconds. */
const STEP = 250;

/** Warns if the daily limit is smaller than the number of emails, and names the setting to change. */
export function printBudget({ mail }: Latchkey["operator"], mails: number): void {
  const perDay = mail.manyPerDay();
  if (mails <= perDay) return;
  const days = pluralise(Math.ceil(mails / perDay), "day");
  console.log(`LIMIT_MAILS_PER_DAY allows ${perDay.toLocaleString("en")} bulk emails a day, so this takes ${days}.`);
  console.log(`To go faster, set it to ${2 * mails} here and for the server, then restart the server.`);
}

/** Releases all held emails at a rate per minute and shows the progress. After a crash the next call resumes. */
export async function releaseAll(operator: Latchkey["operator"], perMinute: number): Promise<void> {
  const { held } = await operator.mail.held();
  if (held === 0) return;

  const step = operator.mail.bulkRelease(perMinute);
  const shown = progress("Emails queued", held);
  for (let done = 0; ; ) {
    const { many, isWaiting } = await step();
    done += many;
    shown.show(done, isWaiting ? "waiting for the server to send the previous ones" : "");
    if (done >= held && (await operator.mail.held()).held === 0) break;
    await wait(STEP);
  }
  shown.end();
  const { underWay } = await operator.mail.held();
  console.log(
    underWay === 0 ? "All sent." : `${pluralise(underWay, "email")} not sent yet. The server keeps sending them.`,
  );
}
