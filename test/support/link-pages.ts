import type { Page } from "playwright-core";
import { type Site, submit } from "./browser.ts";
import { PASSWORD } from "./open-app.ts";
import type { PageView } from "./page-view.ts";
import { createAccount, type EmailContents, emailFromForm, emailSentBy } from "./site-emails.ts";
import { confirmButton, REQUEST_BUTTONS, type RequestPath, SUBJECTS, words } from "./words.ts";

const MINUTE = 60_000;
const CODE = words.code.label;

/** The pages around mailed links and codes, in every state that looks different. */
export const linkPages: PageView[] = [
  { name: "sign-in-link", status: 200, open: (page) => page.goto("/sign-in-link") },
  { name: "sign-in-link-mistake", status: 422, open: (page) => ask(page, "/sign-in-link", "anna at example") },
  {
    name: "sign-in-link-signed-in",
    status: 200,
    async open(page, http) {
      await signIn(page, http, "ida@example.com");
      await page.goto("/sign-in-link");
    },
  },

  { name: "check-email", status: 200, open: (page) => ask(page, "/forgot-password", "unknown@example.com") },
  { name: "check-email-webmail", status: 200, open: (page) => ask(page, "/sign-in-link", "unknown@gmail.com") },
  { name: "check-email-nothing-asked", status: 200, open: (page) => page.goto("/check-email") },
  {
    name: "check-email-mistake",
    status: 422,
    async open(page) {
      await ask(page, "/sign-up", "unknown@outlook.com");
      await type(page, "123");
    },
  },
  {
    name: "check-email-wrong-code",
    status: 422,
    async open(page) {
      await ask(page, "/sign-in-link", "unknown@gmail.com");
      await type(page, "1234 5678");
    },
  },
  {
    name: "check-email-too-soon",
    status: 429,
    async open(page) {
      await ask(page, "/sign-in-link", "unknown@gmail.com");
      await page.evaluate("document.querySelector('button[data-wait]').disabled = false");
      await submit(page, {}, words.check.resend);
    },
  },
  {
    name: "check-email-sent-again",
    status: 200,
    async open(page, http) {
      await ask(page, "/sign-in-link", "unknown@gmail.com");
      http.pass(MINUTE);
      await page.reload();
      await submit(page, {}, words.check.resend);
    },
  },
  {
    name: "check-email-used",
    status: 200,
    async open(page, http) {
      const { code } = await requestAs(page, http, "jana@example.com");
      await type(page, code);
      await submit(page, {}, "Sign out");
      await page.goto("/check-email");
    },
  },
  {
    name: "code-nothing-asked",
    status: 410,
    async open(page) {
      await ask(page, "/sign-in-link", "unknown@gmail.com");
      await page.context().clearCookies();
      await type(page, "1234 5678");
    },
  },
  {
    name: "code-used",
    status: 410,
    async open(page, http) {
      const { code } = await requestAs(page, http, "karl@example.com");
      const otherTab = await page.context().newPage();
      await otherTab.goto("/check-email");
      await type(otherTab, code);
      await otherTab.close();
      await type(page, code);
    },
  },
  {
    name: "code-too-many-tries",
    status: 410,
    async open(page) {
      await ask(page, "/sign-in-link", "unknown@gmail.com");
      for (let tries = 0; tries < 5; tries += 1) await type(page, "1234 5678");
    },
  },

  {
    name: "confirm-one-tap",
    status: 200,
    open: async (page, http) => page.goto((await requestAs(page, http, "lena@example.com")).link),
  },
  { name: "confirm-code", status: 200, open: (page, http) => openElsewhere(page, http, "mona@example.com") },
  {
    name: "confirm-wrong-code",
    status: 422,
    async open(page, http) {
      await openElsewhere(page, http, "nora@example.com");
      await submit(page, { [CODE]: "1234 5678" }, confirmButton("n•••@example.com"));
    },
  },
  {
    name: "confirm-signed-in-as-else",
    status: 200,
    async open(page, http) {
      await signIn(page, http, "otto@example.com");
      await openElsewhere(page, http, "paul@example.com");
    },
  },
  {
    name: "confirm-code-over",
    status: 410,
    async open(page, http) {
      await openElsewhere(page, http, "quinn@example.com");
      for (let tries = 0; tries < 5; tries += 1) {
        await submit(page, { [CODE]: "1234 5678" }, confirmButton("q•••@example.com"));
      }
      await page.reload();
    },
  },
  {
    name: "signed-in-by-link",
    status: 200,
    open: async (page, http) => useLink(page, (await requestAs(page, http, "rosa@example.com")).link),
  },
  {
    name: "sign-in-link-used",
    status: 410,
    async open(page, http) {
      const { link } = await requestAs(page, http, "sven@example.com");
      await useLink(page, link);
      await submit(page, {}, "Sign out");
      await page.goto(link);
    },
  },
  {
    name: "sign-in-link-expired",
    status: 410,
    async open(page, http) {
      const { link } = await requestAs(page, http, "tina@example.com");
      http.pass(11 * MINUTE);
      await page.goto(link);
    },
  },

  {
    name: "reset-password-signed-in-as-else",
    status: 200,
    async open(page, http) {
      await createAccount(http, "ulla@example.com");
      await signIn(page, http, "vera@example.com");
      const email = "ulla@example.com";
      const { link } = await emailFromForm(http, { form: "/forgot-password", email }, () =>
        ask(page, "/forgot-password", email),
      );
      await page.goto(link);
    },
  },

  {
    name: "security-alert",
    status: 200,
    open: async (page, http) => page.goto(await noticeOf(page, http, "wanda@example.com")),
  },
  { name: "security-alert", status: 200, open: (page, http) => objectAs(page, http, "xaver@example.com") },
  {
    name: "objection-used",
    status: 410,
    async open(page, http) {
      await page.goto(await objectAs(page, http, "yves@example.com"));
    },
  },
];

/** Signs in with a password. */
export async function signIn(page: Page, http: Site, email: string): Promise<void> {
  await createAccount(http, email);
  await page.goto("/sign-in");
  await submit(page, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
}

/** Requests an email. */
async function ask(page: Page, form: RequestPath, email: string): Promise<void> {
  await page.goto(form);
  await submit(page, { [words.email.label]: email }, REQUEST_BUTTONS[form]);
}

/** Enters a code on the page that asks for it. */
async function type(page: Page, code: string): Promise<void> {
  await submit(page, { [CODE]: code }, words.check.button);
}

/** Requests a sign-in link for an account. */
async function requestAs(page: Page, http: Site, email: string): Promise<EmailContents> {
  await createAccount(http, email);
  return emailFromForm(http, { form: "/sign-in-link", email }, () => ask(page, "/sign-in-link", email));
}

/** Opens a sign-in link that was requested in another browser. */
async function openElsewhere(page: Page, http: Site, email: string): Promise<void> {
  await createAccount(http, email);
  const asked = () => http.client().post("/sign-in-link", { email });
  const { link } = await emailFromForm(http, { form: "/sign-in-link", email }, asked);
  await page.goto(link);
}

async function useLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button").click();
  await page.waitForURL("**/users/me");
}

/** The objection link in the notice after signing in by a link. */
async function noticeOf(page: Page, http: Site, email: string): Promise<string> {
  const { link } = await requestAs(page, http, email);
  const notice = await emailSentBy(http, { to: email, subject: SUBJECTS.signedInByLink }, () => useLink(page, link));
  return notice.link;
}

async function objectAs(page: Page, http: Site, email: string): Promise<string> {
  const link = await noticeOf(page, http, email);
  await page.goto(link);
  await submit(page, {}, words.secure.button);
  return link;
}
