import { html } from "hono/html";
import { type EndReason, PURPOSES, type Purpose, type RequestPurpose } from "../core/purposes.ts";
import { continueLink, currentPasswordField, emailField, nextField, requestAgainForm } from "../http/components.ts";
import type { Html } from "../http/html.ts";
import type { Page } from "../http/layout.ts";
import { type PageContext, pathTo, pathWithNext } from "../http/page-context.ts";
import { outcomes as en } from "../i18n/en-outcomes.ts";
import type { DeadLink } from "./preview.ts";

/** What the page of a dead link shows. */
export interface DeadLinkView {
  purpose: Purpose;
  link: DeadLink;
  signedIn: boolean;
  /** The address with which this browser requested the email; null in every other browser. */
  email: string | null;
  /** The path that this browser was going to. */
  next: string | null;
}

/** Why a link does not work, as far as known, and what to do next. It shows no address of an account. */
export function deadLink(page: PageContext, view: DeadLinkView): Page {
  const again = PURPOSES[view.purpose].requestAgain;
  const isUsed = view.link.kind === "ended" && view.link.reason === "used";
  // A used link has usually done its work, so the page offers sign-in. After "This wasn't me" no password works.
  const wasUsed = isUsed && !PURPOSES[view.purpose].isNotice;
  const { title, sentences } = reason(view.purpose, view.link);
  const label = again === "password-reset" && view.purpose !== again ? "Set a new password" : "Send me a new link";
  const body = html`${[...sentences, ...otherHelp(view.purpose, isUsed)].map((sentence) => html`<p>${sentence}</p>`)}
${wasUsed && !view.signedIn && again !== null ? html`<p><a class="button wide-button" href="${pathWithNext(page, "/sign-in", view.next)}">Sign in</a></p>` : ""}
${
  again === null
    ? html`<p><a class="button wide-button" href="${pathTo(page, "/users/me")}">Go to your account</a></p>`
    : view.email === null
      ? html`<p><a class="button wide-button${wasUsed ? " second" : ""}" href="${pathTo(page, PURPOSES[again].requestPath)}">${label}</a></p>`
      : requestAgainForm(page, { purpose: again, email: view.email, next: view.next }, wasUsed)
}
${footer(page, { ...view, isUsed })}`;
  return { title, body };
}

/** Help for a user who wanted to press "This wasn't me". */
function otherHelp(purpose: Purpose, isUsed: boolean): string[] {
  if (purpose === "email-change-undo") return [HELP];
  if (purpose !== "security-alert" || isUsed) return [];
  return ["If someone else is in your account, set a new password: that signs out every other browser."];
}

function footer(
  page: PageContext,
  { signedIn, isUsed, next }: { signedIn: boolean; isUsed: boolean; next: string | null },
): Html | "" {
  if (signedIn) {
    const onward =
      next === null ? html`<a href="${pathTo(page, "/users/me")}">Go to your account</a>` : continueLink(next);
    return html`<div class="links"><p>You are signed in. ${onward}</p></div>`;
  }
  if (isUsed) return "";
  return html`<div class="links"><p>Have your password? <a href="${pathWithNext(page, "/sign-in", next)}">Sign in</a></p></div>`;
}

/** What the first submission of a link did that set a password. */
const JUST_DONE = {
  "password-reset": { title: "Your password was changed", did: "Your password was changed a moment ago." },
  "sign-up": { title: "Your account was created", did: "Your account was created a moment ago." },
};

/** What the page after a second submission shows. */
export interface JustUsedView {
  purpose: RequestPurpose;
  signedIn: boolean;
  /** The address with which this browser requested the email; null in any other browser. */
  email: string | null;
  /** The path that this browser was going to. */
  next: string | null;
}

/** After a form was submitted twice, without the script that prevents it. The first submission did what the link is for. */
export function justUsed(page: PageContext, view: JustUsedView): Page {
  if (view.purpose === "sign-in-link") {
    const body = html`<p>A sign-in link works once. If you are not signed in here, use a new link.</p>
${newLinkButton(page, { ...view, purpose: view.purpose })}
${footer(page, { ...view, isUsed: true })}`;
    return { title: "This link was just used", body };
  }
  const { title, did } = JUST_DONE[view.purpose];
  const body = html`<p>${did} Sign in with your new password.</p>
<form method="post" action="${pathTo(page, "/sign-in")}" novalidate>
${nextField(view.next)}${emailField(view.email ?? "", null)}
${currentPasswordField("password", "Password", null)}
<button class="wide-button">Sign in</button>
</form>
${footer(page, { ...view, isUsed: true })}`;
  return { title, body };
}

/** One button that requests a new link: with the address that this browser requested it with, or on the page for it. */
function newLinkButton(
  page: PageContext,
  { purpose, email, next }: { purpose: RequestPurpose; email: string | null; next: string | null },
): Html {
  if (email !== null) return requestAgainForm(page, { purpose, email, next });
  return html`<p><a class="button wide-button" href="${pathTo(page, PURPOSES[purpose].requestPath)}">Send me a new link</a></p>`;
}

function reason(purpose: Purpose, link: DeadLink): { title: string; sentences: string[] } {
  switch (link.kind) {
    case "expired":
      if (link.invitation) {
        return {
          title: en.dead.invitationTitle,
          sentences: [`It worked until ${moment(link.at)}. We can send you a new link to choose your password.`],
        };
      }
      return {
        title: "This link has expired",
        sentences: [
          `It worked until ${moment(link.at)}.${PURPOSES[purpose].isNotice ? "" : " Ask for a new one, and use it soon after it arrives."}`,
        ],
      };
    case "ended":
      return endReason(purpose, link.reason, moment(link.at));
    case "unknown":
      return {
        title: "This link does not work",
        sentences: [
          "Perhaps it was not copied whole: open it from the mail again, or copy all of it into the address bar.",
          `It may also be from long ago.${PURPOSES[purpose].isNotice ? "" : " A new one takes a minute."}`,
        ],
      };
    case "taken":
      return {
        title: "This address has an account",
        sentences: [
          "It got one after the change was asked for, so it cannot be the address of another. Nothing was changed.",
          "Sign in with it, or give that account another address first.",
        ],
      };
    case "code-unavailable":
      return {
        title: "This link needs its browser",
        sentences: [
          "It works in the browser in which you asked for it. In any other it needs the code from the same mail, whose time or tries are over.",
          "Open it there, or ask for a new one here.",
        ],
      };
  }
}

function endReason(purpose: Purpose, why: EndReason, at: string): { title: string; sentences: string[] } {
  switch (why) {
    case "used":
      return { title: "This link has been used", sentences: usedFor(purpose, at) };
    case "replaced":
      if (purpose === "email-change-undo") {
        return {
          title: "This link has been replaced",
          sentences: [`An earlier change of address was undone on ${at}, and this link ended with it.`],
        };
      }
      return {
        title: "This link has been replaced",
        sentences: [`Another link or code from one of our mails was used on ${at}, and this one ended with it.`],
      };
    case "password-changed":
      return {
        title: "This link has been replaced",
        sentences: [`The password was changed on ${at}, and every link from before ended with it.`],
      };
    case "account-created":
      return {
        title: "This address has an account",
        sentences: [
          "It got one after this link was sent. Sign in with it, or set a new password if you do not know the one it has.",
        ],
      };
    case "withdrawn":
      return {
        title: "This link has been withdrawn",
        sentences: [
          `For safety, links from before ${at} were ended.${PURPOSES[purpose].isNotice ? "" : " Ask for a new one; it takes a minute."}`,
        ],
      };
    case "security-alert":
      return {
        title: "This link has been ended",
        sentences: [
          `Someone told us on ${at} that the account was used by another person. All earlier links ended then.`,
        ],
      };
    case "email-changed":
      return {
        title: "This link has been ended",
        sentences: [
          purpose === "email-change"
            ? `The address of the account was changed on ${at}, and every link from before ended with that.`
            : "The account has another address by now, and links to the old one ended with that.",
        ],
      };
  }
}

const HELP = "If an account of yours has an address that is not yours, contact the team that runs this service.";

function usedFor(purpose: Purpose, at: string): string[] {
  switch (purpose) {
    case "sign-up":
      return [`An account was created with it on ${at}. Sign in with the password chosen then.`];
    case "password-reset":
      return [
        `A new password was set with it on ${at}.`,
        "If that was you, sign in with the new password. If it was not, set another password now with a new link.",
      ];
    case "sign-in-link":
      return [
        `Someone signed in with it on ${at}.`,
        "If that was you, there is nothing to do; a new link takes a minute. If it was not, press “This wasn’t me” in the mail that told you of it.",
      ];
    case "email-change":
      return [`The address of the account was changed with it on ${at}. Sign in with the new address.`];
    case "email-change-undo":
      return [
        `With it the account was taken back on ${at}, and a mail with a link to set a new password was sent. Look for that mail.`,
      ];
    case "security-alert":
      return [
        `With it all browsers were signed out on ${at}, and a mail with a link to set a new password was sent. Look for that mail.`,
      ];
  }
}

function moment(at: number): string {
  const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(at)} UTC`;
}

export const linkPages = { deadLink, justUsed };
