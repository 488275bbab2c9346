import { html } from "hono/html";
import { currentPasswordField, emailError, emailField, errorSummary, type FieldError } from "../../http/components.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

const REFUSED: FieldError = {
  field: "password",
  sentence: "That address and password do not match an account. Try again, or reset your password below.",
};

/** The password form. `next` is a checked path of this origin; `signedInAs` is the address of the current session. */
export function signIn(
  page: PageContext,
  view: {
    email: string;
    next: string;
    problem: "invalid-email" | "refused" | null;
    signedInAs: string | null;
    signInLinks: boolean;
  },
): Page {
  const mistake = view.problem && (view.problem === "refused" ? REFUSED : emailError(view.email));
  const home = pathTo(page, "/users/me");
  const body = html`${errorSummary(mistake)}
${view.signedInAs ? html`<div class="done"><p>You are signed in as ${displayEmail(maskEmail(view.signedInAs))}. <a href="${home}">Go to your account</a>, or sign in as someone else.</p></div>` : ""}
<form method="post" action="${pathTo(page, "/sign-in")}" novalidate>
${view.next === home ? "" : html`<input type="hidden" name="next" value="${view.next}">`}
${emailField(view.email, mistake)}
${currentPasswordField("password", "Password", mistake)}
<button class="wide-button">Sign in</button>
</form>
${view.signInLinks ? html`<p class="or"><a class="button second wide-button" href="${pathTo(page, "/sign-in-link")}">Mail me a sign-in link instead</a></p>` : ""}
<div class="links">
<p><a href="${pathTo(page, "/forgot-password")}">Forgot your password?</a></p>
<p>New here? <a href="${pathTo(page, "/sign-up")}">Create an account</a></p>
</div>`;
  return { title: "Sign in", body };
}

export const signInPages = { signIn };
