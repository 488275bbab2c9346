import type { Kysely } from "kysely";

/**
 * The tables as they are now. Ids are UUIDv7 text, times are integers in epoch milliseconds: the same on every engine.
 * Every name carries the prefix `latchkey_`, so that the tables can live in a host app's database.
 */
export interface Schema {
  latchkey_accounts: AccountRow;
  latchkey_tokens: TokenRow;
  latchkey_email_changes: EmailChangeRow;
  latchkey_requests: RequestRow;
  latchkey_codes: CodeRow;
  latchkey_sessions: SessionRow;
  latchkey_outbox: OutboxRow;
  latchkey_limits: LimitRow;
  latchkey_events: EventRow;
  latchkey_preferences: PreferencesRow;
  latchkey_suppressions: BounceRow;
  latchkey_failed_attempts: FailedAttemptsRow;
  latchkey_keys: KeyRow;
}

/** Runs queries: on its own each statement commits by itself, inside `transaction` they commit together. */
export type Db = Kysely<Schema>;

interface AccountRow {
  id: string;
  email: string;
  /** A PHC string, or the hash of another system. Null: no password works. */
  password_hash: string | null;
  disabled_at: number | null;
  created_at: number;
}

/** An emailed link. The digest of the token is the only way to find its row. An ended row grants nothing. */
interface TokenRow {
  digest: string;
  purpose: string;
  /** Null for a sign-up, which creates the account. */
  account_id: string | null;
  /** The address that the link was mailed to. */
  email: string;
  created_at: number;
  expires_at: number;
  /** The digest of the request for the email. Null if no browser requested it. */
  request: string | null;
  /** When and why the link ended before its expiry. Kept for the dead-link page. */
  ended_at: number | null;
  end_reason: string | null;
  /** For the purpose "email-change-undo": the change that the link undoes. */
  email_change_id: string | null;
}

/** A change of an account's address, with the right of the old address to undo it. */
interface EmailChangeRow {
  id: string;
  account_id: string;
  from_email: string;
  /** Null for a change made before 0.2.0 in a host's table. */
  to_email: string | null;
  /** Orders the changes of one account: strictly increasing, whatever the clocks of the instances say. */
  changed_at: number;
  expires_at: number;
  undone_at: number | null;
}

/** A browser that requested an email and waits for it. */
interface RequestRow {
  /** Identifies the request in other rows. Not a credential. */
  digest: string;
  /** The digest of the cookie of the browser. Null for a request that an older version has just opened. */
  cookie: string | null;
  purpose: string;
  email: string;
  /** Number of code attempts. */
  attempts: number;
  /** When its last email was requested. */
  requested_at: number;
  expires_at: number;
  used_at: number | null;
  /** The path to open after the link or code was used, checked again then. Null: the account page. */
  next: string | null;
}

/** A live code. It works in the browser of its request only. */
interface CodeRow {
  request: string;
  /** HMAC-SHA-256 under a key outside the database: a plain digest of a short code can be reversed by trying all codes. */
  hash: string;
  purpose: string;
  account_id: string | null;
  email: string;
  expires_at: number;
}

interface SessionRow {
  digest: string;
  /** Identifies the session on the account page. Unique. Not a credential. */
  id: string;
  account_id: string;
  method: string;
  browser: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
}

interface OutboxRow {
  id: string;
  kind: string;
  email: string;
  account_id: string | null;
  /** The digest of the request, if a browser waits for the email. */
  request: string | null;
  locale: string;
  /** JSON without secrets: tokens are minted when the email is sent. */
  data: string;
  state: string;
  /** A value of PRIORITY in mail/email-kinds.ts. */
  priority: number;
  attempts: number;
  /** Schedule, backoff and lease in one: the row may be claimed from this time on. */
  next_attempt_at: number;
  give_up_at: number;
  created_at: number;
  finished_at: number | null;
  /** The last answer of the mail server, or why the email was not sent. */
  answer: string | null;
}

interface LimitRow {
  /** What is counted, and a keyed digest of the address, account or client that it is counted for. */
  key: string;
  count: number;
  window_ends_at: number;
}

/** The id of a secret key that the database is used with. The key itself is not in the database. */
interface KeyRow {
  /** In the order in which the keys were first used. */
  position: number;
  id: string;
}

/** Consecutive wrong passwords for an address, whether or not it has an account. */
interface FailedAttemptsRow {
  /** A keyed digest of the address. */
  key: string;
  failures: number;
  last_failed_at: number;
  /** When the failure before the last was, for when the last one is taken back. */
  failed_before_at: number;
}

/** The language and time zone of an account's owner. */
interface PreferencesRow {
  account_id: string;
  locale: string;
  time_zone: string | null;
}

interface EventRow {
  id: string;
  kind: string;
  account_id: string | null;
  /** Masked. */
  email: string | null;
  client: string | null;
  browser: string | null;
  at: number;
}

/** An address that a mail server refused permanently, and its answer. */
interface BounceRow {
  email: string;
  answer: string;
  times: number;
  first_at: number;
  last_at: number;
}
