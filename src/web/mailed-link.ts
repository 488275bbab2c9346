import type { Asked } from "../flows/asking.ts";
import type { DeadLink, Finished, Look, Purpose } from "../flows/mailed-link.ts";
import { secondSubmit } from "../flows/second-submit.ts";
import { whoIs } from "../flows/sessions.ts";
import { goTo, showPage, tooMany } from "./answers.ts";
import { sessionCookie } from "./cookies.ts";
import type { Visit } from "./route.ts";

/** The page that asks for a mail, and the form with the new password behind its link. */
const PAGES = {
  "password-reset": { ask: "forgotPassword", form: "resetPassword" },
  "sign-up": { ask: "signUp", form: "choosePassword" },
} as const;

/** Answers a form that asks for a mail: the same for every address. An address with a slip gets the form again. */
export function answerAsked(
  visit: Visit,
  asked: Asked,
  { purpose, email }: { purpose: Purpose; email: string },
): Promise<Response> | Response {
  switch (asked.kind) {
    case "queued":
      return goTo(visit, "/check-email");
    case "mistake":
      return showPage(visit, PAGES[purpose].ask, { email, problem: "mistake" }, { status: 422 });
    case "forged":
      return showPage(visit, "problem", { status: 400, id: null }, { status: 400 });
    case "too-many":
      return tooMany(visit, asked.retryAfterMs);
  }
}

/** Answers the opening of a link: the form, with the token hidden in it, or why there is none. */
export function answerLook(
  visit: Visit,
  look: Look,
  { purpose, token }: { purpose: Purpose; token: string },
): Promise<Response> {
  const { passwordMinLength: minLength } = visit.site.core.rules;
  if (look.kind === "live")
    return showPage(visit, PAGES[purpose].form, { token, email: look.email, minLength, problem: null });
  return showDeadLink(visit, purpose, look.link);
}

/** Answers the submitting of that form. */
export async function answerFinished(
  visit: Visit,
  finished: Finished,
  submitted: { purpose: Purpose; token: string; password: string },
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
      return showPage(visit, PAGES[purpose].form, { token, email, minLength, problem }, { status: 422 });
    }
    case "dead": {
      const { link } = finished;
      const second = isNavigation(visit)
        ? await secondSubmit(site.core, { link, road: purpose, password }, visit.visitor)
        : null;
      if (second === null) return showDeadLink(visit, purpose, link);

      const cookie = second === "signed-in" ? {} : { cookie: sessionCookie(site, second.session, { lasting }) };
      return showPage(visit, "alreadyDone", { purpose }, { status: 410, ...cookie });
    }
  }
}

/** Says why a link is dead, and names nobody. 410: it is not coming back (RFC 9110 §15.5.11). */
async function showDeadLink(visit: Visit, purpose: Purpose, link: DeadLink): Promise<Response> {
  const signedIn = (await whoIs(visit.site.core, visit.visitor.session)) !== null;
  return showPage(visit, "deadLink", { purpose, link, signedIn }, { status: 410 });
}

/** Only a browser that goes from page to page can click twice; a program that sends fifty gets one yes and forty-nine no. */
function isNavigation(visit: Visit): boolean {
  return visit.request.headers.get("sec-fetch-mode") === "navigate";
}
