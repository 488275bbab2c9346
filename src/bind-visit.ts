import type { Client, TooManyAttempts } from "./core/context.ts";
import { changePassword } from "./features/account/password-change.ts";
import { clientOf } from "./features/app.ts";
import { submitCode } from "./features/check-email/code.ts";
import * as emailChange from "./features/email-change/flow.ts";
import * as emailChangeUndo from "./features/email-change/undo.ts";
import * as passwordReset from "./features/password-reset/flow.ts";
import * as securityAlert from "./features/security-alert/flow.ts";
import { signIn } from "./features/sign-in/flow.ts";
import * as signInLink from "./features/sign-in-link/flow.ts";
import * as signUp from "./features/sign-up/flow.ts";
import type { HttpContext } from "./http/context.ts";
import { clearRequestCookie, clearSessionCookie, requestCookie, sessionCookie } from "./http/cookies.ts";
import { SECOND } from "./lib/clock.ts";
import type * as links from "./links/preview.ts";
import type * as requests from "./links/request.ts";
import { type PendingRequest, pendingRequest, resend } from "./links/waiting.ts";
import { HashingBusy } from "./passwords/hashing.ts";
import { currentSession, endOtherSessions, endSession, listSessions, signOut } from "./sessions/list.ts";
import { type StartedSession, startSessionForApp } from "./sessions/start.ts";
import type {
  Busy,
  CompletionResult,
  DeadLink,
  Done,
  NotSignedIn,
  PendingEmail,
  RequestResult,
  TooMany,
  Visit,
} from "./visit.ts";

const NOT_SIGNED_IN: NotSignedIn = { kind: "not-signed-in" };

/** Binds every flow to one request: its client IP, cookies and browser. */
export function bindVisit(http: HttpContext, headers: Headers, ip: string | null): Visit {
  const { core } = http;
  let client: Client = clientOf(http, headers, ip);
  const current = () => currentSession(core, client.session);

  /** The new session replaces the one that the request brought, for later calls too. */
  function started({ session, lasting }: StartedSession): Done {
    client = { ...client, session };
    return { kind: "done", headers: withCookies(sessionCookie(http, { session, lasting })) };
  }

  function queued(request: string): { kind: "queued"; headers: Headers } {
    client = { ...client, request };
    return { kind: "queued", headers: withCookies(requestCookie(http, request)) };
  }

  function requested(result: requests.RequestResult): RequestResult {
    if (result.kind === "queued") return queued(result.request);
    return result.kind === "too-many" ? tooMany(result) : result;
  }

  function completed(result: links.CompletionResult): CompletionResult {
    if (result.kind === "done") return started(result);
    if (result.kind === "too-many") return tooMany(result);
    return result.kind === "dead" ? dead(result.link) : result;
  }

  return {
    async account() {
      const signedIn = await current();
      return signedIn && { id: signedIn.account.id, email: signedIn.account.email };
    },

    signIn: ({ email, password }) =>
      orBusy(async () => {
        const result = await signIn(core, { email: text(email), password: text(password) }, client);
        if (result.kind === "done") return started(result);
        return result.kind === "too-many" ? tooMany(result) : result;
      }),

    async signOut() {
      await signOut(core, client);
      client = { ...client, session: null, request: null };
      return { kind: "done", headers: withCookies(clearSessionCookie(http), clearRequestCookie(http)) };
    },

    async startSession({ accountId, lasting = false }) {
      const session = await startSessionForApp(core, accountId, client);
      return session === null ? { kind: "no-account" } : started({ session, lasting });
    },

    changePassword: ({ current: old, password }) =>
      orBusy(async () => {
        const signedIn = await current();
        if (!signedIn) return NOT_SIGNED_IN;
        const result = await changePassword(core, signedIn, { current: text(old), next: text(password) }, client);
        if (result.kind === "done") return started(result);
        return result.kind === "too-many" ? tooMany(result) : result;
      }),

    passwordReset: {
      request: async ({ email }) => requested(await passwordReset.request(core, { email: text(email) }, client)),
      preview: async ({ token }) => previewed(await passwordReset.preview(core, text(token))),
      complete: ({ token, password }) =>
        orBusy(async () =>
          completed(await passwordReset.complete(core, { token: text(token), password: text(password) }, client)),
        ),
    },

    signUp: {
      request: async ({ email }) => requested(await signUp.request(core, { email: text(email) }, client)),
      preview: async ({ token }) => previewed(await signUp.preview(core, text(token))),
      complete: ({ token, password }) =>
        orBusy(async () =>
          completed(await signUp.complete(core, { token: text(token), password: text(password) }, client)),
        ),
    },

    signInLink: {
      request: async ({ email }) => requested(await signInLink.request(core, { email: text(email) }, client)),
      preview: async ({ token }) => previewed(await signInLink.preview(core, text(token), client)),
      complete: ({ token, code }) =>
        orBusy(async () => {
          const result = await signInLink.complete(core, { token: text(token), code: text(code) }, client);
          if (result.kind === "done") return started(result);
          return result.kind === "dead" ? dead(result.link) : result;
        }),
    },

    checkEmail: {
      async pending() {
        const pending = await pendingRequest(core, client);
        return pending && toPending(pending);
      },
      async resend() {
        const result = await resend(core, client);
        if (result.kind === "queued") return queued(result.request);
        if (result.kind === "too-many") return tooMany(result);
        if (result.kind === "no-request") return result;
        return {
          kind: "too-soon",
          retryAfterSeconds: seconds(result.waiting.waitMs),
          pending: toPending(result.waiting),
        };
      },
      submitCode: ({ code }) =>
        orBusy(async () => {
          const result = await submitCode(core, text(code), client);
          if (result.kind === "done") return started(result);
          if (result.kind !== "over") return result;
          const reason = result.why === "too-many-tries" ? "too-many-attempts" : result.why;
          return { kind: "code-ended", reason };
        }),
    },

    emailChange: {
      request: ({ email, current: password }) =>
        orBusy(async () => {
          const signedIn = await current();
          if (!signedIn) return NOT_SIGNED_IN;
          const input = { email: text(email), current: text(password) };
          const result = await emailChange.request(core, signedIn, input, client);
          return result.kind === "too-many" ? tooMany(result) : result;
        }),
      preview: async ({ token }) => previewed(await emailChange.preview(core, text(token), client)),
      complete: ({ token, password }) =>
        orBusy(async () => {
          const result = await emailChange.complete(core, { token: text(token), password: text(password) }, client);
          if (result.kind === "too-many") return tooMany(result);
          if (result.kind === "dead") return dead(result.link);
          if (result.kind !== "done") return result;
          const { email, session, lasting } = result;
          if (session === null) return { kind: "done", email, signedIn: false, headers: new Headers() };
          return { ...started({ session, lasting }), email, signedIn: true };
        }),
    },

    emailChangeUndo: {
      preview: async ({ token }) => previewed(await emailChangeUndo.previewUndo(core, text(token))),
      async complete({ token }) {
        const result = await emailChangeUndo.completeUndo(core, text(token), client);
        return result.kind === "dead" ? dead(result.link) : result;
      },
    },

    securityAlert: {
      preview: async ({ token }) => previewed(await securityAlert.preview(core, text(token))),
      async complete({ token }) {
        const result = await securityAlert.complete(core, text(token), client);
        return result.kind === "dead" ? dead(result.link) : result;
      },
    },

    sessions: {
      async list() {
        const signedIn = await current();
        if (!signedIn) return null;
        return (await listSessions(core, signedIn)).map(({ id, method, browser, createdAt, lastSeenAt }) => {
          return { id, isCurrent: id === signedIn.session.id, method, browser, createdAt, lastSeenAt };
        });
      },
      async end({ id }) {
        const signedIn = await current();
        if (!signedIn) return NOT_SIGNED_IN;
        if (!(await endSession(core, signedIn, text(id), client))) return { kind: "not-found" };
        if (id !== signedIn.session.id) return { kind: "done", headers: new Headers() };
        client = { ...client, session: null };
        return { kind: "done", headers: withCookies(clearSessionCookie(http)) };
      },
      async endOthers() {
        const signedIn = await current();
        if (!signedIn) return NOT_SIGNED_IN;
        await endOtherSessions(core, signedIn, client);
        return { kind: "done" };
      },
    },
  };
}

/** A full hashing queue is an outcome, not an exception. */
async function orBusy<T>(work: () => Promise<T>): Promise<T | Busy> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HashingBusy) return { kind: "busy", retryAfterSeconds: error.retryAfterSeconds };
    throw error;
  }
}

/** Form fields may be absent, files or lists, and strings may hold what no database stores. All of these count as empty. */
function text(value: unknown): string {
  return typeof value === "string" && value.isWellFormed() ? value : "";
}

function previewed<Live extends { kind: "live" }>(
  result: Live | { kind: "dead"; link: links.DeadLink },
): Live | DeadLink {
  return result.kind === "dead" ? dead(result.link) : result;
}

/** Leaves out the address that the link was sent to, so that no page can show it to a stranger. */
function dead(link: links.DeadLink): DeadLink {
  if (link.kind === "ended") return { kind: "dead", reason: link.reason, at: link.at };
  return { kind: "dead", reason: link.kind, at: link.kind === "expired" ? link.at : null };
}

function tooMany({ retryAfterMs, resetRequired = false }: TooManyAttempts): TooMany {
  return { kind: "too-many", retryAfterSeconds: Math.max(1, seconds(retryAfterMs)), resetRequired };
}

function toPending({ purpose, email, waitMs, attemptsLeft }: PendingRequest): PendingEmail {
  return { purpose, email, resendAfterSeconds: seconds(waitMs), attemptsLeft };
}

function seconds(ms: number): number {
  return Math.ceil(ms / SECOND);
}

function withCookies(...cookies: string[]): Headers {
  const headers = new Headers();
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return headers;
}
