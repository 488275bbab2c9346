import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createKeys, type Keys, MAKE_A_KEY, newSecretKey, parseSecretKey } from "../lib/keys.ts";
import { sqlitePath } from "./database.ts";
import type { Db } from "./schema.ts";

/** How often a key file that another process is writing is read again, and the pause between, in milliseconds. */
const READS = 50;
const READ_PAUSE = 20;

/** Public, so that all instances of a development database agree without configuration. Production refuses to start without a key. */
const DEVELOPMENT_KEY = createHash("sha256").update("latchkey development key").digest();

/**
 * The keys of an instance: the given ones; for SQLite the key file beside the database, created at the first start; for
 * PostgreSQL in development a fixed one. Throws an Error if the keys are not those that the database was used with.
 */
export async function openKeys(db: Db, url: string, given: readonly Buffer[]): Promise<Keys> {
  const path = sqlitePath(url);
  if (given.length === 0 && path === null) return createKeys([DEVELOPMENT_KEY]);
  if (given.length > 0) return recorded(db, createKeys(given), "SECRET_KEY");
  if (path === ":memory:") return createKeys([secret(newSecretKey(), ":memory:")]);

  const file = `${path}.key`;
  const isFirstStart = (await recordedIds(db)).length === 0;
  return recorded(db, createKeys([await readKeyFile(file, isFirstStart)]), file);
}

/**
 * Records the ids of the keys, oldest first. Two instances may start at the same time: the position is unique, so one of them
 * records its key first and the other finds it.
 */
async function recorded(db: Db, keys: Keys, source: string): Promise<Keys> {
  for (;;) {
    const ids = await recordedIds(db);
    if (ids.length > 0 && !keys.ids.some((id) => ids.includes(id))) {
      throw new Error(
        `The secret key in ${source} is not the one that this database was used with. All instances need the same SECRET_KEY; to rotate it, set the new key and the old one, newest first. ` +
          "If the old key is lost, run `delete from latchkey_keys`: rate limits and failure counters start again and codes in flight end; links and sessions go on working.",
      );
    }
    const missing = keys.ids.toReversed().find((id) => !ids.includes(id));
    if (missing === undefined) break;
    await db
      .insertInto("latchkey_keys")
      .values({ position: ids.length === 0 ? 1 : (await lastPosition(db)) + 1, id: missing })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await forgetOlder(db, keys.ids);
  return keys;
}

async function recordedIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("latchkey_keys").select("id").orderBy("position").execute();
  return rows.map(({ id }) => id);
}

async function lastPosition(db: Db): Promise<number> {
  const row = await db
    .selectFrom("latchkey_keys")
    .select(({ fn }) => fn.max("position").as("position"))
    .executeTakeFirst();
  return row?.position ?? 0;
}

/** Keys older than every given one were taken out of the settings: an instance that still has only those must not start. */
async function forgetOlder(db: Db, ids: readonly string[]): Promise<void> {
  const oldest = db
    .selectFrom("latchkey_keys")
    .select(({ fn }) => fn.min("position").as("position"))
    .where("id", "in", ids);
  await db.deleteFrom("latchkey_keys").where("position", "<", oldest).execute();
}

async function readKeyFile(file: string, mayCreate: boolean): Promise<Buffer> {
  if (mayCreate) await createKeyFile(file);
  for (let i = 0; i < READS; i += 1) {
    const text = await readFile(file, "utf8").catch((error) => {
      if (error.code !== "ENOENT") throw error;
      throw new Error(
        `The key file ${file} is missing. Restore it from the backup of the database. If it is lost, run \`delete from latchkey_keys\` on the database and start again: rate limits and failure counters start again and codes in flight end; links and sessions go on working.`,
      );
    });
    // Another process that starts at the same time has created the file and not yet written it.
    if (text.endsWith("\n")) return secret(text, file);
    await sleep(READ_PAUSE);
  }
  throw new Error(`The key file ${file} is incomplete. Delete it and start again.`);
}

/** `wx` is O_CREAT | O_EXCL: of several processes one creates the file, and the others read it. */
async function createKeyFile(file: string): Promise<void> {
  const handle = await open(file, "wx", 0o600).catch((error) => {
    if (error.code === "EEXIST") return null;
    throw error;
  });
  if (handle === null) return;
  try {
    await handle.writeFile(`${newSecretKey()}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function secret(text: string, file: string): Buffer {
  const key = parseSecretKey(text);
  if (key === null)
    throw new Error(`The key file ${file} does not hold a key of at least 32 random bytes. ${MAKE_A_KEY}`);
  return key;
}
