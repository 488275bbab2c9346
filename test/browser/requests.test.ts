import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { navigateBy, openBrowser, openRow, openSite, openUser, submit, visibleText } from "../support/browser.ts";
import { LIMITS } from "../support/every-page.ts";
import { PASSWORD } from "../support/open-app.ts";
import { createAccount, type EmailContents, emailFromForm } from "../support/site-emails.ts";
import { accountOf, assertSays, confirmButton, plain, REQUEST_BUTTONS, words } from "../support/words.ts";

const MINUTE = 60_000;
const NEW_PASSWORD = "a new and rather long password";
const NEXT = "/check-email?order=17#notes";

const FORMS = ["/sign-in-link", "/forgot-password", "/sign-up"] as const;
type Form = (typeof FORMS)[number];

/** The link on the sign-in page to each form. */
const WAYS = {
  "/sign-in-link": words.signIn.byLink,
  "/forgot-password": words.signIn.forgot,
  "/sign-up": "Create an account",
} as const;

/** One form where no script matters; the tests of the HTTP interface go through all. */
const WITHOUT_SCRIPT = ["/forgot-password"] as const;

const browser = await openBrowser();
const http = await openSite({ limits: LIMITS, allowNext: (path) => !path.startsWith("/forbidden") && isAllowed });
let isAllowed = true;
let people = 0;

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

for (const javaScriptEnabled of [true, false]) {
  /** For what no script touches. */
  const withScript = javaScriptEnabled ? it : () => {};

  describe(`A browser with several requests, with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    it("signs in by the first email's link after it requested a reset", async () => {
      const { page, email } = await person();
      const { link } = await request(page, "/sign-in-link", email);
      await request(page, "/forgot-password", email);

      await page.goto(link);
      assertSays(await visibleText(page), words.confirm.tap({ email: masked(email) }));
      await submit(page, {}, signInButton(email));

      assertSays(await visibleText(page), accountOf(email));
    });

    it("signs in by the first email's code after it requested a reset", async () => {
      const { page, email } = await person();
      const { code } = await request(page, "/sign-in-link", email);
      await request(page, "/forgot-password", email);

      await enterCode(page, code);

      assertSays(await visibleText(page), accountOf(email));
    });

    withScript("enters the code of a sign-up after it requested a reset for an address that it has not", async () => {
      const { page } = await person();
      const email = newAddress();
      const { code } = await request(page, "/sign-up", email);
      await page.goto("/forgot-password");
      await submit(page, { [words.email.label]: newAddress() }, words.forgot.button);

      await enterCode(page, code);
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.choose.button);

      assertSays(await visibleText(page), accountOf(email));
    });

    withScript("does not wait for a sign-in link any more that ended with the old address", async () => {
      const { page, email } = await person();
      await request(page, "/sign-in-link", email);
      await signInWithPassword(page, email);
      const to = newAddress();
      await openRow(page, words.me.changeEmailLabel);
      await page.getByLabel(words.emailChange.new).fill(to);
      await page.getByLabel(words.password.yourLabel, { exact: true }).fill(PASSWORD);
      await navigateBy(page, () => page.getByRole("button", { name: words.emailChange.button }).click());
      await page.goto(await linkInMailbox(to, "address-change"));
      await navigateBy(page, () => page.locator("main form button").first().click());

      await page.goto("/check-email");

      assert.equal(await page.getByLabel(words.code.label).count(), 0);
      assertSays(await visibleText(page), words.check.overTitle);
    });

    it("sends the email of each of two tabs again", async () => {
      const { page: first, context, email } = await person();
      const second = await context.newPage();
      await first.goto("/sign-in-link");
      await second.goto("/forgot-password");
      await emailFromForm(http, { form: "/sign-in-link", email }, () =>
        submit(first, { [words.email.label]: email }, words.link.button),
      );
      const other = (await person()).email;
      await emailFromForm(http, { form: "/forgot-password", email: other }, () =>
        submit(second, { [words.email.label]: other }, words.forgot.button),
      );
      http.pass(MINUTE);

      const again = await emailFromForm(http, { form: "/sign-in-link", email }, () => pressSendAgain(first));

      assert.match(await visibleText(first), new RegExp(email));
      await enterCode(second, again.code);
      assertSays(await visibleText(second), accountOf(email));
    });

    it("has both requests of two tabs whose first forms arrive at the same moment", async () => {
      const { page: first, context, email } = await person();
      const second = await context.newPage();
      const other = newAddress();
      await createAccount(http, other);
      const form = "/sign-in-link";
      for (const [tab, address] of [
        [first, email],
        [second, other],
      ] as const) {
        await tab.goto(form);
        await tab.getByLabel(words.email.label).fill(address);
      }
      const holds = [http.holdNext("answer"), http.holdNext("answer")];

      let firstLink = "";
      const { link: secondLink } = await emailFromForm(http, { form, email: other }, async () => {
        const submitted = await emailFromForm(http, { form, email }, async () => {
          const arrivals = [first, second].map((tab) =>
            navigateBy(tab, () => tab.locator("main form button:not([type])").click({ noWaitAfter: true })),
          );
          await Promise.all(holds.map(({ held }) => held));
          await Promise.all([...holds.map((hold) => hold.release()), ...arrivals]);
        });
        firstLink = submitted.link;
      });

      for (const [link, address] of [
        [firstLink, email],
        [secondLink, other],
      ] as const) {
        await second.goto(link);
        assertSays(await visibleText(second), words.confirm.tap({ email: masked(address) }));
      }
    });
  });

  describe(`A person on the way to a page, with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    for (const form of javaScriptEnabled ? FORMS : WITHOUT_SCRIPT) {
      it(`arrives there by the link from ${form}`, async () => {
        const { page, email } = await start(form);
        const { link } = await fromSignIn(page, form, email);

        await page.goto(link);
        await finish(page, form, email);

        assert.equal(pathOf(page), NEXT);
      });

      it(`arrives there by the code of an email that was sent again from ${form}`, async () => {
        const { page, email } = await start(form);
        await fromSignIn(page, form, email);
        http.pass(MINUTE);
        const { code } = await emailFromForm(http, { form, email }, () => pressSendAgain(page));

        await enterCode(page, code);
        if (form !== "/sign-in-link") await finish(page, form, email);

        assert.equal(pathOf(page), NEXT);
      });

      it(`is offered the page in another browser, by the link from ${form}`, async () => {
        const { page, email } = await start(form);
        const { link, code } = await fromSignIn(page, form, email);
        const { page: phone } = await openUser(browser, http, { javaScriptEnabled });

        await phone.goto(link);
        if (form === "/sign-in-link") await phone.getByLabel(words.code.label).fill(code);
        await finish(phone, form, email);

        assert.equal(new URL(phone.url()).pathname, "/users/me");
        await navigateBy(phone, () =>
          phone.getByRole("link", { name: plain(words.other.continueTo({ path: "/check-email" })) }).click(),
        );
        assert.equal(pathOf(phone), NEXT);
      });
    }

    withScript("arrives there by the new email that the page of a dead link sends", async () => {
      const { page, email } = await start("/forgot-password");
      const { link } = await fromSignIn(page, "/forgot-password", email);
      http.pass(61 * MINUTE);
      await page.goto(link);
      const second = await emailFromForm(http, { form: "/forgot-password", email }, () =>
        submit(page, {}, words.dead.newLink),
      );

      await page.goto(second.link);
      await finish(page, "/forgot-password", email);

      assert.equal(pathOf(page), NEXT);
    });

    withScript("arrives at the account page if the app forbids the page by then", async () => {
      const { page, email } = await start("/sign-in-link");
      const { link } = await fromSignIn(page, "/sign-in-link", email);
      await page.goto(link);
      isAllowed = false;
      await finish(page, "/sign-in-link", email);
      isAllowed = true;

      assert.equal(pathOf(page), "/users/me");
    });
  });

  async function person(): Promise<{ page: Page; context: BrowserContext; email: string }> {
    const email = newAddress();
    await createAccount(http, email);
    const { page } = await openUser(browser, http, { javaScriptEnabled });
    return { page, context: page.context(), email };
  }

  /** A person with an account, or for a sign-up without one. */
  async function start(form: Form): Promise<{ page: Page; email: string }> {
    if (form !== "/sign-up") return person();
    return { page: (await openUser(browser, http, { javaScriptEnabled })).page, email: newAddress() };
  }

  async function pressSendAgain(page: Page): Promise<void> {
    // The script counts the wait down by the clock of the page; a reload asks the server.
    if (javaScriptEnabled) await page.evaluate('document.querySelector("#send-again button").disabled = false');
    await submit(page, {}, words.check.resend);
  }
}

function newAddress(): string {
  people += 1;
  return `person${people}@example.com`;
}

function signInButton(email: string): string {
  return confirmButton(masked(email));
}

/** The address as pages show it: `a•••@example.com`. */
function masked(email: string): string {
  return email.replace(/^(.)[^@]*/, "$1•••");
}

function request(page: Page, form: Form, email: string): Promise<EmailContents> {
  return emailFromForm(http, { form, email }, async () => {
    await page.goto(form);
    await submit(page, { [words.email.label]: email }, REQUEST_BUTTONS[form]);
  });
}

/** Opens the sign-in page on the way to `NEXT`, and requests the email by its link to the form. */
function fromSignIn(page: Page, form: Form, email: string): Promise<EmailContents> {
  return emailFromForm(http, { form, email }, async () => {
    await page.goto(`/sign-in?next=${encodeURIComponent(NEXT)}`);
    await navigateBy(page, () => page.getByRole("link", { name: WAYS[form] }).click());
    await submit(page, { [words.email.label]: email }, REQUEST_BUTTONS[form]);
  });
}

/** Submits the form behind the link. */
async function finish(page: Page, form: Form, email: string): Promise<void> {
  if (form === "/sign-in-link") return submit(page, {}, signInButton(email));
  const button = form === "/sign-up" ? words.choose.button : words.reset.button;
  await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, button);
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.goto("/check-email");
  await submit(page, { [words.code.label]: code }, words.check.button);
}

async function signInWithPassword(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await submit(page, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
}

async function linkInMailbox(email: string, path: string): Promise<string> {
  const client = http.client();
  for (let tries = 0; tries < 100; tries += 1) {
    await http.deliver();
    await client.open("/mailbox");
    for (const [, mail = ""] of client.page.body.matchAll(/href="(\/mailbox\/[^"]+)"/g)) {
      await client.open(mail);
      const link = new RegExp(`/${path}/[\\w-]{43}`).exec(client.page.body)?.[0];
      if (link && client.page.body.includes(email)) return link;
    }
  }
  throw new Error(`no email to ${email} has a link to /${path}/`);
}

/** Path, query and fragment. */
function pathOf(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
}
