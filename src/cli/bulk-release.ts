import { setTimeout as wait } from "node:timers/promises";
import type { Latchkey } from "../latchkey.ts";
import { pluralise, progress } from "./terminal.ts";

/** In milliseconds. */
const STEP = 250;

/** Says where the day's budget is too small for so many mails, and what to write. */
export function printBudget({ mail }: Latchkey["operator"], mails: number): void {
  const perDay = mail.manyPerDay();
  if (mails <= perDay) return;
  const days = pluralise(Math.ceil(mails / perDay), "day");
  console.log(`LIMIT_MAILS_PER_DAY lets ${pluralise(perDay, "mail")} to many leave in a day, so this takes ${days}.`);
  console.log(
    `To be quicker, set it to ${(2 * mails).toLocaleString("en")} meanwhile, here and for the server, and start the server anew.`,
  );
}

/** Lets all held mails go at so many a minute, showing how far it is. Killed, it is gone on with by the next call. */
export async function releaseAll(operator: Latchkey["operator"], perMinute: number): Promise<void> {
  const { held } = await operator.mail.held();
  if (held === 0) return;

  const step = operator.mail.lettingGo(perMinute);
  const shown = progress("Mails let go", held);
  for (let done = 0; ; ) {
    const { many, isWaiting } = await step();
    done += many;
    shown.show(done, isWaiting ? "waiting for the server to send those before" : "");
    if (done >= held && (await operator.mail.held()).held === 0) break;
    await wait(STEP);
  }
  shown.end();
  const { underWay } = await operator.mail.held();
  console.log(
    underWay === 0 ? "All have left." : `Not sent yet: ${pluralise(underWay, "mail")}. The server goes on with them.`,
  );
}
