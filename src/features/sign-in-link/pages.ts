import { html } from "hono/html";
import {
  codeError,
  codeField,
  emailError,
  emailField,
  errorSummary,
  nextField,
  otherAccountWarning,
  timeZoneField,
} from "../../http/fields.ts";
import type { Page } from "../../http/layout.ts";
import { emblem, foot, lead, notice, submit } from "../../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { link, linkTo } from "../../i18n/rich.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** The form that requests a sign-in link. */
export function signInLink(
  page: PageContext,
  view: { email: string; problem: "invalid-email" | null; signedInAs: string | null; next: string | null },
): Page {
  const { words, productName: product } = page;
  const { email, signedInAs, next } = view;
  const error = view.problem && emailError(words, email);
  const already = signedInAs !== null && {
    email: displayEmail(maskEmail(signedInAs)),
    account: linkTo(pathTo(page, "/users/me")),
  };
  const body = html`${lead(words.link.intro)}
<form method="post" action="${pathTo(page, "/sign-in-link")}" novalidate>
${nextField(next)}${timeZoneField}${emailField(page, { value: email, error })}
${submit(words.link.button, { busy: words.busy.send })}
</form>
${foot(
  link({ label: words.link.password, href: pathWithNext(page, "/sign-in", next) }),
  words.signIn.new({ product, signUp: linkTo(pathWithNext(page, "/sign-up", next)) }),
)}`;
  return {
    title: words.link.title,
    body,
    above: html`${errorSummary(page, error)}${already ? notice("info", words.signIn.already(already)) : ""}${emblem("email")}`,
    hasError: error !== null,
  };
}

/** What the page behind a sign-in link shows. */
export interface ConfirmSignInView {
  token: string;
  email: string;
  /** True in any browser except the one that requested the link. */
  needsCode: boolean;
  problem: { kind: "invalid-code" } | { kind: "wrong-code"; attemptsLeft: number } | null;
  /** The address of another account that is signed in in this browser. */
  signedInAs: string | null;
}

/** Behind the link: one button and, in another browser, the code of the same email. GET changes nothing. */
export function confirmSignIn(page: PageContext, view: ConfirmSignInView): Page {
  const { words, productName: product } = page;
  const { needsCode } = view;
  const error = codeError(words, view.problem);
  const email = displayEmail(maskEmail(view.email));
  const body = html`${lead(needsCode ? words.confirm.code : words.confirm.tap({ email }))}
${otherAccountWarning(page, view.signedInAs, view.email)}<form method="post" action="${pathTo(page, "/sign-in-link/confirm")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${timeZoneField}${needsCode ? codeField(page, error) : ""}
${submit(words.confirm.button({ email }), { busy: words.busy.signIn })}
</form>
${foot(needsCode ? words.confirm.noCode({ link: linkTo(pathTo(page, "/sign-in-link")) }) : "", words.confirm.notYou)}`;
  return {
    title: words.confirm.title({ product }),
    documentTitle: words.signIn.shortTitle,
    body,
    above: html`${errorSummary(page, error)}${needsCode ? "" : emblem("shield")}`,
    hasError: error !== null,
  };
}

export const signInLinkPages = { confirmSignIn, signInLink };
