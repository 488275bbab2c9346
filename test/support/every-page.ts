import type { Page } from "playwright-core";
import { openEmail, openRow, type Site, submit } from "./browser.ts";
import { addressPages } from "./email-change-pages.ts";
import { linkPages, signIn } from "./link-pages.ts";
import { PASSWORD } from "./open-app.ts";
import type { PageView } from "./page-view.ts";
import { createAccount, emailedLink } from "./site-emails.ts";
import { SUBJECTS, words } from "./words.ts";

const NEW_PASSWORD = "a new and rather long password";

/** Limits under which every page can be opened once, and the one about limits too. */
export const LIMITS = { requestsPerIp: "1000/10m", mailsPerAddress: "100/1h", signInsPerAccount: "5/15m" };

/** Every page that there is, in every state that looks different. The http is a fresh one. */
export const everyPage: PageView[] = [
  { name: "mailbox-empty", status: 200, open: (page) => page.goto("/mailbox") },

  { name: "sign-up", status: 200, open: (page) => page.goto("/sign-up") },
  {
    name: "sign-up-mistake",
    status: 422,
    async open(page) {
      await page.goto("/sign-up");
      await submit(page, { [words.email.label]: "anna at example" }, words.signUp.button);
    },
  },
  {
    name: "choose-password",
    status: 200,
    open: async (page, http) => page.goto(await emailedLink(http, "/sign-up", "new@example.com")),
  },

  { name: "sign-in", status: 200, open: (page) => page.goto("/sign-in") },
  {
    name: "sign-in-refused",
    status: 401,
    async open(page) {
      await page.goto("/sign-in");
      await submit(
        page,
        { [words.email.label]: "anna@example.com", [words.password.label]: "not the password" },
        words.signIn.button,
      );
    },
  },
  {
    name: "sign-in-signed-in",
    status: 200,
    async open(page, http) {
      await signIn(page, http, "bob@example.com");
      await page.goto("/sign-in");
    },
  },
  {
    name: "too-many",
    status: 429,
    async open(page, http) {
      const guess = { email: "guessed@example.com", password: "not the password" };
      for (let tries = 0; tries < 5; tries += 1) await http.client().post("/sign-in", guess);
      await page.goto("/sign-in");
      await submit(
        page,
        { [words.email.label]: guess.email, [words.password.label]: guess.password },
        words.signIn.button,
      );
    },
  },

  { name: "forgot-password", status: 200, open: (page) => page.goto("/forgot-password") },
  { name: "reset-password", status: 200, open: (page, http) => openReset(page, http, "carla@example.com") },
  {
    name: "reset-password-mistake",
    status: 422,
    async open(page, http) {
      await openReset(page, http, "dora@example.com");
      await submit(page, { [words.password.newLabel]: "short" }, words.reset.button);
    },
  },
  {
    name: "reset-password-done",
    status: 200,
    async open(page, http) {
      await openReset(page, http, "emil@example.com");
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
    },
  },
  {
    name: "reset-password-twice",
    status: 410,
    async open(page, http) {
      const link = await openReset(page, http, "fred@example.com");
      const first = http.client();
      await first.open(link);
      await first.submit({ password: NEW_PASSWORD });
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
    },
  },
  {
    name: "link-used",
    status: 410,
    async open(page, http) {
      const link = await openReset(page, http, "gina@example.com");
      const client = http.client();
      await client.open(link);
      await client.submit({ password: NEW_PASSWORD });
      await page.goto(link);
    },
  },
  { name: "link-unknown", status: 410, open: (page) => page.goto("/reset-password/not-a-link") },

  {
    name: "me",
    status: 200,
    async open(page, http) {
      await signIn(page, http, "hanna@example.com");
      await signInElsewhere(http, "hanna@example.com");
      await page.reload();
    },
  },
  {
    name: "me-mistake",
    status: 422,
    async open(page, http) {
      await signIn(page, http, "a.person.with.a.rather.long.address@mail.department.example.com");
      const passwords = { [words.password.currentLabel]: "not the password", [words.password.newLabel]: NEW_PASSWORD };
      await openRow(page, words.me.changePasswordLabel);
      await submit(page, passwords, words.me.passwordButton);
    },
  },

  ...linkPages,
  ...addressPages,

  { name: "mailbox", status: 200, open: (page) => page.goto("/mailbox") },
  { name: "mailbox-mail", status: 200, open: (page) => openEmail(page, SUBJECTS.reset) },
  { name: "mailbox-mail-sign-in-link", status: 200, open: (page) => openEmail(page, SUBJECTS.signInLink) },
  { name: "mailbox-mail-notice", status: 200, open: (page) => openEmail(page, SUBJECTS.signedInByLink) },
  { name: "not-found", status: 404, open: (page) => page.goto("/no-such-page") },
];

async function openReset(page: Page, http: Site, email: string): Promise<string> {
  await createAccount(http, email);
  const link = await emailedLink(http, "/forgot-password", email);
  await page.goto(link);
  return link;
}

async function signInElsewhere(http: Site, email: string): Promise<void> {
  const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1";
  for (let phones = 0; phones < 2; phones += 1) {
    await http.client({ "user-agent": phone }).post("/sign-in", { email, password: PASSWORD });
  }
}
