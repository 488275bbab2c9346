import type { SignInMethod } from "./core/context.ts";
import type { PasswordProblem } from "./passwords/policy.ts";

/** The account that is signed in. */
export interface SignedInAccount {
  id: string;
  /** Normalised, as stored. */
  email: string;
}

/** It succeeded. Add `headers` to the response: they hold the `Set-Cookie` lines that the result needs. */
export interface Done {
  kind: "done";
  headers: Headers;
}

/**
 * The request was accepted. It says nothing about whether the address has an account, and the response must not either: show
 * the same page for every address. Add `headers` to the response; by that cookie the browser is recognised as the one that
 * asked, without which the code in the email and the one-tap sign-in link do not work.
 */
export interface Queued {
  kind: "queued";
  headers: Headers;
}

/** The input is not an email address. Show the form again (422). */
export interface InvalidEmail {
  kind: "invalid-email";
}

/** The input cannot come from an email field: control characters, several addresses, more than 320 characters. Answer 400. */
export interface Malformed {
  kind: "malformed";
}

/** A rate limit is exceeded. Answer 429 with `Retry-After` (RFC 6585 §4, RFC 9110 §10.2.3). */
export interface TooMany {
  kind: "too-many";
  /** Whole seconds until the next attempt is accepted, at least 1. */
  retryAfterSeconds: number;
  /** Waiting does not help: no password of this account is accepted until a reset. */
  resetRequired: boolean;
}

/** The queue of passwords to be hashed is full; nothing was changed. Answer 503 with `Retry-After`. */
export interface Busy {
  kind: "busy";
  /** Random, from 2 to 5, so that clients do not retry together. */
  retryAfterSeconds: number;
}

/** `mayBeginSession` said no. Nothing was changed, and a link still works. Answer 403. */
export interface SessionRefused {
  kind: "session-refused";
}

/** `mayBeginSession` sends the user elsewhere first. Nothing was used up. Answer 303 to `goTo`. */
export interface GoTo {
  kind: "go-to";
  /** A path, with query and fragment, on the origin of `baseUrl`. */
  goTo: string;
}

/** The new password was rejected; the link still works. Show the form again (422). */
export interface RefusedPassword {
  kind: "refused-password";
  /** Why; see `PasswordProblem`. */
  problem: PasswordProblem;
}

/** The current password is wrong. Show the form again (422). */
export interface WrongCurrentPassword {
  kind: "wrong-current-password";
}

/** The request has no live session. Redirect to the sign-in page. */
export interface NotSignedIn {
  kind: "not-signed-in";
}

/**
 * Why a link does not work.
 * - `unknown`: never issued, cut off, or ended more than a week ago.
 * - `expired`: its time ran out.
 * - `used`, `replaced` (by another link of the same purpose), `withdrawn` (by an operator).
 * - `password-changed`, `email-changed`, `security-alert`: ended by that event.
 * - `code-unavailable`: a sign-in link that now works only in the browser that requested it.
 * - `account-created`: the address of a sign-up link got an account without the link.
 * - `taken`: the new address of an email change got an account by now.
 */
export type DeadLinkReason =
  | "unknown"
  | "expired"
  | "used"
  | "replaced"
  | "withdrawn"
  | "password-changed"
  | "email-changed"
  | "security-alert"
  | "account-created"
  | "code-unavailable"
  | "taken";

/** The link does not work. Answer 410 (RFC 9110 §15.5.11), and do not show an email address. */
export interface DeadLink {
  kind: "dead";
  reason: DeadLinkReason;
  /** When it ended, in epoch milliseconds; null if that is unknown. */
  at: number | null;
}

/** The link works. Show a form; a page must not submit it by itself, because email scanners open links. */
export interface LivePreview {
  kind: "live";
  /** The address of the account, or for `emailChangeUndo` the address it had. */
  email: string;
}

/** The eight digits were not eight digits. The attempt was not counted. Show the form again (422). */
export interface InvalidCode {
  kind: "invalid-code";
}

/** The code is wrong. Show the form again (422). */
export interface WrongCode {
  kind: "wrong-code";
  /** How many more codes this request accepts. */
  attemptsLeft: number;
}

/** Result of `passwordReset.request`, `signUp.request` and `signInLink.request`. */
export type RequestResult = Queued | InvalidEmail | Malformed | TooMany;

/** Result of previewing a link. */
export type PreviewResult = LivePreview | DeadLink;

/** Result of `passwordReset.complete` and `signUp.complete`. `email` is the address the form belongs to. */
export type CompletionResult =
  | Done
  | (RefusedPassword & { email: string })
  | SessionRefused
  | GoTo
  | DeadLink
  | TooMany
  | Busy;

/** Result of `signInLink.preview`. */
export type SignInLinkPreview =
  /** `needsCode`: this is not the browser that asked; ask for the code of the same email. */
  (LivePreview & { needsCode: boolean }) | DeadLink;

/** Result of `signInLink.complete`. `email` is the address the form belongs to. */
export type SignInLinkResult =
  | Done
  | (InvalidCode & { email: string })
  | (WrongCode & { email: string })
  | SessionRefused
  | GoTo
  | DeadLink
  | Busy;

/** Result of `checkEmail.submitCode`. */
export type CodeResult =
  /** A sign-in code: the user is signed in. */
  | Done
  /** A reset or sign-up code: continue with the form behind the link of this token. */
  | { kind: "continue"; purpose: "password-reset" | "sign-up"; token: string }
  | InvalidCode
  | WrongCode
  /** No code is accepted: nothing was requested in this browser, it was used, or five codes were wrong. Answer 410. */
  | { kind: "code-ended"; reason: "no-request" | "used" | "too-many-attempts" }
  | SessionRefused
  | GoTo
  | Busy;

/** The email this browser is waiting for. It says nothing about whether the address has an account. */
export interface PendingEmail {
  purpose: "password-reset" | "sign-up" | "sign-in-link";
  /** The address as it was entered. */
  email: string;
  /** Whole seconds until `resend` is accepted; 0 if it is now. */
  resendAfterSeconds: number;
  /** How many codes are still accepted; 0 if the request was completed. */
  attemptsLeft: number;
}

/** Result of `checkEmail.resend`. */
export type ResendResult =
  | Queued
  /** Resending is accepted once a minute. Answer 429. */
  | { kind: "too-soon"; retryAfterSeconds: number; pending: PendingEmail }
  /** Nothing was requested in this browser, or it was completed. Answer 410. */
  | { kind: "no-request" }
  | TooMany;

/** Result of `signIn`. `refused` does not say whether address or password was wrong, and neither may the response (401). */
export type SignInResult = Done | { kind: "refused" } | InvalidEmail | Malformed | GoTo | TooMany | Busy;

/** Result of `changePassword`. */
export type PasswordChangeResult =
  | Done
  | WrongCurrentPassword
  | RefusedPassword
  | NotSignedIn
  | SessionRefused
  | GoTo
  | TooMany
  | Busy;

/** Result of `emailChange.request`. */
export type EmailChangeRequestResult =
  /** An email is on its way to the new address. It says nothing about whether that address has an account. */
  | { kind: "queued"; email: string }
  | InvalidEmail
  | Malformed
  | { kind: "same-address" }
  | WrongCurrentPassword
  | NotSignedIn
  | TooMany
  | Busy;

/** Result of `emailChange.preview`. */
export type EmailChangePreview =
  /** `from` is the current address, `email` the new one. `needsPassword`: the account is not signed in in this browser. */
  (LivePreview & { from: string; needsPassword: boolean }) | DeadLink;

/** Result of `emailChange.complete`. */
export type EmailChangeResult =
  /** `signedIn`: the account was signed in in this browser and got a new session. The link alone does not sign in. */
  | (Done & { email: string; signedIn: boolean })
  | { kind: "wrong-password"; from: string; email: string }
  | SessionRefused
  | GoTo
  | DeadLink
  | TooMany
  | Busy;

/** Result of `emailChangeUndo.complete`. `restored` is false if the old address has another account by now. */
export type EmailChangeUndoResult = { kind: "done"; restored: boolean } | DeadLink;

/** Result of `securityAlert.complete`. */
export type SecurityAlertResult = { kind: "done" } | DeadLink;

/** A signed-in browser, as the account owner sees it. Times in epoch milliseconds. */
export interface SessionSummary {
  /** For `sessions.end`. Not a credential. */
  id: string;
  /** Whether it is the session of this request. */
  isCurrent: boolean;
  /** How it was started. */
  method: SignInMethod;
  /** Such as "Firefox on Windows". */
  browser: string;
  createdAt: number;
  /** Exact to five minutes. */
  lastSeenAt: number;
}

/** Result of `sessions.end`. Ending the current session clears its cookie, in `headers`. */
export type SessionEndResult = Done | { kind: "not-found" } | NotSignedIn;

/** Result of `sessions.endOthers`. */
export type SessionsEndResult = { kind: "done" } | NotSignedIn;

/** Result of `startSession`. `no-account`: the account does not exist or is disabled. */
export type StartSessionResult = Done | { kind: "no-account" };

/**
 * Everything one request can do, returned by `latchkey.for`. It holds the client IP for the limits, the session and the
 * pending request from the cookies, and the browser's name for notices, so that no call can lose them. A session started or
 * ended by one call is the session of the calls after it.
 *
 * Results are discriminated unions over `kind`. User input, load and concurrent requests never throw; an unreachable database
 * and a misconfiguration do. Input that is not a string counts as empty.
 *
 * Pages of your own must reject cross-site form posts, limit body sizes, and change nothing on GET (see docs/library.md).
 */
export interface Visit {
  /** Returns the signed-in account, or null. */
  account(): Promise<SignedInAccount | null>;

  /**
   * Signs in with a password. Unknown, disabled and password-less accounts take the same time and get the same result as a
   * wrong password. Starts a new session and ends the one the browser had.
   */
  signIn(credentials: { email: string; password: string }): Promise<SignInResult>;

  /** Ends the session of this browser, if it has one, and clears its cookies. Call it for POST only. */
  signOut(): Promise<Done>;

  /**
   * Starts a session for an account that the app itself has authenticated, after a second factor for example, without asking
   * `mayBeginSession` again. The cookie ends with the browser unless `lasting` is true; then it lives 30 days. Default false.
   */
  startSession(session: { accountId: string; lasting?: boolean | undefined }): Promise<StartSessionResult>;

  /**
   * Changes the password of the signed-in account. Needs the current one, also right after a reset. Ends every other session,
   * every link and code, starts a new session here and emails a notice.
   */
  changePassword(passwords: { current: string; password: string }): Promise<PasswordChangeResult>;

  /** Forgotten passwords. */
  readonly passwordReset: {
    /** Queues a reset email. Known and unknown addresses get the same result in the same time. */
    request(input: { email: string }): Promise<RequestResult>;
    /** Looks at a link and changes nothing. */
    preview(input: { token: string }): Promise<PreviewResult>;
    /**
     * Sets the new password. In one transaction: the link is consumed, all sessions, links and codes end, a session starts whose
     * cookie ends with the browser, and a notice is queued. Of concurrent submissions exactly one succeeds.
     */
    complete(input: { token: string; password: string }): Promise<CompletionResult>;
  };

  /** New accounts. */
  readonly signUp: {
    /** Queues a sign-up email. Known and unknown addresses get the same result in the same time. */
    request(input: { email: string }): Promise<RequestResult>;
    /** Looks at a link and changes nothing. */
    preview(input: { token: string }): Promise<PreviewResult>;
    /** Creates the account with its first password and starts a session. */
    complete(input: { token: string; password: string }): Promise<CompletionResult>;
  };

  /** Sign-in by emailed link. Throws if the option `signInLinks` is false. */
  readonly signInLink: {
    /** Queues a sign-in email. Known and unknown addresses get the same result in the same time. */
    request(input: { email: string }): Promise<RequestResult>;
    /** Looks at a link and changes nothing. */
    preview(input: { token: string }): Promise<SignInLinkPreview>;
    /**
     * Starts a session. In the browser that asked the link is enough; in any other the `code` of the same email is needed, so
     * that an email scanner that presses buttons cannot sign in. Spaces and dashes in the code are ignored.
     */
    complete(input: { token: string; code?: string | undefined }): Promise<SignInLinkResult>;
  };

  /** The page after a request: the email this browser is waiting for. */
  readonly checkEmail: {
    /** Returns the pending email, or null if nothing was requested here recently. */
    pending(): Promise<PendingEmail | null>;
    /** Queues the same email again. Earlier ones stay valid. */
    resend(): Promise<ResendResult>;
    /** Accepts the code of the email, in the browser that asked only. Five codes are accepted per request. */
    submitCode(input: { code: string }): Promise<CodeResult>;
  };

  /** Changing the email address. Throws if the accounts table has no `setEmail`. */
  readonly emailChange: {
    /** For the signed-in account, with its current password. Queues a confirmation to the new address. */
    request(input: { email: string; current: string }): Promise<EmailChangeRequestResult>;
    /** Looks at a link and changes nothing. */
    preview(input: { token: string }): Promise<EmailChangePreview>;
    /** Changes the address. Needs the account's session in this browser, or its `password`. Both addresses get a notice. */
    complete(input: { token: string; password?: string | undefined }): Promise<EmailChangeResult>;
  };

  /** "This wasn't me" at the old address after an email change. */
  readonly emailChangeUndo: {
    /** Looks at a link and changes nothing. */
    preview(input: { token: string }): Promise<PreviewResult>;
    /** Restores the old address, ends all access, disables the password and queues a reset email. */
    complete(input: { token: string }): Promise<EmailChangeUndoResult>;
  };

  /** "This wasn't me" in a notice. */
  readonly securityAlert: {
    /** Looks at a link and changes nothing. */
    preview(input: { token: string }): Promise<PreviewResult>;
    /** Ends all access to the account, disables the password and queues a reset email to the owner. */
    complete(input: { token: string }): Promise<SecurityAlertResult>;
  };

  /** The browsers in which the account is signed in. */
  readonly sessions: {
    /** The sessions of the signed-in account, last seen first. Null if not signed in. */
    list(): Promise<SessionSummary[] | null>;
    /** Ends one session of the signed-in account. */
    end(input: { id: string }): Promise<SessionEndResult>;
    /** Ends every session of the signed-in account but this one. */
    endOthers(): Promise<SessionsEndResult>;
  };
}
