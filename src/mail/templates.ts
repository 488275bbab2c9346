import type { LinkView, MailView } from "../flows/mail.ts";
import { duration } from "./duration.ts";
import { type Letter, type LetterParts, letter } from "./letter.ts";
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
        view.because === "objection"
          ? `You told us that somebody else used your ${sender.productName} account. Everybody is signed out, and the old password no longer works. Open this link and choose a new one.`
          : `Somebody asked to reset the password of your ${sender.productName} account. If it was you, open this link and choose a new one.`,
        `The link works once, within ${duration(view.lifetimeMs)}.`,
      ],
      action: { label: "Set a new password", url: `${sender.baseUrl}/reset-password/${view.token}` },
      code: code(view),
      notes: [
        asked(view.browser, view.askedAt),
        view.because === "objection"
          ? "If somebody else may read your mail, change the password of your mailbox first."
          : "If it was not you, there is nothing to do: your password stays as it is, and nobody else can see this mail.",
      ],
    }),

  "sign-in-link": (view, sender) =>
    letter({
      ...sender,
      subject: `Sign in to ${sender.productName}`,
      preview: `The link works for ${duration(view.lifetimeMs)}.`,
      heading: `Sign in to ${sender.productName}`,
      paragraphs: [
        "Open this link in the browser in which you asked for it, and you are signed in with one tap.",
        `The link works once, within ${duration(view.lifetimeMs)}.`,
      ],
      action: { label: "Sign in", url: `${sender.baseUrl}/sign-in-link/${view.token}` },
      code: code(view),
      notes: [
        asked(view.browser, view.askedAt),
        "If it was not you, there is nothing to do: without this mail nobody gets in. Never tell anybody the code.",
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
      code: code(view),
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
        `If it was not, press the button. It signs everybody out, makes that password useless, and mails you a link to set a new one. It works for ${duration(view.objectionMs)}.`,
      ],
      action: { label: "This wasn’t me", url: `${sender.baseUrl}/objection/${view.objectionToken}` },
      notes: ["We always tell you when your password changes."],
    }),

  "new-password-needed": newPasswordNeeded,
  invitation,
  "signed-in-by-link": (view, sender) =>
    letter({
      ...sender,
      subject: `Somebody signed in to your ${sender.productName} account`,
      preview: "If it was you, there is nothing to do.",
      heading: "Signed in by a mailed link",
      paragraphs: [
        `Somebody signed in to your ${sender.productName} account with a link or a code from our mail, on ${moment(view.signedInAt)}, with ${view.browser}.`,
        "If that was you, there is nothing to do.",
        `If it was not, press the button. It signs everybody out, makes your password useless, and mails you a link to set a new one. It works for ${duration(view.objectionMs)}.`,
      ],
      action: { label: "This wasn’t me", url: `${sender.baseUrl}/objection/${view.objectionToken}` },
      notes: ["We tell you whenever somebody signs in without your password."],
    }),
};

/** Sets the mail of a view in its template. */
export function render(view: MailView, sender: Letterhead, set: Templates): Letter {
  const template = set[view.kind] as (view: MailView, sender: Letterhead) => Letter;
  return template(view, sender);
}

/** The code beside a link: for whoever reads mail on one device and wants in on another. */
function code({ code }: LinkView): LetterParts["code"] {
  if (code === null) return undefined;
  return {
    label: `Or type this code where you asked. It works for ${duration(code.lifetimeMs)}:`,
    digits: code.digits,
  };
}

function asked(browser: string, at: number): string {
  return `Asked for with ${browser}, on ${moment(at)}.`;
}

function moment(at: number): string {
  const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(at)} UTC`;
}
