import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { SECOND } from "../lib/clock.ts";
import type { DatabaseLog, Notifier } from "./engine.ts";
import { isPooled } from "./postgres-pooler.ts";

const CHANNEL = "latchkey_mail";

/** Minimum interval between two notifications of one process, in milliseconds: each wakes every instance. */
const NOTIFY_INTERVAL = 50;

/** The wait before the first reconnect, which doubles up to the longest, with jitter. Workers poll meanwhile. */
const FIRST_RECONNECT = SECOND / 2;
const LONGEST_RECONNECT = 30 * SECOND;

/**
 * LISTEN and NOTIFY over a connection of its own, which is opened when it is first needed and again whenever it breaks.
 * NOTIFY is sent after the commit, not inside the transaction, where it would make all commits wait for each other. Behind
 * a connection pooler LISTEN is not used, because the pooler reassigns server connections; workers only poll.
 */
export function postgresNotifier(newClient: () => Client, log: DatabaseLog): Notifier {
  const self = randomUUID();
  let client: Promise<Client> | null = null;
  let callback: (() => void) | null = null;
  let throttle: NodeJS.Timeout | null = null;
  let reconnect: NodeJS.Timeout | null = null;
  let failures = 0;
  let isClosed = false;

  /** The open connection, which listens once there is a callback. A failure schedules the next attempt. */
  function connected(): Promise<Client> {
    client ??= connect().catch((error) => {
      onBroken(error);
      throw error;
    });
    return client;
  }

  async function connect(): Promise<Client> {
    const fresh = newClient();
    fresh.on("error", () => {});
    try {
      await fresh.connect();
      if (callback) await listen(fresh);
    } catch (error) {
      fresh.end().catch(() => {});
      throw error;
    }
    fresh.on("end", () => onBroken(new Error("connection closed")));
    return fresh;
  }

  async function listen(on: Client): Promise<void> {
    if (await isPooled(on)) {
      log.info({}, "LISTEN is not used behind a connection pooler; workers poll the outbox every 2 s");
      callback = null;
      return;
    }
    on.removeAllListeners("notification");
    on.on("notification", ({ payload }) => {
      if (payload !== self) callback?.();
    });
    // A notification need not be durable, so it must not cost a flush.
    await on.query("set synchronous_commit = off");
    await on.query(`listen ${CHANNEL}`);
    failures = 0;
  }

  function onBroken(err: unknown): void {
    client = null;
    if (isClosed || reconnect || !callback) return;
    if (failures === 0) log.error({ err }, "LISTEN connection lost; reconnecting, workers poll the outbox meanwhile");
    const longest = Math.min(FIRST_RECONNECT * 2 ** failures, LONGEST_RECONNECT);
    failures += 1;
    reconnect = setTimeout(
      () => {
        reconnect = null;
        // Notifications of the time without a connection are lost, so the worker looks once.
        connected().then(
          () => callback?.(),
          () => {},
        );
      },
      longest * (0.5 + Math.random() / 2),
    ).unref();
  }

  return {
    notify() {
      if (throttle || isClosed) return;
      connected()
        .then((open) => open.query("select pg_notify($1, $2)", [CHANNEL, self]))
        .catch(() => {});
      throttle = setTimeout(() => {
        throttle = null;
      }, NOTIFY_INTERVAL).unref();
    },
    onNotify(onNotified) {
      const isOpen = client !== null;
      callback = onNotified;
      connected()
        .then((open) => (isOpen ? listen(open) : undefined))
        // Ending the connection schedules the next attempt.
        .catch(async () => (await client?.catch(() => null))?.end().catch(() => {}));
    },
    async close() {
      isClosed = true;
      if (throttle) clearTimeout(throttle);
      if (reconnect) clearTimeout(reconnect);
      const open = await client?.catch(() => null);
      await open?.end().catch(() => {});
    },
  };
}
