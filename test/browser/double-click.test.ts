import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  mouseClicker,
  navigateBy,
  openBrowser,
  openSite,
  openUser,
  type Site,
  submit,
  visibleText,
} from "../support/browser.ts";
import { createAccount, emailedLink } from "../support/site-emails.ts";
import { accountOf, assertSays, SUBJECTS, words } from "../support/words.ts";

const EMAIL = "anna@example.com";
const NEW_PASSWORD = "a new and rather long password";
const NOTICE = SUBJECTS.passwordChanged;

const browser = await openBrowser();

const FORMS = [
  {
    name: "the new password form",
    button: words.reset.button,
    action: "/reset-password",
    justUsed: words.justUsed.reset,
    open: openReset,
    notices: 1,
  },
  {
    name: "the sign-up password form",
    button: words.choose.button,
    action: "/sign-up/confirm",
    justUsed: words.justUsed.signUp,
    open: openSignUp,
    notices: 0,
  },
] as const;

for (const { name, button, action, justUsed, open, notices } of FORMS) {
  for (const javaScriptEnabled of [true, false]) {
    describe(`Submitting ${name} twice with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
      if (javaScriptEnabled) {
        it("by a double click leaves the user signed in", async () => {
          const { http, page, submitButton } = await atTheForm();

          await navigateBy(page, () => submitButton.dblclick());

          const done = [words.me.doneSignUp, words.me.doneReset];
          const text = await visibleText(page);
          assert.ok(done.some((sentence) => text.includes(sentence)));
          await isSignedInOnce(http, page);
        });
      }

      const then = javaScriptEnabled ? "leaves the user signed in" : "leads to the sign-in form";
      it(`during a late response ${then}`, async () => {
        const { http, page, click } = await atTheForm();

        const late = http.holdNext("answer");
        await click();
        await late.held;
        if (javaScriptEnabled) {
          await click();
          await navigateBy(page, late.release);
          assert.equal(http.forms.length, 1);
          assert.equal(new URL(page.url()).pathname, "/users/me");
        } else {
          await navigateBy(page, click);
          await late.release();
          assert.equal(http.forms.length, 2);
          assertSays(await visibleText(page), justUsed);
          await submit(page, { [words.email.label]: EMAIL, [words.password.label]: NEW_PASSWORD }, words.signIn.button);
          assertSays(await visibleText(page), accountOf("anna@example.com"));
        }

        if (javaScriptEnabled) await isSignedInOnce(http, page);
      });

      if (javaScriptEnabled) {
        it("is possible again after a first submission without effect", async () => {
          const { http, page, click } = await atTheForm();

          await page.route(`**${action}`, (route) => route.fulfill({ status: 204 }), { times: 1 });
          await Promise.all([page.waitForResponse((response) => response.status() === 204), click()]);
          await page.clock.fastForward(5_000);
          await navigateBy(page, click);

          assert.equal(http.forms.length, 1);
          await isSignedInOnce(http, page);
        });
      }

      async function atTheForm() {
        const http = await openSite();
        const { page } = await openUser(browser, http, { javaScriptEnabled });
        await page.clock.install();
        await open(http, page);
        await page.getByLabel(words.password.newLabel, { exact: true }).fill(NEW_PASSWORD);
        http.forms.length = 0;
        const submitButton = page.getByRole("button", { name: button });
        return { http, page, submitButton, click: await mouseClicker(page, submitButton) };
      }

      async function isSignedInOnce(http: Site, page: Page) {
        await page.goto("/users/me");
        assertSays(await visibleText(page), accountOf("anna@example.com"));
        assert.equal(await page.locator(".rows .device").count(), 1, "one session");
        await http.deliver();
        await page.goto("/mailbox");
        assert.equal(await page.getByRole("link", { name: NOTICE }).count(), notices, "notices");
      }
    });
  }
}

async function openReset(http: Site, page: Page) {
  await createAccount(http, EMAIL);
  await page.goto(await emailedLink(http, "/forgot-password", EMAIL));
}

async function openSignUp(http: Site, page: Page) {
  await page.goto(await emailedLink(http, "/sign-up", EMAIL));
}
