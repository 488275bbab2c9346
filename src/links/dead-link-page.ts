import { html } from "hono/html";
import { supportHref } from "../brand/brand.ts";
import { type EndReason, PURPOSES, type Purpose, type RequestPurpose } from "../core/purposes.ts";
import { currentPasswordField, emailField, nextField, requestAgainForm } from "../http/fields.ts";
import type { Html } from "../http/html.ts";
import type { Page } from "../http/layout.ts";
import { buttonLink, continueLink, emblem, foot, lead, type Sentence, submit } from "../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../http/page-context.ts";
import { linkTo } from "../i18n/rich.ts";
import { when as whenIn } from "../i18n/when.ts";
import { displayEmail } from "../lib/email-address.ts";
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
  const { dead } = page.words;
  const { purpose, link, signedIn, next } = view;
  const hasEnded = (reason: EndReason) => link.kind === "ended" && link.reason === reason;
  const isUsed = hasEnded("used");
  // The address of the link has an account with a password. After "This wasn't me" no password works.
  const isDone = (isUsed && !PURPOSES[purpose].isNotice) || hasEnded("account-created");
  const again = purpose === "sign-up" && isDone ? "password-reset" : PURPOSES[purpose].requestAgain;
  const { title, sentences } = reason(page, view);
  const [first = "", ...others] = [...sentences, ...otherHelp(page, purpose, isUsed)];
  const offersSignIn = isDone && !signedIn && again !== null;
  const button = {
    label: again === purpose && !(isUsed && again === "password-reset") ? dead.newLink : dead.resetPassword,
    kind: isDone ? "second" : "primary",
  } as const;
  const body = html`${lead(first)}
${others.map((sentence) => html`<p>${sentence}</p>`)}
${offersSignIn ? html`<p>${buttonLink(pathWithNext(page, "/sign-in", next), dead.signIn)}</p>` : ""}
${again === null ? buttonLink(pathTo(page, "/users/me"), dead.toAccount) : newLinkButton(page, { ...view, purpose: again }, button)}
${footer(page, { signedIn, showsSignIn: !isDone && !isUsed, next })}`;
  return { title, body, above: emblem("clock", "warn") };
}

/** Help for a user who wanted to press "This wasn't me". */
function otherHelp(page: PageContext, purpose: Purpose, isUsed: boolean): Sentence[] {
  const { dead } = page.words;
  if (purpose === "email-change-undo") {
    return [dead.helpUndo({ product: page.productName, support: linkTo(supportHref(page.brand)) })];
  }
  return purpose === "security-alert" && !isUsed ? [dead.helpObjection] : [];
}

/** `showsSignIn`: false where the page itself leads to the sign-in form, and where no password works. */
function footer(
  page: PageContext,
  { signedIn, showsSignIn, next }: { signedIn: boolean; showsSignIn: boolean; next: string | null },
): Html | "" {
  const { dead } = page.words;
  if (signedIn && next !== null) return foot(continueLink(page, next));
  if (signedIn) return foot(dead.signedIn({ account: linkTo(pathTo(page, "/users/me")) }));
  if (!showsSignIn) return "";
  return foot(dead.knowPassword({ signIn: linkTo(pathWithNext(page, "/sign-in", next)) }));
}

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
  const { words } = page;
  const footing = footer(page, { ...view, showsSignIn: false });
  if (view.purpose === "sign-in-link") {
    const body = html`${lead(words.justUsed.signIn)}
${newLinkButton(page, view, { label: words.dead.newLink, kind: "primary" })}
${footing}`;
    return { title: words.justUsed.signInTitle, body, above: emblem("clock", "warn") };
  }
  const { title, did } = {
    "password-reset": { title: words.justUsed.resetTitle, did: words.justUsed.reset },
    "sign-up": { title: words.justUsed.signUpTitle, did: words.justUsed.signUp },
  }[view.purpose];
  const body = html`${lead(did)}
<form method="post" action="${pathTo(page, "/sign-in")}" novalidate>
${nextField(view.next)}${emailField(page, { value: view.email ?? "", error: null })}
${currentPasswordField({ name: "password", label: words.password.label, error: null })}
${submit(words.signIn.button, { busy: words.busy.signIn })}
</form>
${footing}`;
  return { title, body };
}

/** One button that requests a new link: with the address that this browser requested it with, or on the page for it. */
function newLinkButton(
  page: PageContext,
  { purpose, email, next }: { purpose: RequestPurpose; email: string | null; next: string | null },
  button: { label: string; kind: "primary" | "second" },
): Html {
  if (email !== null) return requestAgainForm(page, { purpose, email, next }, button);
  return buttonLink(pathTo(page, PURPOSES[purpose].requestPath), button.label, button);
}

interface Reason {
  title: string;
  sentences: Sentence[];
}

function reason(page: PageContext, { purpose, link, email }: DeadLinkView): Reason {
  const { dead } = page.words;
  const canSendNew = !PURPOSES[purpose].isNotice && PURPOSES[purpose].requestAgain !== null;
  switch (link.kind) {
    case "expired": {
      const when = moment(page, link.at);
      if (link.invitation) return { title: dead.invitationTitle, sentences: [dead.invitation({ when })] };
      const sentence = !canSendNew
        ? dead.expired({ when })
        : email === null
          ? dead.expiredNew({ when })
          : dead.expiredNewTo({ when, email: displayEmail(email) });
      return { title: dead.expiredTitle, sentences: [sentence] };
    }
    case "ended":
      return endReason(page, { purpose, why: link.reason, at: link.at, canSendNew });
    case "unknown":
      return {
        title: dead.unknownTitle,
        sentences: [dead.unknown, canSendNew ? dead.unknownOldNew : dead.unknownOld],
      };
    case "taken":
      return { title: dead.takenTitle, sentences: [dead.taken, dead.takenNext] };
    case "code-unavailable":
      return { title: dead.codeOverTitle, sentences: [dead.codeOver, dead.codeOverNext] };
  }
}

function endReason(
  page: PageContext,
  { purpose, why, at, canSendNew }: { purpose: Purpose; why: EndReason; at: number; canSendNew: boolean },
): Reason {
  const { dead } = page.words;
  const when = moment(page, at);
  const ended = (sentence: Sentence) => ({ title: dead.endedTitle, sentences: [sentence] });
  switch (why) {
    case "used":
      return { title: dead.usedTitle, sentences: usedFor(page, purpose, at) };
    case "replaced":
      return ended(purpose === "email-change-undo" ? dead.replacedUndo({ when }) : dead.replaced({ when }));
    case "password-changed":
      return ended(dead.passwordChanged({ when }));
    case "account-created":
      return { title: dead.accountCreatedTitle, sentences: [dead.accountCreated] };
    case "withdrawn":
      return ended(canSendNew ? dead.withdrawnNew({ when }) : dead.withdrawn({ when }));
    case "security-alert":
      return ended(dead.objection({ when }));
    case "email-changed":
      return ended(purpose === "email-change" ? dead.addressChanged({ when }) : dead.addressChangedOld);
  }
}

function usedFor(page: PageContext, purpose: Purpose, at: number): Sentence[] {
  const { dead } = page.words;
  const when = moment(page, at);
  switch (purpose) {
    case "sign-up":
      return [dead.usedSignUp({ when })];
    case "password-reset":
      return [dead.usedReset({ when }), dead.usedResetNext];
    case "sign-in-link":
      return [dead.usedSignIn({ when }), dead.usedSignInNext];
    case "email-change":
      return [dead.usedChange({ when })];
    case "email-change-undo":
      return [dead.usedUndo({ when })];
    case "security-alert":
      return [dead.usedObjection({ when })];
  }
}

function moment({ words, locale, now }: PageContext, at: number) {
  return whenIn(words, { locale, at, now, timeZone: null });
}

export const linkPages = { deadLink, justUsed };
