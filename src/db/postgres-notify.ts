import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { SECOND } from "../lib/clock.ts";
import type { Notifier } from "./engine.ts";

const CHANNEL = "latchkey_mail";

/** However many mails are queued, the bell is rung once in so long: each ring wakes every instance. */
const RING_EVERY = 50;

/** How long to wait before the connection is made again; nobody misses a mail meanwhile, as workers look by themselves. */
const AGAIN_AFTER = { least: 500, most: 5 * SECOND };

/**
 * LISTEN and NOTIFY over a connection of its own, made when it is first needed and again whenever it breaks. It rings after
 * the commit and not inside it: a NOTIFY in a transaction makes the commits of all transactions wait for each other.
 */
export function postgresNotifier(newClient: () => Client): Notifier {
  const self = randomUUID();
  let client: Promise<Client> | null = null;
  let hear: (() => void) | null = null;
  let ringing: NodeJS.Timeout | null = null;
  let again: NodeJS.Timeout | null = null;
  let isClosed = false;

  function connected(): Promise<Client> {
    client ??= connect().catch((error) => {
      broken();
      throw error;
    });
    return client;
  }

  async function connect(): Promise<Client> {
    const fresh = newClient();
    fresh.on("error", () => {});
    fresh.on("end", broken);
    fresh.on("notification", ({ payload }) => {
      if (payload !== self) hear?.();
    });
    await fresh.connect();
    // Ringing need not be durable, and so must not cost a flush.
    await fresh.query("set synchronous_commit = off");
    if (hear) await fresh.query(`listen ${CHANNEL}`);
    return fresh;
  }

  function broken(): void {
    client = null;
    if (isClosed || again || !hear) return;
    const wait = AGAIN_AFTER.least + Math.random() * (AGAIN_AFTER.most - AGAIN_AFTER.least);
    again = setTimeout(() => {
      again = null;
      // What was rung meanwhile was not heard.
      connected().then(
        () => hear?.(),
        () => {},
      );
    }, wait).unref();
  }

  async function ring(): Promise<void> {
    await (await connected()).query("select pg_notify($1, $2)", [CHANNEL, self]);
  }

  return {
    notify() {
      if (ringing || isClosed) return;
      ring().catch(() => {});
      ringing = setTimeout(() => {
        ringing = null;
      }, RING_EVERY).unref();
    },
    onNotify(callback) {
      hear = callback;
      connected().then(
        (known) => known.query(`listen ${CHANNEL}`),
        () => {},
      );
    },
    async close() {
      isClosed = true;
      if (ringing) clearTimeout(ringing);
      if (again) clearTimeout(again);
      const open = await client?.catch(() => null);
      await open?.end().catch(() => {});
    },
  };
}
