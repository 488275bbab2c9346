import type { Page } from "playwright-core";
import { type Site, submit } from "./browser.ts";
import { mailedBy, makeAccount } from "./mailed.ts";
import { PASSWORD } from "./open-app.ts";

/** Every page around a changed address, in every state that looks different, as in every-page.ts. */
export const addressPages = [
  {
    name: "me-address-asked",
    status: 200,
    async open(page: Page, site: Site) {
      await signIn(page, site, "isa@example.com");
      await ask(page, "isa@new.example");
    },
  },
  {
    name: "me-address-mistake",
    status: 422,
    async open(page: Page, site: Site) {
      await signIn(page, site, "jan@example.com");
      await ask(page, "jan at example");
    },
  },
  {
    name: "me-address-wrong-password",
    status: 422,
    async open(page: Page, site: Site) {
      await signIn(page, site, "kim@example.com");
      await ask(page, "kim@new.example", "not the password");
    },
  },
  {
    name: "confirm-address",
    status: 200,
    open: async (page: Page, site: Site) => page.goto(await openAsked(page, site, "lea")),
  },
  {
    name: "confirm-address-elsewhere",
    status: 200,
    async open(page: Page, site: Site) {
      const link = await openAsked(page, site, "max");
      await page.context().clearCookies();
      await page.goto(link);
    },
  },
  {
    name: "confirm-address-wrong-password",
    status: 422,
    async open(page: Page, site: Site) {
      const link = await openAsked(page, site, "nia");
      await page.context().clearCookies();
      await page.goto(link);
      await submit(page, { "Password of this account": "not the password" }, "Change the address");
    },
  },
  {
    name: "address-changed",
    status: 200,
    async open(page: Page, site: Site) {
      await page.goto(await openAsked(page, site, "ole"));
      await submit(page, {}, "Change the address");
    },
  },
  {
    name: "address-link-used",
    status: 410,
    async open(page: Page, site: Site) {
      const link = await openAsked(page, site, "pia");
      await page.goto(link);
      await submit(page, {}, "Change the address");
      await page.goto(link);
    },
  },
  {
    name: "undo-address",
    status: 200,
    open: async (page: Page, site: Site) => page.goto(await openChanged(page, site, "quy")),
  },
  {
    name: "address-undone",
    status: 200,
    async open(page: Page, site: Site) {
      await page.goto(await openChanged(page, site, "rea"));
      await submit(page, {}, "This wasn’t me");
    },
  },
  {
    name: "address-undone-locked",
    status: 200,
    async open(page: Page, site: Site) {
      const link = await openChanged(page, site, "sam");
      await makeAccount(site, "sam@example.com");
      await page.goto(link);
      await submit(page, {}, "This wasn’t me");
    },
  },
];

async function ask(page: Page, email: string, password = PASSWORD): Promise<void> {
  await submit(page, { "New email address": email, "Your password": password }, "Send a link to the new address");
}

/** Signed in, with a link to a new address mailed. Returns its path. */
async function openAsked(page: Page, site: Site, name: string): Promise<string> {
  await signIn(page, site, `${name}@example.com`);
  const mail = { to: `${name}@new.example`, subject: "Confirm your new address" };
  return (await mailedBy(site, mail, () => ask(page, mail.to))).link;
}

/** Signed in, with the address changed. Returns the path of the link that undoes it. */
async function openChanged(page: Page, site: Site, name: string): Promise<string> {
  await page.goto(await openAsked(page, site, name));
  const notice = { to: `${name}@example.com`, subject: "The address of your" };
  return (await mailedBy(site, notice, () => submit(page, {}, "Change the address"))).link;
}

async function signIn(page: Page, site: Site, email: string): Promise<void> {
  await makeAccount(site, email);
  await page.goto("/sign-in");
  await submit(page, { "Email address": email, Password: PASSWORD }, "Sign in");
}
