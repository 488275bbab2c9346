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
  visit: RequestContext,
  asked: RequestResult,
  { purpose, email }: { purpose: RequestPurpose; email: string },
): Promise<Response> | Response {
  switch (asked.kind) {
    case "queued":
      return redirectTo(visit, "/check-email", { cookie: requestCookie(visit.http, asked.request) });
    case "mistake":
      return showPage(visit, ASK_PAGES[purpose], { email, problem: "mistake", signedInAs: null }, { status: 422 });
    case "forged":
      return showPage(visit, "problem", { status: 400, id: null }, { status: 400 });
    case "too-many":
      return tooMany(visit, asked, "asking");
  }
}

/** Answers the opening of a link: the form, with the token hidden in it, or why there is none. */
export async function respondToPreview(
  visit: RequestContext,
  look: PreviewResult,
  { purpose, token }: { purpose: PasswordPurpose; token: string },
): Promise<Response> {
  if (look.kind === "dead") return showDeadLink(visit, purpose, look.link);
  const { email } = look;
  const { passwordMinLength: minLength } = visit.http.core.rules;
  const view = { token, email, minLength, problem: null };
  return showPage(visit, FORM_PAGES[purpose], { ...view, ...(await otherAccount(visit, email)) });
}

/** Answers the submitting of that form. */
export async function respondToCompletion(
  visit: RequestContext,
  finished: CompletionResult,
  submitted: { purpose: PasswordPurpose; token: string; password: string },
): Promise<Response> {
  const { http: site } = visit;
  const { passwordMinLength: minLength } = site.core.rules;
  const { purpose, token, password } = submitted;
  // After a reset nobody knows yet whose computer this is, so the session ends with the browser.
  const lasting = purpose === "sign-up";
  switch (finished.kind) {
    case "done":
      return redirectTo(visit, "/users/me", { cookie: sessionCookie(site, finished.session, { lasting }) });
    case "refused-password": {
      const { email, problem } = finished;
      const view = { token, email, minLength, problem };
      return showPage(visit, FORM_PAGES[purpose], { ...view, ...(await otherAccount(visit, email)) }, { status: 422 });
    }
    case "not-let-in":
    case "sent-elsewhere":
      return sessionRefused(visit, finished, { behindLink: true });
    case "dead": {
      const { link } = finished;
      const second = () => secondSubmit(site.core, { link, road: purpose, password }, visit.client);
      return respondToDeadSubmission(visit, { purpose, link, lasting }, second);
    }
  }
}

/** Answers the submitting of a dead link: perhaps it is the second half of a double click, and then it was done. */
export async function respondToDeadSubmission(
  visit: RequestContext,
  { purpose, link, lasting }: { purpose: RequestPurpose; link: DeadLink; lasting: boolean },
  lookForSecond: () => ReturnType<typeof secondSubmit>,
): Promise<Response> {
  const second = isNavigation(visit) ? await lookForSecond() : null;
  if (second === null) return showDeadLink(visit, purpose, link);
  const cookie = second === "signed-in" ? {} : { cookie: sessionCookie(visit.http, second.session, { lasting }) };
  return showPage(visit, "alreadyDone", { purpose }, { status: 410, ...cookie });
}

/**
 * Says why a link is dead, and names nobody: the address for a new mail is filled in only where this browser itself asked
 * with it. 410: it is not coming back (RFC 9110 §15.5.11).
 */
export async function showDeadLink(visit: RequestContext, purpose: Purpose, link: DeadLink): Promise<Response> {
  const { core } = visit.http;
  const signedIn = (await currentSession(core, visit.client.session)) !== null;
  const asked = await pendingRequest(core, visit.client);
  const email = asked?.purpose === purpose ? asked.email : null;
  return showPage(visit, "deadLink", { purpose, link, signedIn, email }, { status: 410 });
}

/** The address of somebody else who is signed in in this browser, and whose session using the link would end; or null. */
export async function otherAccount(visit: RequestContext, email: string): Promise<{ signedInAs: string | null }> {
  const person = await currentSession(visit.http.core, visit.client.session);
  return { signedInAs: person && person.account.email !== email ? person.account.email : null };
}

/** Only a browser that goes from page to page can click twice; a program that sends fifty gets one yes and forty-nine no. */
function isNavigation(visit: RequestContext): boolean {
  return visit.request.headers.get("sec-fetch-mode") === "navigate";
}
