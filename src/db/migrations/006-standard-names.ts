import { type Kysely, sql } from "kysely";

/** Renames tables, columns and stored values to the terms that the code and the documentation use. */
const TABLES = [
  ["latchkey_bounces", "latchkey_suppressions"],
  ["latchkey_failed_sign_ins", "latchkey_failed_attempts"],
] as const;

const COLUMNS = [
  ["latchkey_sessions", "road", "method"],
  ["latchkey_requests", "tries", "attempts"],
  ["latchkey_requests", "asked_at", "requested_at"],
] as const;

const PURPOSES = [
  ["objection", "security-alert"],
  ["address-change", "email-change"],
  ["address-undo", "email-change-undo"],
] as const;

const VALUES: ReadonlyArray<
  readonly [table: string, column: string, values: ReadonlyArray<readonly [string, string]>]
> = [
  ["latchkey_tokens", "purpose", PURPOSES],
  ["latchkey_ended_tokens", "purpose", PURPOSES],
  [
    "latchkey_ended_tokens",
    "reason",
    [
      ["objection", "security-alert"],
      ["address-changed", "email-changed"],
    ],
  ],
  ["latchkey_sessions", "method", [["address-change", "email-change"]]],
  [
    "latchkey_outbox",
    "kind",
    [
      ["address-change", "email-change"],
      ["address-changed", "email-changed"],
      ["address-undone", "email-change-undone"],
    ],
  ],
  ["latchkey_outbox", "state", [["given-up", "failed"]]],
  [
    "latchkey_events",
    "kind",
    [
      ["mail-asked", "email-requested"],
      ["mail-sent", "email-sent"],
      ["mail-given-up", "email-failed"],
      ["mail-bounced", "email-bounced"],
      ["mail-retried", "email-retried"],
      ["address-changed", "email-changed"],
      ["address-restored", "email-restored"],
      ["locked-out", "account-locked"],
      ["link-made", "link-created"],
      ["reset-all-began", "reset-all-started"],
      ["password-unusable", "password-removed"],
      ["objected", "security-alert"],
      ["limited", "rate-limited"],
    ],
  ],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [from, to] of TABLES) await db.schema.alterTable(from).renameTo(to).execute();
  for (const [table, from, to] of COLUMNS) await db.schema.alterTable(table).renameColumn(from, to).execute();
  for (const [table, column, values] of VALUES) await replace(db, table, column, values);
  await replaceReason(db, "objection", "security-alert");
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await replaceReason(db, "security-alert", "objection");
  for (const [table, column, values] of VALUES) {
    await replace(
      db,
      table,
      column,
      values.map(([from, to]) => [to, from] as const),
    );
  }
  for (const [table, from, to] of COLUMNS) await db.schema.alterTable(table).renameColumn(to, from).execute();
  for (const [from, to] of TABLES) await db.schema.alterTable(to).renameTo(from).execute();
}

async function replace(
  db: Kysely<unknown>,
  table: string,
  column: string,
  values: ReadonlyArray<readonly [string, string]>,
): Promise<void> {
  const name = sql.ref(column);
  const branches = values.map(([from, to]) => sql`when ${name} = ${sql.lit(from)} then ${sql.lit(to)}`);
  const known = sql.join(values.map(([from]) => sql.lit(from)));
  await sql`
    update ${sql.table(table)} set ${name} = case ${sql.join(branches, sql` `)} end
    where ${name} in (${known})`.execute(db);
}

/** Why a reset email was queued, inside the JSON of its row. */
async function replaceReason(db: Kysely<unknown>, from: string, to: string): Promise<void> {
  const [before, after] = [from, to].map((reason) => sql.lit(`"because":"${reason}"`));
  await sql`update latchkey_outbox set data = replace(data, ${before}, ${after})`.execute(db);
}
