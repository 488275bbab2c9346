import { Migrator } from "kysely/migration";
import type { Db } from "../schema.ts";
import * as firstTables from "./001-first-tables.ts";
import * as requestsAndCodes from "./002-requests-and-codes.ts";
import * as bounces from "./003-bounces.ts";
import * as outboxPriority from "./004-outbox-priority.ts";
import * as failedSignIns from "./005-failed-sign-ins.ts";
import * as standardNames from "./006-standard-names.ts";
import * as tokenEndings from "./007-token-endings.ts";
import * as emailChanges from "./008-email-changes.ts";

/** Numbered, and frozen once shipped: a later change is a later number. */
export const MIGRATIONS = {
  "001-first-tables": firstTables,
  "002-requests-and-codes": requestsAndCodes,
  "003-bounces": bounces,
  "004-outbox-priority": outboxPriority,
  "005-failed-sign-ins": failedSignIns,
  "006-standard-names": standardNames,
  "007-token-endings": tokenEndings,
  "008-email-changes": emailChanges,
};

/** Brings the database to the newest schema. Several processes may do so at once. Throws what the database throws. */
export async function migrateUp(db: Db): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error) throw error;
}

/** Takes the newest migration back, with the data in its tables. */
export async function migrateDown(db: Db): Promise<void> {
  const { error } = await migrator(db).migrateDown();
  if (error) throw error;
}

/** Whether every migration that this version knows has been run. */
export async function isMigrated(db: Db): Promise<boolean> {
  const migrations = await migrator(db).getMigrations();
  return migrations.every((migration) => migration.executedAt !== undefined);
}

function migrator(db: Db): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableName: "latchkey_migrations",
    migrationLockTableName: "latchkey_migrations_lock",
  });
}
