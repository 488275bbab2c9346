import { setTimeout as sleep } from "node:timers/promises";
import type { Core } from "../core/context.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../lib/clock.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { type DeliveryResult, deliver, type MailContext } from "./delivery.ts";
import { DeliveryHistory } from "./delivery-history.ts";
import { PRIORITY } from "./email-kinds.ts";
import { claim, distrustFarAttempts, type OutboxEmail, renewLease } from "./outbox.ts";

/** Takes emails out of the outbox and sends them. */
export interface Worker {
  start(): void;
  /** Checks the outbox soon. */
  wake(): void;
  /** Sends what is due, and returns how many were sent. For a cron job, and for tests. */
  deliverDue(): Promise<number>;
  /** Claims nothing more, and resolves when the emails in hand are sent, after 30 s at most. */
  stop(): Promise<void>;
}

/** How many emails are sent at once. Each has its own lane, so that a slow one delays no other. */
const LANES = 5;
/** Of these lanes, how many may be busy with anything but emails that an account owner waits for: one lane is always left. */
const LANES_BESIDES_AWAITED = 4;
/** Of these lanes, how many may be busy with bulk email. */
const LANES_FOR_BULK = 3;
/** Short, and renewed during an attempt: the emails of a killed process are soon taken over. */
const LEASE = 10 * SECOND;
const POLL_INTERVAL = 2 * SECOND;
/**
 * The longest random delay before a new email is claimed. Its work would otherwise slow down the next request of the client
 * that requested it, by an amount that depends on whether there is an account.
 */
const MAX_WAKE_DELAY = SECOND / 2;
/** How long a server that accepts no further connection is given fewer lanes. */
const FEWER_LANES_FOR = MINUTE;
const STOP_TIMEOUT = 30 * SECOND;
/** A system clock that is this much behind the monotonic one has stepped back. */
const CLOCK_STEP = 5 * SECOND;
/** The longest wait that is ever stored is the one for the next day's budget. */
const LONGEST_STORED_WAIT = DAY + HOUR;

/**
 * The worker of one process. Any number of processes may run one on the same database. `housekeeping` is called once an
 * hour.
 */
export function createWorker(
  core: Core,
  mailing: MailContext,
  housekeeping: (signal: AbortSignal) => Promise<void>,
): Worker {
  const { log, monotonic } = mailing;
  const lanes = new Map<number, Promise<void>>();
  const breaker = new CircuitBreaker(monotonic);
  const history = new DeliveryHistory();
  const stopping = new AbortController();
  let underWay = { signUp: 0, many: 0 };
  let laneLimit = { lanes: LANES, until: 0 };
  let sent = 0;
  let polling: NodeJS.Timeout | undefined;
  let waking: NodeJS.Timeout | undefined;
  let purgedAt = Number.NEGATIVE_INFINITY;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let offset = core.clock() - monotonic();
  let steppedBackAt: number | null = null;

  /** Opens a lane if there is room. A lane that finds an email opens the next one, so an empty outbox costs one query. */
  function open(): void {
    const most = monotonic() < laneLimit.until ? laneLimit.lanes : LANES;
    if (stopping.signal.aborted || lanes.size >= most) return;
    let lane = 0;
    while (lanes.has(lane)) lane += 1;
    const running = run(lane)
      .catch((err) => log.error({ err }, "cannot read or write the outbox"))
      .finally(() => lanes.delete(lane));
    lanes.set(lane, running);
  }

  async function run(lane: number): Promise<void> {
    while (!stopping.signal.aborted && breaker.allows()) {
      const isProbe = breaker.isOpen;
      let result: DeliveryResult = { kind: "nothing" };
      try {
        const taken = await take();
        if (!taken) break;
        open();
        result = await withLease(taken.mail, lane, isProbe).finally(taken.release);
      } finally {
        learnFrom(result);
      }
      if (result.kind === "lane-limit") break;
    }
  }

  /** A server that answers works, even if it refuses this one email. */
  function learnFrom(result: DeliveryResult): void {
    switch (result.kind) {
      case "nothing":
        breaker.skipped();
        break;
      case "lane-limit":
        breaker.skipped();
        laneLimit = { lanes: Math.max(1, lanes.size - 1), until: monotonic() + FEWER_LANES_FOR };
        break;
      case "outage": {
        const wasOpen = breaker.isOpen;
        const nextAttemptInMs = breaker.failed();
        const { answer, isCommonRefusal = false } = result;
        if (nextAttemptInMs === null || (isCommonRefusal && wasOpen)) break;
        const what = isCommonRefusal
          ? "email delivery paused: three recipients in a row got the same permanent answer"
          : "mail server unavailable, all email is waiting";
        log.error({ answer, nextAttemptInMs }, what);
        break;
      }
      case "sent":
      case "refused":
        if (result.kind === "sent") sent += 1;
        if (breaker.succeeded()) log.info({}, "mail server available again");
    }
  }

  /** Claims the next email for which there is a lane; `release` gives its place back. */
  async function take(): Promise<{ mail: OutboxEmail; release: () => void } | null> {
    // Counted before the claim, so that two lanes that claim at once do not both take the last place.
    const others = underWay.signUp + underWay.many;
    const signUps = others < LANES_BESIDES_AWAITED;
    const many = signUps && underWay.many < LANES_FOR_BULK;
    const count = (by: number, kinds: { signUps: boolean; many: boolean }) => {
      underWay = { signUp: underWay.signUp + (kinds.signUps ? by : 0), many: underWay.many + (kinds.many ? by : 0) };
    };
    count(1, { signUps: signUps && !many, many });
    const undo = () => count(-1, { signUps: signUps && !many, many });
    try {
      const [mail] = await claim(core.database.query, 1, LEASE, core.clock(), { signUps, many });
      undo();
      if (!mail) return null;
      const kinds = { signUps: mail.priority === PRIORITY.signUp, many: mail.priority === PRIORITY.many };
      count(1, kinds);
      return { mail, release: () => count(-1, kinds) };
    } catch (error) {
      undo();
      throw error;
    }
  }

  async function withLease(mail: OutboxEmail, lane: number, isProbe: boolean): Promise<DeliveryResult> {
    const renewing = setInterval(() => {
      renewLease(core.database.query, mail, LEASE, core.clock()).catch((err) =>
        log.error({ err, mail: mail.id }, "cannot renew the lease on an email"),
      );
    }, LEASE / 3);
    return deliver(core, mailing, mail, { lane, isProbe, history, hold }).finally(() => clearInterval(renewing));
  }

  async function hold(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
  }

  async function housekeep(): Promise<void> {
    await distrustClock().catch((err) => log.error({ err }, "cannot read or write the outbox"));
    if (monotonic() - purgedAt < HOUR) return;
    purgedAt = monotonic();
    await housekeeping(stopping.signal).catch((err) => log.error({ err }, "cannot delete expired rows"));
  }

  /**
   * After the system clock has stepped back, what was postponed would wait until the clock catches up: it is made due again,
   * once every lease in hand was renewed by the new time. Attempts further ahead than any rule allows are always made due.
   */
  async function distrustClock(): Promise<void> {
    const now = core.clock() - monotonic();
    if (now < offset - CLOCK_STEP) {
      steppedBackAt = monotonic();
      purgedAt = Number.NEGATIVE_INFINITY;
    }
    offset = now;
    const isSettled = steppedBackAt !== null && monotonic() - steppedBackAt >= LEASE;
    if (!isSettled && monotonic() - checkedAt < MINUTE) return;
    checkedAt = monotonic();
    if (isSettled) steppedBackAt = null;
    const longest = isSettled ? LEASE : LONGEST_STORED_WAIT;
    const changed = await distrustFarAttempts(core.database.query, longest, core.clock());
    if (changed > 0) log.info({ emails: changed }, "emails scheduled by a wrong clock are due again");
  }

  return {
    start() {
      polling ??= setInterval(() => {
        open();
        housekeep();
      }, POLL_INTERVAL);
      open();
    },
    wake() {
      if (!polling || waking) return;
      waking = setTimeout(() => {
        waking = undefined;
        open();
      }, Math.random() * MAX_WAKE_DELAY);
    },
    async deliverDue() {
      const before = sent;
      open();
      while (lanes.size > 0) await Promise.all(lanes.values());
      await housekeep();
      return sent - before;
    },
    async stop() {
      stopping.abort();
      clearInterval(polling);
      clearTimeout(waking);
      // Emails that a slow server still has in hand are retried when their lease ends.
      const late = new AbortController();
      const timeout = sleep(STOP_TIMEOUT, undefined, { signal: late.signal, ref: false }).catch(() => {});
      await Promise.race([Promise.all(lanes.values()), timeout]);
      late.abort();
    },
  };
}
