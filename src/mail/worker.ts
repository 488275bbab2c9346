import { HOUR, SECOND } from "../basics/clock.ts";
import { maskEmail } from "../basics/email-address.ts";
import type { Core } from "../flows/core.ts";
import { purge } from "../flows/housekeeping.ts";
import { record } from "../store/events.ts";
import { claim, finish, nextDueAt, type OutboxMail, postpone, renew } from "../store/outbox.ts";
import { prepare } from "./kinds.ts";
import { render, type Sender, type Templates } from "./templates.ts";
import { sendFailure, type Transport } from "./transport.ts";

/** What the worker needs besides the core. */
export interface Mailing extends Sender {
  /** `Acme <no-reply@acme.example>`. */
  from: string;
  transport: Transport;
  templates: Templates;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** Takes mails out of the outbox and hands them to the mail server. */
export interface Worker {
  start(): void;
  /** Looks at the outbox at once. */
  wake(): void;
  /** Sends what is due, and returns how many were sent. For a cron job, and for tests. */
  deliverDue(): Promise<number>;
  /** Takes nothing more, and resolves when the mails in hand are away. */
  stop(): Promise<void>;
}

const AT_ONCE = 5;
/** Short, and renewed while an attempt lasts: what a killed process held is taken over soon. */
const LEASE = 10 * SECOND;
const LOOK_EVERY = 5 * SECOND;
const MAX_ATTEMPTS = 40;
const FIRST_WAIT = 10 * SECOND;

export function createWorker(core: Core, mailing: Mailing): Worker {
  let stopping = false;
  let loop: Promise<void> | undefined;
  let ring: (() => void) | undefined;
  let rung = false;
  let purgedAt = 0;

  async function deliverDue(): Promise<number> {
    let sent = 0;
    while (!stopping) {
      const mails = await claim(core.database.query, AT_ONCE, LEASE, core.clock());
      if (mails.length === 0) break;
      sent += await holdingLease(mails);
    }
    return sent;
  }

  async function holdingLease(mails: OutboxMail[]): Promise<number> {
    const held = new Set(mails.map((mail) => mail.id));
    const renewing = setInterval(() => {
      renew(core.database.query, [...held], LEASE, core.clock()).catch((err) =>
        mailing.log.error({ err }, "a lease could not be renewed"),
      );
    }, LEASE / 3);

    const results = await Promise.allSettled(
      mails.map((mail) => deliver(core, mailing, mail).finally(() => held.delete(mail.id))),
    ).finally(() => clearInterval(renewing));
    for (const result of results) {
      if (result.status === "rejected") mailing.log.error({ err: result.reason }, "a mail could not be delivered");
    }
    return results.filter((result) => result.status === "fulfilled" && result.value).length;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      rung = false;
      const wait = await round().catch((err) => {
        mailing.log.error({ err }, "the outbox could not be read");
        return LOOK_EVERY;
      });
      if (!rung && !stopping) await ringOr(wait);
    }
  }

  /** One look at the outbox. Returns how long to wait for the next one, in milliseconds. */
  async function round(): Promise<number> {
    await deliverDue();
    if (core.clock() - purgedAt > HOUR) {
      purgedAt = core.clock();
      await purge(core);
    }
    const dueAt = await nextDueAt(core.database.query);
    return Math.min(LOOK_EVERY, Math.max(0, (dueAt ?? Number.POSITIVE_INFINITY) - core.clock()));
  }

  function ringOr(wait: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function wake(): void {
    rung = true;
    ring?.();
  }

  return {
    start() {
      loop ??= run();
    },
    wake,
    deliverDue,
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}

/** One attempt at one mail. Returns whether it left. */
async function deliver(core: Core, mailing: Mailing, mail: OutboxMail): Promise<boolean> {
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
    await finish(db, mail.id, "closed", prepared.why, core.clock());
    return false;
  }

  const letter = render(prepared.view, mailing, mailing.templates);
  const messageId = `<${mail.id}@${new URL(mailing.baseUrl).hostname}>`;
  const message = { ...letter, messageId, from: mailing.from, to: prepared.to };
  const sent = await mailing.transport.send(message).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ("error" in sent) {
    await failed(core, mailing, mail, sent.error, prepared.withdraw);
    return false;
  }
  await finish(db, mail.id, "sent", sent.answer, core.clock());
  await record(db, { kind: "mail-sent", accountId: mail.accountId, email: prepared.to }, core.clock());
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
  const { isPermanent, mayHaveLeft, answer } = sendFailure(error);
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
  await postpone(core.database.query, mail.id, core.clock() + wait, answer);
  mailing.log.error({ ...about, nextAttemptInMs: wait }, "a mail could not be sent and is tried again");
}

async function giveUp(core: Core, mail: OutboxMail, why: string): Promise<void> {
  await finish(core.database.query, mail.id, "given-up", why, core.clock());
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
