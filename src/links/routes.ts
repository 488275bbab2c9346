import { PURPOSES, type Purpose, type RequestPurpose } from "../core/purposes.ts";
import { redirectTo, sessionRefused, showPage, tooMany } from "../http/answers.ts";
import { requestCookie, sessionCookie } from "../http/cookies.ts";
import type { HttpPages } from "../http/problem-page.ts";
import type { RequestContext } from "../http/route.ts";
import { currentSession } from "../sessions/list.ts";
import type { linkPages } from "./dead-link-page.ts";
import type { CompletionResult, DeadLink } from "./preview.ts";
import type { RequestResult } from "./request.ts";
import { secondSubmit } from "./second-submit.ts";
import { pendingRequest } from "./waiting.ts";

/** The pages that answers to links can show. */
export type LinkPages = HttpPages & typeof linkPages;

/** Answers a form that requests an email: the same for every well-formed address. */
export function respondToRequest(
  c: RequestContext,
  asked: Exclude<RequestResult, { kind: "invalid-email" }>,
): Promise<Response> | Response {
  switch (asked.kind) {
    case "queued":
      return redirectTo(c, "/check-email", { cookie: requestCookie(c.http, asked.request) });
    case "malformed":
      return showPage(c, "problem", { status: 400, id: null }, { status: 400 });
    case "too-many":
      return tooMany(c, asked, "asking");
  }
}

/** Answers a form with a new password that was accepted, or whose link was refused. */
export async function respondToCompletion(
  c: RequestContext<LinkPages>,
  completed: Exclude<CompletionResult, { kind: "refused-password" }>,
  { purpose, password }: { purpose: "password-reset" | "sign-up"; password: string },
): Promise<Response> {
  const { http } = c;
  // After a reset nobody knows yet whose computer this is, so the session ends with the browser.
  const lasting = purpose === "sign-up";
  switch (completed.kind) {
    case "done":
      return redirectTo(c, PURPOSES[purpose].pathAfterUse, {
        cookie: sessionCookie(http, completed.session, { lasting }),
      });
    case "session-refused":
    case "go-to":
      return sessionRefused(c, completed, { behindLink: true });
    case "dead": {
      const { link } = completed;
      const second = () => secondSubmit(http.core, { link, method: purpose, password }, c.client);
      return respondToDeadSubmission(c, { purpose, link, lasting }, second);
    }
  }
}

/** Answers the submitting of a dead link: perhaps it is the second half of a double click, and then it was done. */
export async function respondToDeadSubmission(
  c: RequestContext<LinkPages>,
  { purpose, link, lasting }: { purpose: RequestPurpose; link: DeadLink; lasting: boolean },
  lookForSecond: () => ReturnType<typeof secondSubmit>,
): Promise<Response> {
  const second = isNavigation(c) ? await lookForSecond() : null;
  if (second === null) return showDeadLink(c, purpose, link);
  const cookie = second === "signed-in" ? {} : { cookie: sessionCookie(c.http, second.session, { lasting }) };
  return showPage(c, "alreadyDone", { purpose }, { status: 410, ...cookie });
}

/**
 * Says why a link is dead, and names nobody: the address for a new mail is filled in only where this browser itself asked
 * with it. 410: it is not coming back (RFC 9110 §15.5.11).
 */
export async function showDeadLink(c: RequestContext<LinkPages>, purpose: Purpose, link: DeadLink): Promise<Response> {
  const { core } = c.http;
  const signedIn = (await currentSession(core, c.client.session)) !== null;
  const asked = await pendingRequest(core, c.client);
  const email = asked?.purpose === purpose ? asked.email : null;
  return showPage(c, "deadLink", { purpose, link, signedIn, email }, { status: 410 });
}

/** The address of another account that is signed in in this browser, and whose session using the link would end; or null. */
export async function otherAccount(c: RequestContext, email: string): Promise<{ signedInAs: string | null }> {
  const person = await currentSession(c.http.core, c.client.session);
  return { signedInAs: person && person.account.email !== email ? person.account.email : null };
}

/** Only a browser that goes from page to page can click twice; a program that sends fifty gets one yes and forty-nine no. */
function isNavigation(c: RequestContext): boolean {
  return c.request.headers.get("sec-fetch-mode") === "navigate";
}
