import assert from "node:assert/strict";
import { words as pages } from "../../src/i18n/en.ts";
import { mail } from "../../src/i18n/en-mail.ts";
import { outcomes } from "../../src/i18n/en-outcomes.ts";
import type { LinkSlot, Rich } from "../../src/i18n/rich.ts";
import { rich } from "../../src/i18n/rich.ts";
import type { MailWords, Words } from "../../src/i18n/shape.ts";
import { when as whenIn } from "../../src/i18n/when.ts";

/** Every sentence of pages in English. */
export const words: Words = { ...pages, ...outcomes };

/** Every sentence of emails in English. */
export const mailWords: MailWords = mail;

/** The product's name in tests. */
export const PRODUCT = { product: "Latchkey" };

/** The subjects of emails in tests. */
export const SUBJECTS = {
  reset: mail.reset.subject(PRODUCT),
  signInLink: mail.signIn.subject(PRODUCT),
  signUp: mail.signUp.subject(PRODUCT),
  alreadySignedUp: mail.already.subject(PRODUCT),
  passwordChanged: mail.pwChanged.subject(PRODUCT),
  signedInByLink: mail.byLink.subject(PRODUCT),
  emailChange: mail.addrAsk.subject(PRODUCT),
  emailInUse: mail.addrTaken.subject(PRODUCT),
  emailChanged: mail.addrChanged.subject(PRODUCT),
  emailChangeUndone: mail.addrUndone.subject(PRODUCT),
  newPasswordNeeded: mail.breach.subject(PRODUCT),
  invitation: mail.invite.subject(PRODUCT),
};

/** A link slot whose link does not matter. */
export const anyLink: LinkSlot = (label) => rich`${label}`;

/** A sentence as `TestClient.text` and a reader see it: without markup and escapes, in single spaces. */
export function plain(sentence: string | Rich): string {
  return typeof sentence === "string" ? sentence : readable(sentence.html());
}

/** Markup as a reader sees it. */
export function readable(markup: string): string {
  const text = markup
    .replace(/<(head|script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<\/?(a|bdi|strong|time)\b[^>]*>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  return text.replace(/\s+/g, " ").trim();
}

/** The label of the button that sends the form at a path. */
export const REQUEST_BUTTONS = {
  "/forgot-password": words.forgot.button,
  "/sign-in-link": words.link.button,
  "/sign-up": words.signUp.button,
};

export type RequestPath = keyof typeof REQUEST_BUTTONS;

/** The button behind a sign-in link. `email` as the page shows it: masked. */
export function confirmButton(email: string): string {
  return plain(words.confirm.button({ email }));
}

/** Fails unless the text holds the sentences, in that order. */
export function assertSays(text: string, ...sentences: Array<string | Rich>): void {
  let from = 0;
  for (const sentence of sentences.map(plain)) {
    const at = text.indexOf(sentence, from);
    assert.ok(at >= 0, `“${sentence}” is not in:\n${text}`);
    from = at + sentence.length;
  }
}

/** What the account page shows of the account. */
export function accountOf(email: string): string {
  return `${words.email.label} ${email}`;
}

/** A moment as pages in English say it, in UTC. `at`: epoch milliseconds or an ISO date. */
export function when(at: number | string, now: number): Rich {
  return whenIn(words, { locale: "en", at: new Date(at).getTime(), now, timeZone: null });
}
