import assert from "node:assert/strict";
import { cp, writeFile } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, openMailServer } from "../support/mail-server.ts";
import { freshParent, postgresIn, startPostgres } from "../support/postgres-server.ts";
import { type ServerProcess, startServer } from "../support/process.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";

/** In milliseconds. docs/scaling.md uses twenty seconds. */
const OUTAGE = 1_000 * Number(process.env.LATCHKEY_TEST_OUTAGE || 3);
/** Durability is not relaxed: an accepted request must survive an immediate shutdown. */
const DURABLE = ["max_wal_senders=5", "wal_keep_size=64MB"];

describe("An immediate shutdown and restart of PostgreSQL under load", () => {
  it("returns 503 meanwhile, loses no accepted request and recovers without a restart of Latchkey (L1, M6)", async (t) => {
    const postgres = await startPostgres(DURABLE);
    const mail = await openMailServer();
    const server = await startServer({ env: settings(postgres.url(), mail.url) });
    const load = startLoad(server);
    await until("requests are accepted", () => load.accepted.size > 20);

    await postgres.stop("at once");
    const before = load.accepted.size;
    await wait(OUTAGE);
    const ready = await server.client().open("/readyz");
    const live = await server.client().open("/livez");
    await postgres.start();
    await until("requests are accepted again", () => load.accepted.size > before + 20);
    await load.stop();

    assert.deepEqual([ready.status, live.status], [503, 200]);
    await assertAllDelivered(t, load, mail);
    await postgres.end();
  });
});

describe("Failover to a standby under load", () => {
  it("needs no restart of Latchkey and loses no accepted request", async (t) => {
    const primary = await startPostgres(DURABLE);
    const standby = await standbyOf(primary);
    const address = await openProxy(primary.port);
    const mail = await openMailServer();
    const server = await startServer({
      env: settings(primary.url().replace(`:${primary.port}`, `:${address.port}`), mail.url),
    });
    const load = startLoad(server);
    await until("requests are accepted", () => load.accepted.size > 20);

    await primary.stop("at once");
    // As where the name already leads to the standby, which cannot be written to yet.
    address.switchTo(standby.port);
    await until("the standby refuses writes", () => /25006|read-only/.test(server.output()));
    await (await openRaw(standby.url())).rows("select pg_promote()");
    const before = load.accepted.size;
    await until("requests are accepted again", () => load.accepted.size > before + 20);
    await load.stop();

    await assertAllDelivered(t, load, mail);
    await standby.end();
    await primary.end();
    address.close();
  });
});

function settings(database: string, smtp: string) {
  return { DATABASE_URL: database, SMTP_URL: smtp, LIMIT_REQUESTS_PER_IP: "100000/1h" };
}

/** Sends sign-up requests with a concurrency of four, each address once. */
function startLoad(server: ServerProcess) {
  const accepted = new Set<string>();
  const failures = new Map<number, number>();
  let isOver = false;
  let n = 0;
  const loop = async () => {
    while (!isOver) {
      const email = `person${n++}@example.com`;
      const { status } = await server.client().send("/sign-up", { email });
      if (status === 303) accepted.add(email);
      else failures.set(status, (failures.get(status) ?? 0) + 1);
      await wait(status === 303 ? 10 : 50);
    }
  };
  const loops = Promise.all(Array.from({ length: 4 }, loop));
  return {
    accepted,
    failures,
    async stop() {
      isOver = true;
      await loops;
    },
  };
}

async function assertAllDelivered(
  t: TestContext,
  { accepted, failures }: ReturnType<typeof startLoad>,
  mail: Awaited<ReturnType<typeof openMailServer>>,
): Promise<void> {
  assert.deepEqual([...failures.keys()], [503]);
  const arrived = () => new Set(mail.kept.flatMap(({ to }) => to));
  const missing = () => [...accepted].filter((email) => !arrived().has(email));
  await until("every accepted request has its email", () => missing().length === 0, { within: 60_000, every: 200 });
  t.diagnostic(`${accepted.size} answered with 303, ${failures.get(503)} with 503, ${mail.kept.length} emails`);
}

/** Starts a synchronous standby: the primary confirms no commit that the standby lacks. */
async function standbyOf(primary: Awaited<ReturnType<typeof startPostgres>>) {
  await primary.stop();
  const parent = await freshParent();
  const standby = postgresIn(parent, await freePort(), [...DURABLE, "hot_standby=on"]);
  // After a clean stop a copy of the folder is complete. The PostgreSQL of the tests has no pg_basebackup.
  await cp(primary.folder, standby.folder, { recursive: true, preserveTimestamps: true });
  const follow = `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=postgres application_name=standby'\n`;
  await writeFile(join(standby.folder, "postgresql.auto.conf"), follow);
  await writeFile(join(standby.folder, "standby.signal"), "");
  await standby.own();
  await primary.start();
  await standby.start();

  const raw = await openRaw(primary.url());
  await raw.rows("alter system set synchronous_standby_names = 'standby'");
  await raw.rows("select pg_reload_conf()");
  await until("the standby is synchronous", async () => {
    const [row] = await raw.rows("select sync_state from pg_stat_replication");
    return row?.sync_state === "sync";
  });
  return standby;
}

/** A TCP proxy whose target can be switched, like the address of a failover cluster. */
async function openProxy(first: number) {
  let target = first;
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const onward = connect(target, "127.0.0.1");
    for (const end of [socket, onward]) {
      open.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        open.delete(end);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  return {
    port,
    switchTo(port: number) {
      target = port;
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
