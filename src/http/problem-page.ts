import { html } from "hono/html";
import { outcomes as en } from "../i18n/en-outcomes.ts";
import type { Page } from "./layout.ts";
import { type PageContext, pathTo, pathWithNext } from "./page-context.ts";

const WORDS: Record<number, { title: string; sentence: string }> = {
  400: {
    title: "That did not arrive as it should",
    sentence: "The form came in a shape that no browser sends. Please go back and try again.",
  },
  403: {
    title: "Sent from another site",
    sentence: "For your safety, forms are taken from our own pages only. Please open the page here and try again.",
  },
  404: { title: "There is no page here", sentence: "The address may be mistyped, or the page has moved." },
  405: {
    title: "Not this way",
    sentence: "This address cannot be used like that. Please start from one of our pages.",
  },
  413: {
    title: "That was too much",
    sentence: "What was sent is larger than any of our forms. Please go back and try again.",
  },
  503: {
    title: "One moment, please",
    sentence: "We cannot answer just now. Nothing was changed. Please try again in a few seconds.",
  },
};
const OTHER = { title: "Something went wrong with us", sentence: "Nothing was changed. Please try again in a moment." };

/** An error page. It shows the id under which the log holds the cause, and nothing else about it. */
export function problem(
  page: PageContext,
  view: {
    status: number;
    id: string | null;
    /** The page to open instead, if the site was opened under a name that is not the one in `BASE_URL`. */
    openAt?: string | null;
  },
): Page {
  if (view.openAt) return otherName(view.openAt);
  const { title, sentence } = WORDS[view.status] ?? OTHER;
  const body = html`<p>${sentence}</p>
${view.id ? html`<p class="quiet">If you write to us, please mention ${view.id}.</p>` : ""}
<div class="links"><p><a href="${pathTo(page, "/sign-in")}">Sign in</a></p><p><a href="${pathTo(page, "/forgot-password")}">Forgot your password?</a></p></div>`;
  return { title, body };
}

/** Links to the address in `BASE_URL`. A redirect would loop behind a proxy that sends a `Host` of its own. */
function otherName(address: string): Page {
  const body = html`<p>You opened this site at another address, where its forms don’t work. Open it at its own address and try again.</p>
<p><a class="button wide-button" href="${address}">Open ${address}</a></p>`;
  return { title: en.problem.otherNameTitle, body };
}

/** A page that is useful while an attempt is rate limited. */
export type NextStep = "sign-in" | "password-reset" | "sign-in-link" | "check-email" | "account";

const STEPS: Record<NextStep, { path: string; label: string }> = {
  "sign-in": { path: "/sign-in", label: "Sign in" },
  "password-reset": { path: "/forgot-password", label: "Set a new password by mail" },
  "sign-in-link": { path: "/sign-in-link", label: "Mail me a sign-in link" },
  "check-email": { path: "/check-email", label: "Type the code of a mail that came" },
  account: { path: "/users/me", label: "Go to your account" },
};

/** Rate limited: when the next attempt is allowed, or that only a reset helps, and what can be done meanwhile. */
export function tooMany(
  page: PageContext,
  view: { seconds: number; resetRequired: boolean; waysOn: readonly NextStep[]; next: string | null },
): Page {
  const ways = view.waysOn.map((way) => {
    const { path, label } = STEPS[way];
    return html`<p><a href="${pathWithNext(page, path, view.next)}">${label}</a></p>`;
  });
  // The reader may be the owner of an account that an attacker guesses at: the text does not blame.
  const sentence = view.resetRequired
    ? "There were too many wrong passwords in a row for this address, perhaps not by you. For your safety, no password is taken for it any more. Set a new one, and you can sign in again."
    : `There were too many tries, perhaps not by you. For your safety, please wait ${inWords(view.seconds)} and try again.`;
  const body = html`<p>${sentence}</p>
<div class="links">${ways}</div>`;
  return { title: view.resetRequired ? "Please set a new password" : "Please wait a little", body };
}

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds <= 10) return "a few seconds";
  if (minutes === 1) return "a minute";
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** The host app refused a session by this method. Nothing was consumed or changed. */
export function sessionRefused(page: PageContext, view: { behindLink: boolean }): Page {
  const body = html`<p>Your account cannot be signed in to this way. Nothing was changed${view.behindLink ? ", and your link still works" : ""}.</p>
<p>Try another way to sign in, or contact the ${page.productName} team.</p>
<div class="links"><p><a href="${pathTo(page, "/sign-in")}">Sign in</a></p></div>`;
  return { title: "Not this way", body };
}

/** The pages that answers of `http` itself show. */
export const httpPages = { problem, sessionRefused, tooMany };

export type HttpPages = typeof httpPages;
