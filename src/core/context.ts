import type { Accounts } from "../accounts/accounts-table.ts";
import type { Database } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Keys } from "../lib/keys.ts";
import type { Meter } from "../lib/meter.ts";
import type { RateLimit } from "../lib/rate.ts";
import type { BreachLookup } from "../passwords/breach-lookup.ts";
import type { PasswordHashing } from "../passwords/hashing.ts";

/** How a session was started. */
export type SignInMethod =
  | "password"
  | "password-reset"
  | "password-change"
  | "sign-up"
  | "sign-in-link"
  | "email-change"
  | "app";

/** The dependencies of every flow. */
export interface Core {
  database: Database;
  accounts: Accounts;
  hashing: PasswordHashing;
  keys: Keys;
  isBreached: BreachLookup;
  clock: Clock;
  settings: Settings;
  /** Receives measurements for metrics. */
  meter: Meter;
  /** Asks the host app whether a session may be started by this method. Called before anything is changed. Never throws. */
  mayBeginSession(question: SessionQuestion): Promise<SessionAnswer>;
  /** Called after an email has been queued and committed, so that the worker does not wait for its next poll. */
  notifyWorker(): void;
}

/** Asked when a client has given the proof that the method requires, before its session is started. */
export interface SessionQuestion {
  /** `id` is null when a sign-up is about to create the account. */
  account: { id: string | null; email: string };
  method: SignInMethod;
  /** Headers of the request, for a host app that recognises a completed second factor by its own cookie. Or null. */
  headers: Headers | null;
}

/** Yes, no, or a path of the host app to redirect to instead. Nothing is consumed, so the user can come back. */
export type SessionAnswer = "yes" | "no" | { goTo: string };

/** The host app did not allow the session. */
export type SessionRefused = { kind: "session-refused" } | { kind: "go-to"; goTo: string };

/** Settings of the operator. Durations in milliseconds. */
export interface Settings {
  productName: string;
  /** In code points. */
  passwordMinLength: number;
  resetLinkMs: number;
  signUpLinkMs: number;
  signInLinkMs: number;
  /** Whether a person who requests an email for an address without an account gets one that says so. */
  unknownAddress: boolean;
  /** Whether sign-in links are enabled. */
  signInLinks: boolean;
  requestsPerClient: RateLimit;
  mailsPerAddress: RateLimit;
  mailsPerDay: number;
  signInsPerAccount: RateLimit;
}

/** What a request says about its client. */
export interface Client {
  /** The client IP, which rate limits count by. Null if the host app did not give one. */
  ip: string | null;
  /** As it is stored: `Firefox|Windows`. */
  browser: string;
  /** The tag of the language of pages and requested emails. */
  language: string;
  /** The tag for dates and numbers: the language, with the region of the browser. */
  locale: string;
  /** The IANA time zone that the browser reported with the form, or null. */
  timeZone: string | null;
  /** The session token from the cookie. */
  session: string | null;
  /** The token from the cookie that recognises the browser of a request for an email. */
  request: string | null;
  /** Headers of the request, for the hook of the host app; or null. */
  headers: Headers | null;
}

/** Rate limited: when the next attempt is allowed, in milliseconds from now. */
export interface TooManyAttempts {
  kind: "too-many";
  retryAfterMs: number;
  /** Waiting does not help: passwords for this address are refused until a reset. */
  resetRequired?: boolean;
}
