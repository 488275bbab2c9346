import type { Page } from "playwright-core";
import { openRow, type Site, submit } from "./browser.ts";
import { PASSWORD } from "./open-app.ts";
import { createAccount, emailSentBy } from "./site-emails.ts";
import { SUBJECTS, words } from "./words.ts";

/** Every page around a changed address, in every state that looks different, as in every-page.ts. */
export const addressPages = [
  {
    name: "me-address-asked",
    status: 200,
    async open(page: Page, http: Site) {
      await signIn(page, http, "isa@example.com");
      await ask(page, "isa@new.example");
    },
  },
  {
    name: "me-address-mistake",
    status: 422,
    async open(page: Page, http: Site) {
      await signIn(page, http, "jan@example.com");
      await ask(page, "jan at example");
    },
  },
  {
    name: "me-address-wrong-password",
    status: 422,
    async open(page: Page, http: Site) {
      await signIn(page, http, "kim@example.com");
      await ask(page, "kim@new.example", "not the password");
    },
  },
  {
    name: "confirm-address",
    status: 200,
    open: async (page: Page, http: Site) => page.goto(await openAsked(page, http, "lea")),
  },
  {
    name: "confirm-address-elsewhere",
    status: 200,
    async open(page: Page, http: Site) {
      const link = await openAsked(page, http, "max");
      await page.context().clearCookies();
      await page.goto(link);
    },
  },
  {
    name: "confirm-address-wrong-password",
    status: 422,
    async open(page: Page, http: Site) {
      const link = await openAsked(page, http, "nia");
      await page.context().clearCookies();
      await page.goto(link);
      await submit(page, { [words.password.yourLabel]: "not the password" }, words.address.button);
    },
  },
  {
    name: "email-changed",
    status: 200,
    async open(page: Page, http: Site) {
      await page.goto(await openAsked(page, http, "ole"));
      await submit(page, {}, words.address.button);
    },
  },
  {
    name: "address-link-used",
    status: 410,
    async open(page: Page, http: Site) {
      const link = await openAsked(page, http, "pia");
      await page.goto(link);
      await submit(page, {}, words.address.button);
      await page.goto(link);
    },
  },
  {
    name: "undo-address",
    status: 200,
    open: async (page: Page, http: Site) => page.goto(await openChanged(page, http, "quy")),
  },
  {
    name: "email-change-undone",
    status: 200,
    async open(page: Page, http: Site) {
      await page.goto(await openChanged(page, http, "rea"));
      await submit(page, {}, words.secure.button);
    },
  },
  {
    name: "address-undone-locked",
    status: 200,
    async open(page: Page, http: Site) {
      const link = await openChanged(page, http, "sam");
      await createAccount(http, "sam@example.com");
      await page.goto(link);
      await submit(page, {}, words.secure.button);
    },
  },
];

async function ask(page: Page, email: string, password = PASSWORD): Promise<void> {
  await openRow(page, words.me.changeEmailLabel);
  await submit(
    page,
    { [words.emailChange.new]: email, [words.password.yourLabel]: password },
    words.emailChange.button,
  );
}

/** Signed in, with a link to a new address mailed. Returns its path. */
async function openAsked(page: Page, http: Site, name: string): Promise<string> {
  await signIn(page, http, `${name}@example.com`);
  const mail = { to: `${name}@new.example`, subject: SUBJECTS.emailChange };
  return (await emailSentBy(http, mail, () => ask(page, mail.to))).link;
}

/** Signed in, with the address changed. Returns the path of the link that undoes it. */
async function openChanged(page: Page, http: Site, name: string): Promise<string> {
  await page.goto(await openAsked(page, http, name));
  const notice = { to: `${name}@example.com`, subject: SUBJECTS.emailChanged };
  return (await emailSentBy(http, notice, () => submit(page, {}, words.address.button))).link;
}

async function signIn(page: Page, http: Site, email: string): Promise<void> {
  await createAccount(http, email);
  await page.goto("/sign-in");
  await submit(page, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
}
