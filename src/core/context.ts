import type { Accounts } from "../accounts/accounts-table.ts";
import type { Database } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
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

/** What every flow is handed. */
export interface Core {
  database: Database;
  accounts: Accounts;
  hashing: PasswordHashing;
  isBreached: BreachLookup;
  clock: Clock;
  rules: Settings;
  /** Told what happens, for whoever measures. */
  meter: Meter;
  /** The app's word on whether somebody may be signed in by this method. Asked before anything is changed. Never throws. */
  mayBeginSession(question: SessionQuestion): Promise<SessionAnswer>;
  /** Called once a mail has been queued and committed, so that the worker need not wait for its next look. */
  notifyWorker(): void;
}

/** Somebody has proved what the method asks for, and would now be signed in. */
export interface SessionQuestion {
  /** `id` is null where signing up is about to make the account. */
  account: { id: string | null; email: string };
  method: SignInMethod;
  /** The headers of the request, for an app that tells by a cookie of its own that a second factor was given; or null. */
  headers: Headers | null;
}

/** Yes, no, or a path of the app to which the person is sent instead. Nothing has been used up, so they can come back. */
export type SessionAnswer = "yes" | "no" | { goTo: string };

/** The app did not say yes. */
export type SessionRefused = { kind: "session-refused" } | { kind: "go-to"; goTo: string };

/** What the operator decides. Durations in milliseconds. */
export interface Settings {
  productName: string;
  /** In code points. */
  passwordMinLength: number;
  resetLinkMs: number;
  signUpLinkMs: number;
  signInLinkMs: number;
  /** Whether people may sign in by a mailed link at all. */
  signInLinks: boolean;
  requestsPerClient: RateLimit;
  mailsPerAddress: RateLimit;
  mailsPerDay: number;
  signInsPerAccount: RateLimit;
}

/** What one request says of the person behind it. */
export interface Client {
  /** The key under which the client is limited, or null where an app did not say who is asking. */
  ip: string | null;
  /** In our own words: "Firefox on Windows". */
  browser: string;
  locale: string;
  /** The token of the session that the browser brought. */
  session: string | null;
  /** The token of the request whose mail the browser waits for. */
  request: string | null;
  /** All the headers of the request, for the app's own word; or null. */
  headers: Headers | null;
}

/** Too many tries: when the next one may be made, in milliseconds from now. */
export interface TooManyAttempts {
  kind: "too-many";
  retryAfterMs: number;
  /** Waiting does not help: passwords for this address are not looked at until one has been reset. */
  resetRequired?: boolean;
}
