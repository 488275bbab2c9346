import { DummyDriver, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { SchemaMismatch } from "../errors.ts";
import type { Db, Schema } from "../schema.ts";
import * as firstTables from "./001-first-tables.ts";
import * as requestsAndCodes from "./002-requests-and-codes.ts";
import * as bounces from "./003-bounces.ts";
import * as outboxPriority from "./004-outbox-priority.ts";
import * as failedSignIns from "./005-failed-sign-ins.ts";
import * as standardNames from "./006-standard-names.ts";
import * as tokenEndings from "./007-token-endings.ts";
import * as emailChanges from "./008-email-changes.ts";
import * as keyedDigests from "./009-keyed-digests.ts";
import * as uniqueSessionIds from "./010-unique-session-ids.ts";
import * as requestsOfABrowser from "./011-requests-of-a-browser.ts";
import * as preferences from "./012-preferences.ts";

/** Numbered, and frozen once shipped: a later change gets a later number. */
export const MIGRATIONS = {
  "001-first-tables": firstTables,
  "002-requests-and-codes": requestsAndCodes,
  "003-bounces": bounces,
  "004-outbox-priority": outboxPriority,
  "005-failed-sign-ins": failedSignIns,
  "006-standard-names": standardNames,
  "007-token-endings": tokenEndings,
  "008-email-changes": emailChanges,
  "009-keyed-digests": keyedDigests,
  "010-unique-session-ids": uniqueSessionIds,
  "011-requests-of-a-browser": requestsOfABrowser,
  "012-preferences": preferences,
};

const MIGRATION_TABLE = "latchkey_migrations";
const LOCK_TABLE = "latchkey_migrations_lock";

/** The names of migrations, in order. */
export interface SchemaStatus {
  applied: string[];
  /** Known to this version and not applied: the schema is older. */
  pending: string[];
  /** Applied and not known to this version: the schema is newer. */
  unknown: string[];
}

/** Compares the database with this version. Changes nothing. */
export async function schemaStatus(db: Db): Promise<SchemaStatus> {
  const known = await migrator(db).getMigrations();
  const names = (isApplied: boolean) =>
    known.filter(({ executedAt }) => (executedAt !== undefined) === isApplied).map(({ name }) => name);
  const applied = names(true);
  if (applied.length === 0) return { applied, pending: names(false), unknown: [] };
  const rows = await (db as Kysely<unknown> as Kysely<{ latchkey_migrations: { name: string } }>)
    .selectFrom(MIGRATION_TABLE)
    .select("name")
    .orderBy("name")
    .execute();
  const unknown = rows.map(({ name }) => name).filter((name) => !applied.includes(name));
  return { applied, pending: names(false), unknown };
}

/** Throws SchemaMismatch unless the schema is the one of this version. */
export async function requireSchema(db: Db): Promise<void> {
  const status = await schemaStatus(db);
  refuseNewer(status);
  const [next] = status.pending;
  if (next === undefined) return;
  const state = status.applied.length === 0 ? "has no tables of Latchkey" : `lacks the migration ${next}`;
  throw new SchemaMismatch(`The database ${state}. Run \`latchkey migrate\`, or start \`latchkey serve\`, first.`);
}

/** Brings the database to the newest schema. Several processes may do so at once. Throws the errors of the database. */
export async function migrateUp(db: Db): Promise<void> {
  refuseNewer(await schemaStatus(db));
  const { error } = await migrator(db).migrateToLatest();
  if (error) throw error;
}

/** Reverts the newest migration, and deletes the data of its tables. */
export async function migrateDown(db: Db): Promise<void> {
  const { error } = await migrator(db).migrateDown();
  if (error) throw error;
}

/** Whether every migration of this version has been applied. */
export async function isMigrated(db: Db): Promise<boolean> {
  return (await schemaStatus(db)).pending.length === 0;
}

/** The SQL of the pending migrations, with what records them as applied, for a database administrator to run. */
export async function pendingSql(db: Db): Promise<string> {
  const { applied, pending } = await schemaStatus(db);
  const statements: string[] = [];
  const recorder = recordingDb(db, statements);
  if (applied.length === 0) {
    statements.push(
      `create table if not exists "${MIGRATION_TABLE}" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null)`,
      `create table if not exists "${LOCK_TABLE}" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null)`,
      `insert into ${LOCK_TABLE} (id, is_locked) values ('migration_lock', 0) on conflict do nothing`,
    );
  }
  for (const name of pending) {
    await MIGRATIONS[name as keyof typeof MIGRATIONS].up(recorder as never);
    statements.push(
      `insert into ${MIGRATION_TABLE} (name, timestamp) values ('${name}', '${new Date().toISOString()}')`,
    );
  }
  return statements.length === 0 ? "" : `begin;\n${statements.map((one) => `${one.trim()};\n`).join("")}commit;\n`;
}

/** A handle of the same engine that runs nothing and appends each statement to `statements`. */
function recordingDb(db: Db, statements: string[]): Db {
  const { adapter } = db.getExecutor();
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => new DummyDriver(),
      createIntrospector: () => db.introspection,
      createQueryCompiler: () => ({ compileQuery: (node, id) => db.getExecutor().compileQuery(node, id) }),
    },
    log({ query }) {
      if (query.parameters.length > 0)
        throw new Error(`A migration has a parameter and cannot be printed: ${query.sql}`);
      statements.push(query.sql);
    },
  });
}

function refuseNewer({ unknown }: SchemaStatus): void {
  if (unknown.length === 0) return;
  throw new SchemaMismatch(
    `The database has the migration ${unknown.at(-1)} of a newer version of Latchkey. Install that version, or a later one.`,
  );
}

function migrator(db: Db): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: LOCK_TABLE,
  });
}
