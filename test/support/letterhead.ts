import { plainBrand } from "../../src/brand/brand.ts";
import { createCatalogues } from "../../src/i18n/catalogues.ts";
import type { Letter } from "../../src/mail/letter.ts";
import type { Letterhead } from "../../src/mail/letterhead.ts";
import { render, templates } from "../../src/mail/templates.ts";
import type { EmailView } from "../../src/mail/views.ts";

const catalogues = createCatalogues();
const AT = Date.UTC(2026, 0, 15, 9);
const BROWSER = "Firefox on Windows";
const TOKEN = "A".repeat(43);
const LINK = { token: TOKEN, lifetimeMs: 3_600_000, browser: BROWSER, requestedAt: AT };
const CODE = { digits: "12345678", lifetimeMs: 600_000 };
const ALERT = { alertToken: TOKEN, alertLifetimeMs: 7 * 86_400_000 };
const CHANGE = { from: "a•••@example.com", to: "a•••@new.example", browser: BROWSER };

/** Every kind of email in every state that reads differently, by a name for the report. */
export const EMAIL_VIEWS: Record<string, EmailView> = {
  "password-reset": { kind: "password-reset", because: "asked", ...LINK, code: CODE },
  "password-reset without a code": { kind: "password-reset", because: "asked", ...LINK, code: null },
  "password-reset after a security alert": { kind: "password-reset", because: "security-alert", ...LINK, code: null },
  "sign-in-link": { kind: "sign-in-link", ...LINK, code: CODE },
  "sign-in-link without a code": { kind: "sign-in-link", ...LINK, code: null },
  "sign-up": { kind: "sign-up", ...LINK, code: CODE },
  "already-signed-up": { kind: "already-signed-up", browser: BROWSER, requestedAt: AT },
  "password-changed": { kind: "password-changed", browser: BROWSER, changedAt: AT, ...ALERT },
  "signed-in-by-link": { kind: "signed-in-by-link", browser: BROWSER, signedInAt: AT, ...ALERT },
  "email-change": { kind: "email-change", ...LINK, from: "a•••@example.com" },
  "email-in-use": { kind: "email-in-use", browser: BROWSER, requestedAt: AT },
  "email-changed to the old address": {
    kind: "email-changed",
    ...CHANGE,
    changedAt: AT,
    button: { does: "undo", token: TOKEN, lifetimeMs: 7 * 86_400_000 },
  },
  "email-changed to the new address": {
    kind: "email-changed",
    ...CHANGE,
    changedAt: AT,
    button: { does: "object", token: TOKEN, lifetimeMs: 7 * 86_400_000 },
  },
  "email-change-undone": { kind: "email-change-undone", ...CHANGE, undoneAt: AT },
  "unknown-address": { kind: "unknown-address", browser: BROWSER, requestedAt: AT },
  "new-password-needed": { kind: "new-password-needed", token: TOKEN, lifetimeMs: 3_600_000 },
  invitation: { kind: "invitation", token: TOKEN, lifetimeMs: 86_400_000 },
};

/** The token and the code of every view. */
export const EMAIL_SECRETS = { token: TOKEN, code: CODE.digits };

/** What the built-in templates are given, in a language. */
export async function letterheadIn(tag: string, changes: Partial<Letterhead> = {}): Promise<Letterhead> {
  const { words, mail, dir, language } = await catalogues.load(tag);
  return {
    productName: "Acme",
    baseUrl: "https://acme.example",
    brand: plainBrand("Acme"),
    language,
    dir,
    locale: tag,
    timeZone: "Europe/Berlin",
    mail,
    words,
    languageNote: null,
    ...changes,
  };
}

/** An email as the built-in templates write it. */
export async function writeEmail(view: EmailView, tag = "en", changes: Partial<Letterhead> = {}): Promise<Letter> {
  return render(view, await letterheadIn(tag, changes), templates);
}

/** The tags of the languages that are served. */
export const SERVED_LANGUAGES: readonly string[] = catalogues.languages.map(({ tag }) => tag);
