import { recordEvent } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { PURPOSES, type Purpose } from "../core/purposes.ts";
import { type Clock, HOUR, MINUTE, SECOND } from "../lib/clock.ts";
import { maskEmail } from "../lib/email-address.ts";
import { cleanForeignText } from "../lib/foreign-text.ts";
import { takeForNoEmail, takeFromBudget } from "./budget.ts";
import type { DeliveryHistory } from "./delivery-history.ts";
import { letterheadFor, type Stationery } from "./letterhead.ts";
import {
  endEmail,
  eraseAddress,
  markSent,
  type OutboxEmail,
  postponeEmail,
  releaseEmail,
  reviveEmails,
} from "./outbox.ts";
import { deleteSuppression, insertSuppression } from "./suppressions.ts";
import { render, type Templates } from "./templates.ts";
import { type Message, maskAddresses, SendError, type Sender, type Transport } from "./transport.ts";
import type { EmailView, PreparedEmail } from "./views.ts";

/** One kind of email: which purpose its link has, and how it is prepared as it leaves. */
export interface EmailKind {
  /** Decides the share of the daily budget. */
  purpose: Purpose;
  prepare(core: Core, mail: OutboxEmail): Promise<PreparedEmail>;
}

/** The kinds of email by name. */
export type EmailKinds = Readonly<Record<string, EmailKind>>;

/** What a delivery needs besides the core. */
export interface MailContext extends Stationery {
  kinds: EmailKinds;
  from: Sender;
  transport: Transport;
  templates: Templates;
  /** Milliseconds of a clock that never steps back, for intervals within this process. */
  monotonic: Clock;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** The circumstances of one attempt. */
export interface Attempt {
  lane: number;
  /** Whether the circuit breaker is open and this attempt decides whether it closes. */
  isProbe: boolean;
  history: DeliveryHistory;
  /** Resolves after `ms` milliseconds, or when the worker stops. */
  hold(ms: number): Promise<void>;
}

/**
 * How an attempt ended. `refused`: the server works and did not accept this email, now or permanently. `nothing`: the server
 * was not asked. `outage`: no email can be sent, for the reason in `answer`; `isCommonRefusal`: because several recipients
 * got the same permanent answer. `lane-limit`: the server accepts no connection for this lane.
 */
export type DeliveryResult =
  | { kind: "sent" }
  | { kind: "refused" }
  | { kind: "nothing" }
  | { kind: "lane-limit" }
  | { kind: "outage"; answer: string; isCommonRefusal?: boolean };

/** More than any email needs within its time; this is for emails that end the process each time. */
const MAX_ATTEMPTS = 100;
const SHORTEST_WAIT = SECOND;
const FIRST_WAIT = 10 * SECOND;
/** How often an attempt that the server may have accepted is repeated (SECURITY.md, M8). */
const MAX_UNCERTAIN_REPEATS = 2;

/**
 * Makes one attempt at a leased email and records its end. Throws if the database fails; the email is then retried when its
 * lease ends.
 */
export async function deliver(
  core: Core,
  mailing: MailContext,
  mail: OutboxEmail,
  attempt: Attempt,
): Promise<DeliveryResult> {
  const about = { mail: mail.id, kind: mail.kind, to: maskEmail(mail.email), attempt: mail.attempts };

  // A lease that ended counts as the failure of its attempt. Nothing is minted for an email past its time.
  if (core.clock() >= mail.giveUpAt || mail.attempts > MAX_ATTEMPTS) {
    await giveUp(core, mail, "expired before the mail server accepted it");
    mailing.log.error(about, "gave up sending email");
    return { kind: "nothing" };
  }
  // A transport that passes the recipient to a program would pass an option.
  if (mail.email.startsWith("-")) {
    await giveUp(core, mail, "addresses that begin with - are not sent to");
    mailing.log.error(about, "gave up sending email");
    return { kind: "nothing" };
  }

  const kind = mailing.kinds[mail.kind];
  // A newer version may have queued it. It is retried when its lease ends.
  if (!kind) throw new Error(`unknown email kind "${mail.kind}"`);
  const prepared = await kind.prepare(core, mail);
  const share = PURPOSES[kind.purpose].budgetShare;
  if (prepared.kind === "nothing") return withoutEmail(core, mailing, mail, { ...prepared, share }, attempt);

  const place = await takeFromBudget(core, mail, share);
  if (place.kind === "none") {
    await prepared.withdraw();
    await overBudget(core, mail, place.nextDayAt);
    mailing.log.error(about, "daily email limit reached");
    return { kind: "nothing" };
  }
  const withdraw = async () => {
    await prepared.withdraw();
    await place.giveBack();
  };

  const { to } = prepared;
  const message = await compose(core, mailing, mail, { to, view: prepared.view });
  const startedAt = performance.now();
  const outcome = await mailing.transport.send(message, { lane: attempt.lane }).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  const forget = async () => {
    if (prepared.forgetsAddress) await eraseAddress(core.database.query, mail.id, maskEmail(to));
  };
  if ("error" in outcome) {
    const result = await failed(core, mailing, mail, outcome.error, { to, withdraw, history: attempt.history });
    await forget();
    return result;
  }

  attempt.history.sent(performance.now() - startedAt);
  await recordSent(core, mail, to, cleanForeignText(String(outcome.answer)));
  await forget();
  core.meter.mail(mail.kind, "sent");
  mailing.log.info(about, "email sent");
  return { kind: "sent" };
}

async function compose(
  core: Core,
  mailing: MailContext,
  mail: OutboxEmail,
  { to, view }: { to: string; view: EmailView },
): Promise<Message> {
  const letter = await render(view, await letterheadFor(core.database.query, mailing, mail), mailing.templates);
  const messageId = `<${mail.id}@${new URL(mailing.baseUrl).hostname}>`;
  const replyTo = mailing.brand.supportEmail;
  return { ...letter, messageId, from: mailing.from, to, ...(replyTo === null ? {} : { replyTo }) };
}

/**
 * Closes a request that needs no email. Until then it does the same work as a delivery and occupies its lane for as long as a
 * recent one took: otherwise the arrival of a later email would reveal which addresses have accounts.
 */
async function withoutEmail(
  core: Core,
  mailing: MailContext,
  mail: OutboxEmail,
  { why, rehearsal, share }: Extract<PreparedEmail, { kind: "nothing" }> & { share: number },
  { isProbe, history, hold }: Attempt,
): Promise<DeliveryResult> {
  if (rehearsal && (await takeForNoEmail(core, mail, share))) {
    const message = await compose(core, mailing, mail, { to: mail.email, view: rehearsal.view });
    const startedAt = performance.now();
    const duration = history.sampleDuration();
    try {
      await mailing.transport.rehearse?.(message, { probe: isProbe });
    } catch (error) {
      await rehearsal.withdraw();
      const answer = maskAddresses(toSendError(error).message, [mail.email]);
      await releaseEmail(core.database.query, mail, answer, core.clock());
      return { kind: "outage", answer };
    }
    // Within the time of a delivery: recording one that was sent has no such step.
    await rehearsal.withdraw();
    await hold(duration - (performance.now() - startedAt));
  } else {
    await rehearsal?.withdraw();
  }
  const now = core.clock();
  await core.database.batchTransaction((tx) => endEmail(tx, mail, "closed", why, now), [`bounces ${mail.email}`]);
  core.meter.mail(mail.kind, "closed");
  return { kind: "nothing" };
}

/** That an email was sent is recorded even if the server's answer cannot be stored: otherwise it would be sent again. */
async function recordSent(core: Core, mail: OutboxEmail, to: string, answer: string): Promise<void> {
  const { accountId } = mail;
  const write = (answer: string) =>
    core.database.batchTransaction(
      async (tx) => {
        const now = core.clock();
        await markSent(tx, mail.id, answer, now);
        await deleteSuppression(tx, to);
        await recordEvent(tx, { kind: "email-sent", account: { id: accountId, email: to }, now });
      },
      [`bounces ${to}`],
    );
  await write(answer).catch(() => write("accepted; the answer could not be stored"));
}

/** The email waits for the next day if its link will still be useful then, and is given up otherwise. */
async function overBudget(core: Core, mail: OutboxEmail, nextDayAt: number): Promise<void> {
  const why = "daily email limit reached";
  if (nextDayAt >= mail.giveUpAt) return giveUp(core, mail, why);
  await postponeEmail(core.database.query, mail, { at: nextDayAt, answer: why });
}

function toSendError(error: unknown): SendError {
  return error instanceof SendError ? error : new SendError(String(error), { mayHaveLeft: true });
}

async function failed(
  core: Core,
  mailing: MailContext,
  mail: OutboxEmail,
  error: unknown,
  { to, withdraw, history }: { to: string; withdraw: () => Promise<void>; history: DeliveryHistory },
): Promise<DeliveryResult> {
  const { isPermanent, isBounce, isOutage, isLaneLimit, mayHaveLeft, message: reply } = toSendError(error);
  const answer = maskAddresses(reply, [mail.email, to]);
  const about = { mail: mail.id, kind: mail.kind, to: maskEmail(to), attempt: mail.attempts, answer };
  const db = core.database.query;
  const now = core.clock();
  if (!mayHaveLeft) await withdraw();

  if (isLaneLimit) {
    await releaseEmail(db, mail, reply, now);
    return { kind: "lane-limit" };
  }
  if (isOutage) {
    core.meter.mail(mail.kind, "failed");
    await releaseEmail(db, mail, reply, now);
    return { kind: "outage", answer };
  }
  if (isPermanent) {
    // Given up before the history knows of it: a third refusal in another lane then finds the row to queue again.
    await giveUp(core, mail, reply, isBounce ? to : null);
    const earlier = history.refused({ id: mail.id, email: mail.email, to }, reply);
    if (earlier === null) {
      mailing.log.error(about, "mail server rejected email permanently");
      return { kind: "refused" };
    }
    await reviveEmails(db, [...earlier.map(({ id }) => id), mail.id], now);
    for (const refused of [...earlier, { to }]) await deleteSuppression(db, refused.to);
    return { kind: "outage", answer, isCommonRefusal: true };
  }
  // Only a SendError says that the email may have been accepted; any other error says nothing.
  const uncertain = error instanceof SendError && mayHaveLeft ? Number(mail.data.uncertain ?? 0) + 1 : 0;
  if (uncertain > MAX_UNCERTAIN_REPEATS) {
    await giveUp(core, mail, `it may have been delivered and is not repeated again: ${reply}`);
    mailing.log.error(about, "gave up sending email");
    return { kind: "refused" };
  }
  core.meter.mail(mail.kind, "failed");
  const wait = uncertain > 0 ? waitAfterUncertain(mail) : waitAfter(mail);
  const data = uncertain > 0 ? { data: { ...mail.data, uncertain } } : {};
  await postponeEmail(db, mail, { at: now + wait, answer: reply, ...data });
  mailing.log.error({ ...about, nextAttemptInMs: wait }, "email not sent, will retry");
  return { kind: "refused" };
}

/** `bounced`: the address that does not accept email. It is recorded for the operator; later emails to it are tried anyway. */
async function giveUp(core: Core, mail: OutboxEmail, why: string, bounced: string | null = null): Promise<void> {
  const { accountId, email } = mail;
  const now = core.clock();
  await core.database.batchTransaction(
    async (tx) => {
      await endEmail(tx, mail, "failed", why, now);
      await recordEvent(tx, { kind: "email-failed", account: { id: accountId, email }, now });
      if (bounced === null) return;
      await insertSuppression(tx, { email: bounced, answer: why }, now);
      await recordEvent(tx, { kind: "email-bounced", account: { id: accountId, email: bounced }, now });
    },
    [`bounces ${bounced ?? email}`],
  );
  core.meter.mail(mail.kind, "given-up");
}

/**
 * Exponential backoff with full jitter: the limit doubles from ten seconds to a 24th of the email's whole time, five minutes
 * for a reset.
 */
function waitAfter(mail: OutboxEmail): number {
  const longest = (mail.giveUpAt - mail.createdAt) / 24;
  const limit = Math.max(Math.min(FIRST_WAIT * 2 ** (mail.attempts - 1), longest), SHORTEST_WAIT);
  return Math.round(SHORTEST_WAIT + Math.random() * (limit - SHORTEST_WAIT));
}

/** A sixth of the email's whole time, 20 minutes for a reset, at least 10 minutes and at most an hour. */
function waitAfterUncertain(mail: OutboxEmail): number {
  const base = Math.min(Math.max((mail.giveUpAt - mail.createdAt) / 6, 10 * MINUTE), HOUR);
  return Math.round(base * (1 + Math.random() / 10));
}
