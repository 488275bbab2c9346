import { linkUrl } from "../core/purposes.ts";
import { invitation, newPasswordNeeded } from "./bulk-templates.ts";
import { duration } from "./duration.ts";
import { type Letter, type LetterParts, letter } from "./letter.ts";
import type { EmailView, LinkView } from "./views.ts";

/** The data that every template receives besides its view. */
export interface Letterhead {
  productName: string;
  /** Without a slash at its end. Every link begins with it. */
  baseUrl: string;
}

type ViewOf<Kind extends EmailView["kind"]> = Extract<EmailView, { kind: Kind }>;

/** One function from a view to an email for each kind. A host app replaces some with the option `mail.templates`. */
export type Templates = { [Kind in EmailView["kind"]]: (view: ViewOf<Kind>, sender: Letterhead) => Letter };

export const templates: Templates = {
  "password-reset": (view, sender) =>
    letter({
      ...sender,
      subject: `Reset your ${sender.productName} password`,
      preview: `The link works for ${duration(view.lifetimeMs)}.`,
      heading: "Set a new password",
      paragraphs: [
        view.because === "security-alert"
          ? `You told us that someone else used your ${sender.productName} account. All browsers are signed out, and the old password no longer works. Open this link and choose a new one.`
          : `Someone asked to reset the password of your ${sender.productName} account. If it was you, open this link and choose a new one.`,
        `The link works once, within ${duration(view.lifetimeMs)}.`,
      ],
      action: { label: "Set a new password", url: linkUrl(sender, "password-reset", view.token) },
      code: code(view),
      notes: [
        asked(view.browser, view.requestedAt),
        view.because === "security-alert"
          ? `If someone else may read your mail, change the password of your mailbox first.${neverTell(view)}`
          : `If it was not you, there is nothing to do: your password stays as it is, and it can be reset only with this email.${neverTell(view)}`,
      ],
    }),

  "sign-in-link": (view, sender) =>
    letter({
      ...sender,
      subject: `Sign in to ${sender.productName}`,
      preview: `The link works for ${duration(view.lifetimeMs)}.`,
      heading: `Sign in to ${sender.productName}`,
      paragraphs: [
        `Open this link in the browser in which you asked for it, and you are signed in with one tap.${view.code ? " In any other browser it asks for the code below." : ""}`,
        `The link works once, within ${duration(view.lifetimeMs)}.`,
      ],
      action: { label: "Sign in", url: linkUrl(sender, "sign-in-link", view.token) },
      code: code(view, "where you asked, or on the page of the link"),
      notes: [
        asked(view.browser, view.requestedAt),
        `If it was not you, there is nothing to do: without this email the account can’t be opened.${neverTell(view)}`,
      ],
    }),

  "sign-up": (view, sender) =>
    letter({
      ...sender,
      subject: `Create your ${sender.productName} account`,
      preview: `The link works for ${duration(view.lifetimeMs)}.`,
      heading: "Choose a password",
      paragraphs: [
        `Open this link to confirm your address and choose a password. Then your ${sender.productName} account is ready.`,
        `The link works once, within ${duration(view.lifetimeMs)}.`,
      ],
      action: { label: "Choose a password", url: linkUrl(sender, "sign-up", view.token) },
      code: code(view),
      notes: [
        asked(view.browser, view.requestedAt),
        `If it was not you, there is nothing to do: without this email no account is made.${neverTell(view)}`,
      ],
    }),

  "already-signed-up": (view, sender) =>
    letter({
      ...sender,
      subject: `You already have a ${sender.productName} account`,
      preview: "Sign in, or set a new password if you forgot yours.",
      heading: "You already have an account",
      paragraphs: [
        `Someone asked to create a ${sender.productName} account with this address, and there is one already. Sign in with it; if you forgot its password, you can set a new one here.`,
      ],
      action: { label: "Reset your password", url: `${sender.baseUrl}/forgot-password` },
      notes: [
        asked(view.browser, view.requestedAt),
        "If it was not you, there is nothing to do. Your account was not touched.",
      ],
    }),

  "password-changed": (view, sender) =>
    letter({
      ...sender,
      subject: `Your ${sender.productName} password was changed`,
      preview: "If it was you, there is nothing to do.",
      heading: "Your password was changed",
      paragraphs: [
        `The password of your ${sender.productName} account was changed on ${moment(view.changedAt)}, with ${view.browser}. You were signed out everywhere else.`,
        "If that was you, there is nothing to do.",
        `If it was not, open the link below and press “This wasn’t me” there. That signs out every browser, makes that password useless, and mails you a link to set a new one. The link works for ${duration(view.alertLifetimeMs)}.`,
      ],
      action: { label: "This wasn’t me", url: linkUrl(sender, "security-alert", view.alertToken) },
      notes: ["We always tell you when your password changes."],
    }),

  "email-change": (view, sender) =>
    letter({
      ...sender,
      subject: `Confirm your new address for ${sender.productName}`,
      preview: `The link works for ${duration(view.lifetimeMs)}.`,
      heading: "Confirm your new address",
      paragraphs: [
        `Someone asked to change the address of the ${sender.productName} account of ${view.from} to this one. If it was you, open this link and confirm it.`,
        `The link works once, within ${duration(view.lifetimeMs)}. Until then nothing changes.`,
      ],
      action: { label: "Confirm this address", url: linkUrl(sender, "email-change", view.token) },
      notes: [
        asked(view.browser, view.requestedAt),
        "If it was not you, there is nothing to do: without this link the address does not change.",
      ],
    }),

  "email-in-use": (view, sender) =>
    letter({
      ...sender,
      subject: `This address already has a ${sender.productName} account`,
      preview: "So it cannot be the address of another one.",
      heading: "This address already has an account",
      paragraphs: [
        `Someone asked to make this the address of another ${sender.productName} account. It has an account already, so nothing was changed.`,
        "If it was you, sign in with this address, or give its account another one first.",
      ],
      action: { label: "Sign in", url: `${sender.baseUrl}/sign-in` },
      notes: [
        asked(view.browser, view.requestedAt),
        "If it was not you, there is nothing to do. Your account was not touched.",
      ],
    }),

  "email-changed": (view, sender) =>
    letter({
      ...sender,
      subject: `The address of your ${sender.productName} account was changed`,
      preview: "If it was you, there is nothing to do.",
      heading: "Your address was changed",
      paragraphs: [
        `The address of your ${sender.productName} account was changed from ${view.from} to ${view.to} on ${moment(view.changedAt)}, with ${view.browser}.`,
        "If that was you, there is nothing to do.",
        view.button.does === "undo"
          ? `If it was not, open the link below and press “This wasn’t me” there. That sets the address back to this one, signs out every browser, makes the password useless, and mails you a link to set a new one. The link works for ${duration(view.button.lifetimeMs)}, whatever else is changed meanwhile.`
          : `If it was not, open the link below and press “This wasn’t me” there. That signs out every browser, makes the password useless, and mails a link to set a new one to this address. The link works for ${duration(view.button.lifetimeMs)}.`,
      ],
      action: {
        label: "This wasn’t me",
        url: linkUrl(sender, view.button.does === "undo" ? "email-change-undo" : "security-alert", view.button.token),
      },
      notes: ["We always tell both the old and the new address."],
    }),

  "email-change-undone": (view, sender) =>
    letter({
      ...sender,
      subject: `This is no longer the address of your ${sender.productName} account`,
      preview: "The change of address was undone.",
      heading: "The change of address was undone",
      paragraphs: [
        `The ${sender.productName} account of ${view.to} was moved to this address, ${view.from}. The reader of that address told us on ${moment(view.undoneAt)}, with ${view.browser}, that it was not them, and took the account back.`,
        `If the account is yours and you did not do that, contact the ${sender.productName} team.`,
      ],
      notes: ["We always tell both the old and the new address."],
    }),

  "new-password-needed": newPasswordNeeded,
  invitation,
  "signed-in-by-link": (view, sender) =>
    letter({
      ...sender,
      subject: `Someone signed in to your ${sender.productName} account`,
      preview: "If it was you, there is nothing to do.",
      heading: "Signed in by a mailed link",
      paragraphs: [
        `Someone signed in to your ${sender.productName} account with a link or a code from our mail, on ${moment(view.signedInAt)}, with ${view.browser}.`,
        "If that was you, there is nothing to do.",
        `If it was not, open the link below and press “This wasn’t me” there. That signs out every browser, makes your password useless, and mails you a link to set a new one. The link works for ${duration(view.alertLifetimeMs)}.`,
      ],
      action: { label: "This wasn’t me", url: linkUrl(sender, "security-alert", view.alertToken) },
      notes: ["We tell you whenever someone signs in without your password."],
    }),
};

/** Renders a view with the template of its kind. */
export function render(view: EmailView, sender: Letterhead, set: Templates): Letter {
  const template = set[view.kind] as (view: EmailView, sender: Letterhead) => Letter;
  return template(view, sender);
}

/** The code beside a link, for reading email on one device and signing in on another. */
function code({ code }: LinkView, where = "where you asked"): LetterParts["code"] {
  if (code === null) return undefined;
  return {
    label: `Or type this code ${where}. It works for ${duration(code.lifetimeMs)}:`,
    digits: code.digits,
  };
}

/** A warning not to pass the code on: an attacker who requested the email may call and ask for it. */
function neverTell({ code }: LinkView): string {
  return code === null ? "" : " Never tell anyone the code.";
}

function asked(browser: string, at: number): string {
  return `Asked for with ${browser}, on ${moment(at)}.`;
}

function moment(at: number): string {
  const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(at)} UTC`;
}
