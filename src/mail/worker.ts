import type { Core } from "../core/context.ts";
import { HOUR, SECOND } from "../lib/clock.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { type DeliveryResult, deliver, type MailContext } from "./delivery.ts";
import { claim, type OutboxEmail, PRIORITY, renewLease } from "./outbox.ts";

/** Takes mails out of the outbox and hands them to the mail server. */
export interface Worker {
  start(): void;
  /** Looks at the outbox soon. */
  wake(): void;
  /** Sends what is due, and returns how many were sent. For a cron job, and for tests. */
  deliverDue(): Promise<number>;
  /** Takes nothing more, and resolves when the mails in hand are away. */
  stop(): Promise<void>;
}

/** So many mails are under way at a time. Each has a lane of its own, so that a slow one holds up no other. */
const LANES = 5;
/** So many of them at the most carry mails to many at once: there is always a lane for somebody who is waiting. */
const LANES_FOR_MANY = 3;
/** Short, and renewed while an attempt lasts: what a killed process held is taken over soon. */
const LEASE = 10 * SECOND;
const LOOK_EVERY = 2 * SECOND;
/**
 * So long at the most a new mail waits, by chance. There is more to do for somebody who has an account, and done at once it
 * would slow down whatever is asked next: whoever asks twice in a row could tell from their own second answer. Short enough
 * that what a person waits for leaves within a second, also beside a hundred thousand mails to others.
 */
const WAKES_WITHIN = SECOND / 2;

/**
 * The worker of one process. Any number of processes may run one on the same database. `housekeeping` is called once an
 * hour.
 */
export function createWorker(core: Core, mailing: MailContext, housekeeping: () => Promise<void>): Worker {
  const lanes = new Set<Promise<void>>();
  /** Open while no mail can leave, whosever it is: then none is claimed, but for one now and then to see. */
  const breaker = new CircuitBreaker(core.clock);
  let manyUnderWay = 0;
  let sent = 0;
  let looking: NodeJS.Timeout | undefined;
  let waking: NodeJS.Timeout | undefined;
  let stopping = false;
  let purgedAt = Number.NEGATIVE_INFINITY;

  /** Opens a lane if there is room. A lane that finds a mail opens the next one, so an empty outbox costs one look. */
  function open(): void {
    if (stopping || lanes.size >= LANES) return;
    const lane = run().catch((err) => mailing.log.error({ err }, "the outbox could not be read or written"));
    lanes.add(lane);
    lane.finally(() => lanes.delete(lane));
  }

  async function run(): Promise<void> {
    while (!stopping && breaker.allows()) {
      let delivered: DeliveryResult = { kind: "nothing" };
      try {
        const taken = await take();
        if (!taken) break;
        open();
        delivered = await held(taken.mail).finally(taken.letGo);
      } finally {
        learnFrom(delivered);
      }
    }
  }

  /** A mail server that answers works, also where it refuses this one mail. */
  function learnFrom(delivered: DeliveryResult): void {
    switch (delivered.kind) {
      case "nothing":
        breaker.foundNothing();
        break;
      case "outage": {
        const nextTryInMs = breaker.failed();
        const { answer } = delivered;
        if (nextTryInMs !== null) mailing.log.error({ answer, nextTryInMs }, "no mail can be sent and all wait");
        break;
      }
      case "sent":
      case "refused":
        if (delivered.kind === "sent") sent += 1;
        if (breaker.worked()) mailing.log.info({}, "mails can be sent again");
    }
  }

  /** Claims the next mail, one of those to many only while lanes are left for people who wait; `letGo` gives its lane back. */
  async function take(): Promise<{ mail: OutboxEmail; letGo: () => void } | null> {
    // Counted before it is asked for, so that two lanes that ask at once do not both take the last place.
    const many = manyUnderWay < LANES_FOR_MANY ? 1 : 0;
    manyUnderWay += many;
    const letGo = () => {
      manyUnderWay -= many;
    };
    const claimed = claim(core.database.query, 1, LEASE, core.clock(), { many: many === 1 });
    const [mail] = await claimed.catch((error) => {
      letGo();
      throw error;
    });
    if (mail?.priority === PRIORITY.many) return { mail, letGo };
    letGo();
    return mail ? { mail, letGo: () => {} } : null;
  }

  async function held(mail: OutboxEmail): Promise<DeliveryResult> {
    const renewing = setInterval(() => {
      renewLease(core.database.query, mail, LEASE, core.clock()).catch((err) =>
        mailing.log.error({ err, mail: mail.id }, "a lease could not be renewed"),
      );
    }, LEASE / 3);
    return deliver(core, mailing, mail).finally(() => clearInterval(renewing));
  }

  async function housekeep(): Promise<void> {
    if (core.clock() - purgedAt < HOUR) return;
    purgedAt = core.clock();
    await housekeeping().catch((err) => mailing.log.error({ err }, "what is old could not be deleted"));
  }

  return {
    start() {
      looking ??= setInterval(() => {
        open();
        housekeep();
      }, LOOK_EVERY);
      open();
    },
    wake() {
      if (!looking || waking) return;
      waking = setTimeout(() => {
        waking = undefined;
        open();
      }, Math.random() * WAKES_WITHIN);
    },
    async deliverDue() {
      const before = sent;
      open();
      while (lanes.size > 0) await Promise.all(lanes);
      await housekeep();
      return sent - before;
    },
    async stop() {
      stopping = true;
      clearInterval(looking);
      clearTimeout(waking);
      await Promise.all(lanes);
    },
  };
}
