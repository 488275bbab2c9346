import type { RawDatabase } from "./raw-database.ts";

/** Inserts accounts, links, sessions, counters and emails for a number of people. */
export async function fill(
  raw: Pick<RawDatabase, "rows">,
  { isPostgres, people, now }: { isPostgres: boolean; people: number; now: number },
): Promise<void> {
  const n = isPostgres
    ? `select n from generate_series(1, ${people}) as n`
    : `with recursive s(n) as (select 1 union all select n + 1 from s where n < ${people}) select n from s`;
  const later = now + 3_600_000;
  for (const [table, columns, values] of [
    ["accounts", "id, email, created_at", "'id' || n, 'p' || n || '@example.com', 0"],
    [
      "tokens",
      "digest, purpose, account_id, email, created_at, expires_at",
      `'d' || n, 'password-reset', 'id' || n, 'p' || n || '@example.com', 0, ${later}`,
    ],
    [
      "tokens",
      "digest, purpose, email, created_at, expires_at, ended_at, end_reason",
      `'e' || n, 'password-reset', 'p', 0, ${later}, ${now}, 'used'`,
    ],
    [
      "email_changes",
      "id, account_id, from_email, changed_at, expires_at",
      `'c' || n, 'id' || n, 'q' || n || '@example.com', ${now}, ${later}`,
    ],
    [
      "sessions",
      "digest, id, account_id, method, browser, created_at, last_seen_at, expires_at",
      `'s' || n, 'i' || n, 'id' || n, 'password', 'Firefox', ${now}, ${now}, ${later}`,
    ],
    ["preferences", "account_id, locale", "'id' || n, 'en'"],
    ["limits", "key, count, window_ends_at", `'k' || n, 1, ${later}`],
    [
      "requests",
      "digest, purpose, email, attempts, requested_at, expires_at",
      `'r' || n, 'password-reset', 'p' || n || '@example.com', 0, ${now}, ${later}`,
    ],
    [
      "codes",
      "request, hash, purpose, account_id, email, expires_at",
      `'r' || n, 'h' || n, 'password-reset', 'id' || n, 'p' || n || '@example.com', ${later}`,
    ],
    [
      "failed_attempts",
      "key, failures, last_failed_at, failed_before_at",
      `'p' || n || '@example.com', 1, ${now}, ${now}`,
    ],
    ["suppressions", "email, answer, times, first_at, last_at", `'p' || n || '@example.com', '550', 1, ${now}, ${now}`],
    ["events", "id, kind, account_id, at", `'v' || n, 'signed-in', 'id' || n, ${now}`],
    [
      "outbox",
      "id, kind, email, locale, data, state, attempts, next_attempt_at, give_up_at, created_at, finished_at",
      `'o' || n, 'sign-up', 'p', 'en', '{}', 'sent', 1, ${now}, ${later}, ${now}, ${now}`,
    ],
  ]) {
    await raw.rows(`insert into latchkey_${table} (${columns}) select ${values} from (${n}) as numbers`);
  }
  await raw.rows("analyze");
}
