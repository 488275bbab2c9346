import type { MailView } from "../flows/mail.ts";
import { duration } from "./duration.ts";
import { type Letter, letter } from "./letter.ts";
import { invitation, newPasswordNeeded } from "./many-at-once.ts";

/** What every template knows besides its view. */
export interface Letterhead {
  productName: string;
  /** Without a slash at its end. Every link begins with it. */
  baseUrl: string;
}

type ViewOf<Kind extends MailView["kind"]> = Extract<MailView, { kind: Kind }>;

/** A function from a view to a mail, for each kind. An app replaces some by spreading. */
export type Templates = { [Kind in MailView["kind"]]: (view: ViewOf<Kind>, sender: Letterhead) => Letter };

export const templates: Templates = {
  "password-reset": (view, sender) =>
    letter({
      ...sender,
      subject: `Reset your ${sender.productName} password`,
      preview: `The link works for ${duration(view.lifetimeMs)}.`,
      heading: "Set a new password",
      paragraphs: [
        `Somebody asked to reset the password of your ${sender.productName} account. If it was you, open this link and choose a new one.`,
        `The link works once, within ${duration(view.lifetimeMs)}.`,
      ],
      action: { label: "Set a new password", url: `${sender.baseUrl}/reset-password/${view.token}` },
      notes: [
        asked(view.browser, view.askedAt),
        "If it was not you, there is nothing to do: your password stays as it is, and nobody else can see this mail.",
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
      action: { label: "Choose a password", url: `${sender.baseUrl}/sign-up/${view.token}` },
      notes: [
        asked(view.browser, view.askedAt),
        "If it was not you, there is nothing to do: without this link no account is made.",
      ],
    }),

  "already-signed-up": (view, sender) =>
    letter({
      ...sender,
      subject: `You already have a ${sender.productName} account`,
      preview: "Sign in, or set a new password if you forgot yours.",
      heading: "You already have an account",
      paragraphs: [
        `Somebody asked to create a ${sender.productName} account with this address, and there is one already. Sign in with it; if you forgot its password, you can set a new one here.`,
      ],
      action: { label: "Reset your password", url: `${sender.baseUrl}/forgot-password` },
      notes: [
        asked(view.browser, view.askedAt),
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
        "If it was not, set another password now. That signs everybody else out.",
      ],
      action: { label: "It was not me: set another password", url: `${sender.baseUrl}/forgot-password` },
      notes: ["We always tell you when your password changes."],
    }),

  "new-password-needed": newPasswordNeeded,
  invitation,
};

/** Sets the mail of a view in its template. */
export function render(view: MailView, sender: Letterhead, set: Templates): Letter {
  const template = set[view.kind] as (view: MailView, sender: Letterhead) => Letter;
  return template(view, sender);
}

function asked(browser: string, at: number): string {
  return `Asked for with ${browser}, on ${moment(at)}.`;
}

function moment(at: number): string {
  const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(at)} UTC`;
}
