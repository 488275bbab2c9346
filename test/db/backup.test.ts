import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import type { TestClient } from "../support/client.ts";
import { freePort } from "../support/mail-server.ts";
import { linkIn, PASSWORD, tokenOf } from "../support/open-app.ts";
import { inFolder } from "../support/operator-cli.ts";
import { freshFolder, runToExit, type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

const EMAIL = "anna@example.com";
const NEW_PASSWORD = "a new and rather long password";

describe("Restoring a backup from before a reset", () => {
  it("restores the old password, session and link; latchkey restored revokes the last two (T6)", async () => {
    const folder = await freshFolder();
    const env = { PORT: String(await freePort()) };
    const first = await startServer({ folder, env });
    const attacker = await createAccount(first);
    const spare = await requestLink(first, "/forgot-password");
    const file = join(folder, "latchkey.db");
    await takeBackup(file, join(folder, "backup.db"));
    const link = await requestLink(first, "/forgot-password");
    const reset = await first.client().send("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });
    assert.equal(reset.status, 303);
    assert.deepEqual(await accepted(first, attacker, spare), { session: false, link: false, old: false, new: true });
    await first.kill("SIGTERM");

    await restore(file, join(folder, "backup.db"));
    const second = await startServer({ folder, env });
    const afterRestore = await accepted(second, attacker, spare);
    await second.kill("SIGTERM");
    const restored = await runToExit(inFolder(folder, {}, ["restored", "--yes"]));
    const third = await startServer({ folder, env });
    const afterwards = await accepted(third, attacker, spare);

    assert.deepEqual(afterRestore, { session: true, link: true, old: true, new: false });
    // Includes the session that checking the old password started.
    assert.match(restored.output, /^Ended 2 sessions, turned off 1 link, cancelled \d+ emails?\.\n$/);
    assert.deepEqual(afterwards, { session: false, link: false, old: true, new: false });
    const dead = await third.client().send("/reset-password", { token: tokenOf(spare), password: NEW_PASSWORD });
    assert.equal(dead.status, 410);
    assert.deepEqual(dead.headers.getSetCookie(), []);
  });
});

/** Follows docs/backup.md. */
async function takeBackup(from: string, to: string): Promise<void> {
  const file = new DatabaseSync(from);
  await backup(file, to);
  file.close();
}

async function restore(file: string, copy: string): Promise<void> {
  for (const ending of ["", "-wal", "-shm"]) rmSync(file + ending, { force: true });
  await takeBackup(copy, file);
}

async function accepted(server: ServerProcess, session: TestClient, link: string) {
  const password = async (password: string) =>
    (await server.client().send("/sign-in", { email: EMAIL, password })).status;
  return {
    session: (await session.request("GET", "/users/me")).status === 200,
    link: (await server.client().request("GET", link)).status === 200,
    old: (await password(PASSWORD)) === 303,
    new: (await password(NEW_PASSWORD)) === 303,
  };
}

async function createAccount(server: ServerProcess): Promise<TestClient> {
  const anna = server.client();
  await anna.open(await requestLink(server, "/sign-up"));
  await anna.submit({ password: PASSWORD });
  assert.equal(anna.path, "/users/me");
  return anna;
}

/** Requests an email and returns the path of its link. */
async function requestLink(server: ServerProcess, form: string): Promise<string> {
  const mails = async () => {
    const { body } = await server.client().open("/mailbox");
    return [...body.matchAll(/\/mailbox\/[0-9a-f-]{36}/g)].map(([path]) => path);
  };
  const before = await mails();
  await server.client().post(form, { email: EMAIL });
  const path = await until("an email", async () => (await mails()).find((path) => !before.includes(path)));
  return linkIn((await server.client().open(path)).body);
}
