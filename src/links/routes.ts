import { redirectTo, sessionRefused, showPage, tooMany } from "../http/answers.ts";
import { requestCookie, sessionCookie } from "../http/cookies.ts";
import type { RequestContext } from "../http/route.ts";
import { currentSession } from "../sessions/list.ts";
import type { CompletionResult, DeadLink, PreviewResult, Purpose } from "./preview.ts";
import type { RequestPurpose, RequestResult } from "./request.ts";
import { secondSubmit } from "./second-submit.ts";
import { pendingRequest } from "./waiting.ts";

/** The purposes whose link leads to a form with a new password. */
type PasswordPurpose = "password-reset" | "sign-up";

/** The pages that ask for a mail. */
const ASK_PAGES = { "password-reset": "forgotPassword", "sign-up": "signUp", "sign-in-link": "signInLink" } as const;

/** The forms with the new password. */
const FORM_PAGES = { "password-reset": "resetPassword", "sign-up": "choosePassword" } as const;

/** Answers a form that asks for a mail: the same for every address. An address with a slip gets the form again. */
export function respondToRequest(
  c: RequestContext,
  asked: RequestResult,
  { purpose, email }: { purpose: RequestPurpose; email: string },
): Promise<Response> | Response {
  switch (asked.kind) {
    case "queued":
      return redirectTo(c, "/check-email", { cookie: requestCookie(c.http, asked.request) });
    case "invalid-email":
      return showPage(c, ASK_PAGES[purpose], { email, problem: "invalid-email", signedInAs: null }, { status: 422 });
    case "malformed":
      return showPage(c, "problem", { status: 400, id: null }, { status: 400 });
    case "too-many":
      return tooMany(c, asked, "asking");
  }
}

/** Answers the opening of a link: the form, with the token hidden in it, or why there is none. */
export async function respondToPreview(
  c: RequestContext,
  look: PreviewResult,
  { purpose, token }: { purpose: PasswordPurpose; token: string },
): Promise<Response> {
  if (look.kind === "dead") return showDeadLink(c, purpose, look.link);
  const { email } = look;
  const { passwordMinLength: minLength } = c.http.core.rules;
  const view = { token, email, minLength, problem: null };
  return showPage(c, FORM_PAGES[purpose], { ...view, ...(await otherAccount(c, email)) });
}

/** Answers the submitting of that form. */
export async function respondToCompletion(
  c: RequestContext,
  finished: CompletionResult,
  submitted: { purpose: PasswordPurpose; token: string; password: string },
): Promise<Response> {
  const { http } = c;
  const { passwordMinLength: minLength } = http.core.rules;
  const { purpose, token, password } = submitted;
  // After a reset nobody knows yet whose computer this is, so the session ends with the browser.
  const lasting = purpose === "sign-up";
  switch (finished.kind) {
    case "done":
      return redirectTo(c, "/users/me", { cookie: sessionCookie(http, finished.session, { lasting }) });
    case "refused-password": {
      const { email, problem } = finished;
      const view = { token, email, minLength, problem };
      return showPage(c, FORM_PAGES[purpose], { ...view, ...(await otherAccount(c, email)) }, { status: 422 });
    }
    case "session-refused":
    case "go-to":
      return sessionRefused(c, finished, { behindLink: true });
    case "dead": {
      const { link } = finished;
      const second = () => secondSubmit(http.core, { link, method: purpose, password }, c.client);
      return respondToDeadSubmission(c, { purpose, link, lasting }, second);
    }
  }
}

/** Answers the submitting of a dead link: perhaps it is the second half of a double click, and then it was done. */
export async function respondToDeadSubmission(
  c: RequestContext,
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
export async function showDeadLink(c: RequestContext, purpose: Purpose, link: DeadLink): Promise<Response> {
  const { core } = c.http;
  const signedIn = (await currentSession(core, c.client.session)) !== null;
  const asked = await pendingRequest(core, c.client);
  const email = asked?.purpose === purpose ? asked.email : null;
  return showPage(c, "deadLink", { purpose, link, signedIn, email }, { status: 410 });
}

/** The address of somebody else who is signed in in this browser, and whose session using the link would end; or null. */
export async function otherAccount(c: RequestContext, email: string): Promise<{ signedInAs: string | null }> {
  const person = await currentSession(c.http.core, c.client.session);
  return { signedInAs: person && person.account.email !== email ? person.account.email : null };
}

/** Only a browser that goes from page to page can click twice; a program that sends fifty gets one yes and forty-nine no. */
function isNavigation(c: RequestContext): boolean {
  return c.request.headers.get("sec-fetch-mode") === "navigate";
}
