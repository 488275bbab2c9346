import { goTo, notLetIn, showPage, tooMany } from "../http/answers.ts";
import { requestCookie, sessionCookie } from "../http/cookies.ts";
import type { Visit } from "../http/route.ts";
import { whoIs } from "../sessions/list.ts";
import type { DeadLink, Finished, Look, Purpose } from "./preview.ts";
import type { Asked, AskPurpose } from "./request.ts";
import { secondSubmit } from "./second-submit.ts";
import { waitingFor } from "./waiting.ts";

/** The purposes whose link leads to a form with a new password. */
type PasswordPurpose = "password-reset" | "sign-up";

/** The pages that ask for a mail. */
const ASK_PAGES = { "password-reset": "forgotPassword", "sign-up": "signUp", "sign-in-link": "signInLink" } as const;

/** The forms with the new password. */
const FORM_PAGES = { "password-reset": "resetPassword", "sign-up": "choosePassword" } as const;

/** Answers a form that asks for a mail: the same for every address. An address with a slip gets the form again. */
export function answerAsked(
  visit: Visit,
  asked: Asked,
  { purpose, email }: { purpose: AskPurpose; email: string },
): Promise<Response> | Response {
  switch (asked.kind) {
    case "queued":
      return goTo(visit, "/check-email", { cookie: requestCookie(visit.site, asked.request) });
    case "mistake":
      return showPage(visit, ASK_PAGES[purpose], { email, problem: "mistake", signedInAs: null }, { status: 422 });
    case "forged":
      return showPage(visit, "problem", { status: 400, id: null }, { status: 400 });
    case "too-many":
      return tooMany(visit, asked, "asking");
  }
}

/** Answers the opening of a link: the form, with the token hidden in it, or why there is none. */
export async function answerLook(
  visit: Visit,
  look: Look,
  { purpose, token }: { purpose: PasswordPurpose; token: string },
): Promise<Response> {
  if (look.kind === "dead") return showDeadLink(visit, purpose, look.link);
  const { email } = look;
  const { passwordMinLength: minLength } = visit.site.core.rules;
  const view = { token, email, minLength, problem: null };
  return showPage(visit, FORM_PAGES[purpose], { ...view, ...(await somebodyElse(visit, email)) });
}

/** Answers the submitting of that form. */
export async function answerFinished(
  visit: Visit,
  finished: Finished,
  submitted: { purpose: PasswordPurpose; token: string; password: string },
): Promise<Response> {
  const { site } = visit;
  const { passwordMinLength: minLength } = site.core.rules;
  const { purpose, token, password } = submitted;
  // After a reset nobody knows yet whose computer this is, so the session ends with the browser.
  const lasting = purpose === "sign-up";
  switch (finished.kind) {
    case "done":
      return goTo(visit, "/users/me", { cookie: sessionCookie(site, finished.session, { lasting }) });
    case "refused-password": {
      const { email, problem } = finished;
      const view = { token, email, minLength, problem };
      return showPage(visit, FORM_PAGES[purpose], { ...view, ...(await somebodyElse(visit, email)) }, { status: 422 });
    }
    case "not-let-in":
    case "sent-elsewhere":
      return notLetIn(visit, finished, { behindLink: true });
    case "dead": {
      const { link } = finished;
      const second = () => secondSubmit(site.core, { link, road: purpose, password }, visit.visitor);
      return answerDeadSubmit(visit, { purpose, link, lasting }, second);
    }
  }
}

/** Answers the submitting of a dead link: perhaps it is the second half of a double click, and then it was done. */
export async function answerDeadSubmit(
  visit: Visit,
  { purpose, link, lasting }: { purpose: AskPurpose; link: DeadLink; lasting: boolean },
  lookForSecond: () => ReturnType<typeof secondSubmit>,
): Promise<Response> {
  const second = isNavigation(visit) ? await lookForSecond() : null;
  if (second === null) return showDeadLink(visit, purpose, link);
  const cookie = second === "signed-in" ? {} : { cookie: sessionCookie(visit.site, second.session, { lasting }) };
  return showPage(visit, "alreadyDone", { purpose }, { status: 410, ...cookie });
}

/**
 * Says why a link is dead, and names nobody: the address for a new mail is filled in only where this browser itself asked
 * with it. 410: it is not coming back (RFC 9110 §15.5.11).
 */
export async function showDeadLink(visit: Visit, purpose: Purpose, link: DeadLink): Promise<Response> {
  const { core } = visit.site;
  const signedIn = (await whoIs(core, visit.visitor.session)) !== null;
  const asked = await waitingFor(core, visit.visitor);
  const email = asked?.purpose === purpose ? asked.email : null;
  return showPage(visit, "deadLink", { purpose, link, signedIn, email }, { status: 410 });
}

/** The address of somebody else who is signed in in this browser, and whose session using the link would end; or null. */
export async function somebodyElse(visit: Visit, email: string): Promise<{ signedInAs: string | null }> {
  const person = await whoIs(visit.site.core, visit.visitor.session);
  return { signedInAs: person && person.account.email !== email ? person.account.email : null };
}

/** Only a browser that goes from page to page can click twice; a program that sends fifty gets one yes and forty-nine no. */
function isNavigation(visit: Visit): boolean {
  return visit.request.headers.get("sec-fetch-mode") === "navigate";
}
