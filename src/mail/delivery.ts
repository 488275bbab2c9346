import { record } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { PURPOSES, type Purpose } from "../core/purposes.ts";
import { SECOND } from "../lib/clock.ts";
import { maskEmail } from "../lib/email-address.ts";
import { takeFromBudget } from "./budget.ts";
import { endEmail, markSent, type OutboxEmail, postponeEmail, releaseEmail } from "./outbox.ts";
import { deleteSuppression, insertSuppression } from "./suppressions.ts";
import { type Letterhead, render, type Templates } from "./templates.ts";
import { maskAddresses, SendError, type Sender, type Transport } from "./transport.ts";
import type { PreparedEmail } from "./views.ts";

/** One kind of email: which purpose its link has, and how it is prepared as it leaves. */
export interface EmailKind {
  /** Decides the share of the daily budget. */
  purpose: Purpose;
  prepare(core: Core, mail: OutboxEmail): Promise<PreparedEmail>;
}

/** The kinds of email by name. */
export type EmailKinds = Readonly<Record<string, EmailKind>>;

/** What a delivery needs besides the core. */
export interface MailContext extends Letterhead {
  kinds: EmailKinds;
  from: Sender;
  transport: Transport;
  templates: Templates;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/**
 * How an attempt ended. `refused`: the mail server works, and did not take this mail, now or for good. `nothing`: nobody
 * asked the server. `outage`: it could take no mail at all, for the reason in `answer`.
 */
export type DeliveryResult =
  | { kind: "sent" }
  | { kind: "refused" }
  | { kind: "nothing" }
  | { kind: "outage"; answer: string };

/** More than any mail needs within its time; this is for mails that end the worker each time. */
const MAX_ATTEMPTS = 100;
const SHORTEST_WAIT = SECOND;
const FIRST_WAIT = 10 * SECOND;

/**
 * One attempt at one mail that is held: made ready, set, sent, and its end written down. Throws what the database throws;
 * the mail is then tried again when its lease ends.
 */
export async function deliver(core: Core, mailing: MailContext, mail: OutboxEmail): Promise<DeliveryResult> {
  const db = core.database.query;
  const about = { mail: mail.id, kind: mail.kind, to: maskEmail(mail.email), attempt: mail.attempts };

  // An attempt that is over the time or the number still counts as the last one's failure: nothing is minted for it.
  if (core.clock() >= mail.giveUpAt || mail.attempts > MAX_ATTEMPTS) {
    await giveUp(core, mail, "its time ran out before the mail server took it");
    mailing.log.error(about, "a mail was given up");
    return { kind: "nothing" };
  }

  const kind = mailing.kinds[mail.kind];
  // A newer version may have queued it. It is tried again when its lease ends.
  if (!kind) throw new Error(`unknown email kind "${mail.kind}"`);
  const prepared = await kind.prepare(core, mail);
  if (prepared.kind === "nothing") {
    await endEmail(db, mail, "closed", prepared.why, core.clock());
    core.meter.mail(mail.kind, "closed");
    return { kind: "nothing" };
  }

  const place = await takeFromBudget(core, mail, PURPOSES[kind.purpose].budgetShare);
  if (place.kind === "none") {
    await prepared.withdraw();
    await overBudget(core, mail, place.nextDayAt);
    mailing.log.error(about, "a mail is over the day's budget");
    return { kind: "nothing" };
  }
  const withdraw = async () => {
    await prepared.withdraw();
    await place.giveBack();
  };

  const letter = render(prepared.view, mailing, mailing.templates);
  const messageId = `<${mail.id}@${new URL(mailing.baseUrl).hostname}>`;
  const message = { ...letter, messageId, from: mailing.from, to: prepared.to };
  const outcome = await mailing.transport.send(message).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome) return failed(core, mailing, mail, outcome.error, { ...prepared, withdraw });

  const { accountId } = mail;
  const { to } = prepared;
  await core.database.batchTransaction(
    async (tx) => {
      await markSent(tx, mail.id, outcome.answer, core.clock());
      await deleteSuppression(tx, to);
      await record(tx, { kind: "email-sent", accountId, email: to }, core.clock());
    },
    [`bounces ${to}`],
  );
  core.meter.mail(mail.kind, "sent");
  mailing.log.info(about, "a mail was sent");
  return { kind: "sent" };
}

/** It waits for the next day where it will still be good then, and is given up where it will not. */
async function overBudget(core: Core, mail: OutboxEmail, nextDayAt: number): Promise<void> {
  const why = "the mails of the day are used up";
  if (nextDayAt >= mail.giveUpAt) return giveUp(core, mail, why);
  await postponeEmail(core.database.query, mail, nextDayAt, why);
}

async function failed(
  core: Core,
  mailing: MailContext,
  mail: OutboxEmail,
  error: unknown,
  { to, withdraw }: { to: string; withdraw: () => Promise<void> },
): Promise<DeliveryResult> {
  const failure = error instanceof SendError ? error : new SendError(String(error), { mayHaveLeft: true });
  const { isPermanent, isBounce, isOutage, mayHaveLeft, message: reply } = failure;
  const answer = maskAddresses(reply, [mail.email, to]);
  const about = { mail: mail.id, kind: mail.kind, to: maskEmail(to), attempt: mail.attempts, answer };
  const db = core.database.query;
  if (!mayHaveLeft) await withdraw();

  if (isOutage) {
    await releaseEmail(db, mail, reply, core.clock());
    core.meter.mail(mail.kind, "failed");
    return { kind: "outage", answer };
  }
  if (isPermanent) {
    await giveUp(core, mail, reply, isBounce ? to : null);
    mailing.log.error(about, "the mail server refused a mail for good");
    return { kind: "refused" };
  }
  const wait = waitAfter(mail);
  await postponeEmail(db, mail, core.clock() + wait, reply);
  core.meter.mail(mail.kind, "failed");
  mailing.log.error({ ...about, nextAttemptInMs: wait }, "a mail could not be sent and is tried again");
  return { kind: "refused" };
}

/**
 * `bounced` is the address that takes no mail: it is remembered for the operator, who may know better, and for support.
 * The next mail to it is tried all the same.
 */
async function giveUp(core: Core, mail: OutboxEmail, why: string, bounced: string | null = null): Promise<void> {
  const { accountId, email } = mail;
  const now = core.clock();
  await core.database.batchTransaction(
    async (tx) => {
      await endEmail(tx, mail, "failed", why, now);
      await record(tx, { kind: "email-failed", accountId, email }, now);
      if (bounced === null) return;
      await insertSuppression(tx, { email: bounced, answer: why }, now);
      await record(tx, { kind: "email-bounced", accountId, email: bounced }, now);
    },
    [`bounces ${bounced ?? email}`],
  );
  core.meter.mail(mail.kind, "failed");
}

/**
 * Anything up to a limit that doubles from ten seconds to a 24th of the time that the mail has in all, five
 * minutes for a reset: with full jitter mails that failed together do not come back together.
 */
function waitAfter(mail: OutboxEmail): number {
  const longest = (mail.giveUpAt - mail.createdAt) / 24;
  const limit = Math.max(Math.min(FIRST_WAIT * 2 ** (mail.attempts - 1), longest), SHORTEST_WAIT);
  return Math.round(SHORTEST_WAIT + Math.random() * (limit - SHORTEST_WAIT));
}
