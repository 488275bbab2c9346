import { HOUR, SECOND } from "../basics/clock.ts";
import type { Core } from "../flows/core.ts";
import { purge } from "../flows/housekeeping.ts";
import { claim, type OutboxMail, PRIORITY, renew } from "../store/outbox.ts";
import { deliver, type Mailing } from "./delivery.ts";

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

/** So many mails are under way at a time. Each has a lane of its own, so that a slow one holds up no other. */
const LANES = 5;
/** So many of them at the most carry mails to many at once: there is always a lane for somebody who is waiting. */
const LANES_FOR_MANY = 3;
/** Short, and renewed while an attempt lasts: what a killed process held is taken over soon. */
const LEASE = 10 * SECOND;
const LOOK_EVERY = 2 * SECOND;

/** The worker of one process. Any number of processes may have one, on the same database. */
export function createWorker(core: Core, mailing: Mailing): Worker {
  const lanes = new Set<Promise<void>>();
  let manyUnderWay = 0;
  let sent = 0;
  let looking: NodeJS.Timeout | undefined;
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
    while (!stopping) {
      // Counted before it is asked for, so that two lanes that ask at once do not both take the last place.
      const many = manyUnderWay < LANES_FOR_MANY ? 1 : 0;
      manyUnderWay += many;
      const [mail] = await claim(core.database.query, 1, LEASE, core.clock(), { many: many === 1 }).catch((error) => {
        manyUnderWay -= many;
        throw error;
      });
      const isOfMany = mail?.priority === PRIORITY.many;
      if (!isOfMany) manyUnderWay -= many;
      if (!mail) break;
      open();
      const left = await held(mail).finally(() => {
        if (isOfMany) manyUnderWay -= 1;
      });
      if (left) sent += 1;
    }
  }

  async function held(mail: OutboxMail): Promise<boolean> {
    const renewing = setInterval(() => {
      renew(core.database.query, mail, LEASE, core.clock()).catch((err) =>
        mailing.log.error({ err, mail: mail.id }, "a lease could not be renewed"),
      );
    }, LEASE / 3);
    return deliver(core, mailing, mail).finally(() => clearInterval(renewing));
  }

  async function housekeep(): Promise<void> {
    if (core.clock() - purgedAt < HOUR) return;
    purgedAt = core.clock();
    await purge(core).catch((err) => mailing.log.error({ err }, "what is old could not be deleted"));
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
      if (looking) open();
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
      await Promise.all(lanes);
    },
  };
}
