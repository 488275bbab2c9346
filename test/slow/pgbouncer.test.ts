import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { freshPostgres } from "../support/engine.ts";
import { freePort } from "../support/mail-server.ts";
import { openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { openStore } from "../support/open-store.ts";
import { scratchFolder } from "../support/scratch.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

const CONFIGURATION = join(import.meta.dirname, "../../docs/deploy/pgbouncer.ini");
const isInstalled = spawnSync("pgbouncer", ["--version"]).status === 0;
/** PgBouncer refuses to run as root. */
const UNKNOWN = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

describe("Behind PgBouncer", {
  skip: isInstalled ? false : "pgbouncer is not installed (Debian package pgbouncer)",
}, () => {
  for (const mode of ["session", "transaction"]) {
    it(`migrates, signs up, resets and signs in concurrently in ${mode} mode`, async () => {
      const url = await startPgBouncer(mode);
      const app = await openApp({ database: url, limits: HIGH_LIMITS });
      await signUp(app, "anna@example.com");
      const token = tokenOf(await requestReset(app, "anna@example.com"));

      const reset = { token, password: "a new and rather long password" };
      const responses = await Promise.all(
        Array.from({ length: 10 }, () => app.client().send("/reset-password", reset)),
      );
      assert.deepEqual(responses.map(({ status }) => status).toSorted(), [303, ...Array(9).fill(410)]);

      const asked = await Promise.all(
        Array.from({ length: 60 }, (_, i) => app.client().send("/forgot-password", { email: `p${i}@example.com` })),
      );
      assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set([303]));
      const email = "anna@example.com";
      assert.equal((await app.client().send("/sign-in", { email, password: PASSWORD })).status, 401);
      assert.equal((await app.client().send("/sign-in", { email, password: reset.password })).status, 303);
    });

    it(`sets timeouts in each transaction and in no session in ${mode} mode`, async () => {
      const { query, transaction } = await openStore(await startPgBouncer(mode));
      const timeout = sql<{ statement_timeout: string }>`show statement_timeout`;

      const inside = await transaction(async (tx) => (await timeout.execute(tx)).rows);
      assert.deepEqual(inside, [{ statement_timeout: "10s" }]);
      assert.deepEqual((await timeout.execute(query)).rows, [{ statement_timeout: "0" }]);
    });
  }

  it("retries without a name if prepared=on is configured and the pooler mixes connections", async () => {
    const url = await startPgBouncer("transaction");
    const app = await openApp({ database: `${url}?prepared=on`, limits: HIGH_LIMITS });
    const clients = Array.from({ length: 60 }, (_, i) => ({ email: `p${i}@example.com` }));

    const asked = await Promise.all(clients.map((fields) => app.client().send("/forgot-password", fields)));

    assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set([303]));
  });
});

/** Starts PgBouncer with the documented configuration in front of a fresh, migrated database. Returns its URL. */
async function startPgBouncer(mode: string): Promise<string> {
  const server = new URL(await freshPostgres());
  const port = await freePort();
  const folder = scratchFolder("pgbouncer");
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const edit = (text: string, from: RegExp, to: string) => {
    assert.match(text, from);
    return text.replace(from, to);
  };
  let text = await readFile(CONFIGURATION, "utf8");
  const name = server.pathname.slice(1);
  text = edit(text, /^latchkey = .*$/m, `latchkey = host=${server.hostname} port=${server.port} dbname=${name}`);
  text = edit(text, /^listen_port = .*$/m, `listen_port = ${port}\nunix_socket_dir =`);
  text = edit(text, /^pool_mode = .*$/m, `pool_mode = ${mode}`);
  text = edit(text, /^auth_file = .*$/m, `auth_file = ${join(folder, "userlist.txt")}`);
  await writeFile(join(folder, "pgbouncer.ini"), text);
  await writeFile(join(folder, "userlist.txt"), `"${server.username}" ""\n`);

  const child: ChildProcess = spawn("pgbouncer", [join(folder, "pgbouncer.ini")], { ...UNKNOWN, stdio: "ignore" });
  after(async () => {
    const ended = once(child, "exit");
    if (child.exitCode === null && child.kill("SIGKILL")) await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const url = `postgres://${server.username}@127.0.0.1:${port}/latchkey`;
  await until("PgBouncer accepts connections", async () => {
    const client = new pg.Client(url);
    client.on("error", () => {});
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  });
  return url;
}
