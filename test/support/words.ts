import { words as forms } from "../../src/i18n/en.ts";
import { mail } from "../../src/i18n/en-mail.ts";
import { outcomes } from "../../src/i18n/en-outcomes.ts";
import type { Rich } from "../../src/i18n/rich.ts";

/** Every sentence of pages, in English. */
export const words = { ...forms, ...outcomes };

/** Every sentence of emails, in English. */
export const mailWords = mail;

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

/** A sentence as plain text. */
export function plain(sentence: string | Rich): string {
  return typeof sentence === "string" ? sentence : sentence.text("ltr");
}
