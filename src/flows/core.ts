import type { Clock } from "../basics/clock.ts";
import type { Meter } from "../basics/meter.ts";
import type { PasswordHashing } from "../basics/password-hashing.ts";
import type { Rate } from "../basics/rate.ts";
import type { Accounts } from "../store/accounts.ts";
import type { Database } from "../store/database.ts";

/** What every flow is handed. */
export interface Core {
  database: Database;
  accounts: Accounts;
  hashing: PasswordHashing;
  clock: Clock;
  rules: Rules;
  /** Told what happens, for whoever measures. */
  meter: Meter;
  /** Called once a mail has been queued and committed, so that the worker need not wait for its next look. */
  mailQueued(): void;
}

/** What the operator decides. Durations in milliseconds. */
export interface Rules {
  productName: string;
  /** In code points. */
  passwordMinLength: number;
  resetLinkMs: number;
  signUpLinkMs: number;
  requestsPerClient: Rate;
  mailsPerAddress: Rate;
  signInsPerAccount: Rate;
}

/** What one request says of the person behind it. */
export interface Visitor {
  /** The key under which the client is limited, or null where an app did not say who is asking. */
  client: string | null;
  /** In our own words: "Firefox on Windows". */
  browser: string;
  locale: string;
  /** The token of the session that the browser brought. */
  session: string | null;
}

/** Too many tries: when the next one may be made, in milliseconds from now. */
export interface TooMany {
  kind: "too-many";
  retryAfterMs: number;
}
