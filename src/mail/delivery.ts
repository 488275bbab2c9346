import { SECOND } from "../basics/clock.ts";
import { maskEmail } from "../basics/email-address.ts";
import type { Core } from "../flows/core.ts";
import { record } from "../store/events.ts";
import { finish, type OutboxMail, postpone, sent } from "../store/outbox.ts";
import { prepare } from "./kinds.ts";
import { type Letterhead, render, type Templates } from "./templates.ts";
import { SendError, type Sender, type Transport } from "./transport.ts";

/** What a delivery needs besides the core. */
export interface Mailing extends Letterhead {
  from: Sender;
  transport: Transport;
  templates: Templates;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

const MAX_ATTEMPTS = 40;
const FIRST_WAIT = 10 * SECOND;

/**
 * One attempt at one mail that is held: made ready, set, sent, and its end written down. Returns whether it left. Throws
 * what the database throws; the mail is then tried again when its lease ends.
 */
export async function deliver(core: Core, mailing: Mailing, mail: OutboxMail): Promise<boolean> {
  const db = core.database.query;
  const about = { mail: mail.id, kind: mail.kind, to: maskEmail(mail.email), attempt: mail.attempts };

  // An attempt that is over the time or the number still counts as the last one's failure: nothing is minted for it.
  if (core.clock() >= mail.giveUpAt || mail.attempts > MAX_ATTEMPTS) {
    await giveUp(core, mail, "its time ran out before the mail server took it");
    mailing.log.error(about, "a mail was given up");
    return false;
  }

  const prepared = await prepare(core, mail);
  if (prepared.kind === "nothing") {
    await finish(db, mail, "closed", prepared.why, core.clock());
    core.meter.mail(mail.kind, "closed");
    return false;
  }

  const letter = render(prepared.view, mailing, mailing.templates);
  const messageId = `<${mail.id}@${new URL(mailing.baseUrl).hostname}>`;
  const message = { ...letter, messageId, from: mailing.from, to: prepared.to };
  const outcome = await mailing.transport.send(message).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome) {
    await failed(core, mailing, mail, outcome.error, prepared.withdraw);
    return false;
  }
  await sent(db, mail.id, outcome.answer, core.clock());
  await record(db, { kind: "mail-sent", accountId: mail.accountId, email: prepared.to }, core.clock());
  core.meter.mail(mail.kind, "sent");
  mailing.log.info(about, "a mail was sent");
  return true;
}

async function failed(
  core: Core,
  mailing: Mailing,
  mail: OutboxMail,
  error: unknown,
  withdraw: () => Promise<void>,
): Promise<void> {
  const failure = error instanceof SendError ? error : new SendError(String(error), { mayHaveLeft: true });
  const { isPermanent, mayHaveLeft, message: answer } = failure;
  const to = maskEmail(mail.email);
  const about = {
    mail: mail.id,
    kind: mail.kind,
    to,
    attempt: mail.attempts,
    answer: answer.replaceAll(mail.email, to),
  };
  if (!mayHaveLeft) await withdraw();
  if (isPermanent) {
    await giveUp(core, mail, answer);
    mailing.log.error(about, "the mail server refused a mail for good");
    return;
  }
  const wait = waitAfter(mail);
  await postpone(core.database.query, mail, core.clock() + wait, answer);
  core.meter.mail(mail.kind, "failed");
  mailing.log.error({ ...about, nextAttemptInMs: wait }, "a mail could not be sent and is tried again");
}

async function giveUp(core: Core, mail: OutboxMail, why: string): Promise<void> {
  await finish(core.database.query, mail, "given-up", why, core.clock());
  core.meter.mail(mail.kind, "given-up");
  await record(
    core.database.query,
    { kind: "mail-given-up", accountId: mail.accountId, email: mail.email },
    core.clock(),
  );
}

/**
 * Doubles from ten seconds, up to a twelfth of the time that the mail has in all: a link of an hour is tried every five
 * minutes at least. Jitter keeps mails that failed together from coming back together.
 */
function waitAfter(mail: OutboxMail): number {
  const longest = (mail.giveUpAt - mail.createdAt) / 12;
  const wait = Math.min(FIRST_WAIT * 2 ** (mail.attempts - 1), longest);
  return Math.round(wait / 2 + (Math.random() * wait) / 2);
}
