import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  followEmailLink,
  navigateBy,
  openBrowser,
  openEmail,
  openSite,
  openUser,
  submit,
  visibleText,
} from "../support/browser.ts";
import { PASSWORD } from "../support/open-app.ts";
import { accountOf, anyLink, assertSays, mailWords, SUBJECTS, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";

const browser = await openBrowser();

for (const javaScriptEnabled of [true, false]) {
  describe(`The journey in a real browser with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    it("leads from sign-up through a password reset to a sign-in (B5)", async () => {
      const http = await openSite();
      const { page, complaints } = await openUser(browser, http, { javaScriptEnabled });

      await page.goto("/sign-up");
      assert.match(await visibleText(page), new RegExp(words.signUp.title));
      await submit(page, { [words.email.label]: "anna@example.com" }, words.signUp.button);
      assertSays(await visibleText(page), words.check.title);
      await openEmail(page, SUBJECTS.signUp);
      await followEmailLink(page, mailWords.signUp.action);
      assert.equal(await page.getByLabel(words.email.label).inputValue(), "anna@example.com");
      await submit(page, { [words.password.newLabel]: PASSWORD }, words.choose.button);
      assertSays(await visibleText(page), words.me.doneSignUp, accountOf("anna@example.com"));
      assert.equal(new URL(page.url()).pathname, "/users/me");

      await submit(page, {}, "Sign out");
      await page.goto("/users/me");
      await navigateBy(page, () => page.getByRole("link", { name: words.signIn.forgot }).click());
      await submit(page, { [words.email.label]: "Anna@example.com" }, words.forgot.button);
      assertSays(await visibleText(page), words.check.title);
      await openEmail(page, SUBJECTS.reset);
      await followEmailLink(page, mailWords.reset.action);
      assertSays(await visibleText(page), words.reset.intro);
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
      assertSays(await visibleText(page), words.me.doneReset, accountOf("anna@example.com"));
      assert.equal(new URL(page.url()).pathname, "/users/me");

      await submit(page, {}, "Sign out");
      await submit(
        page,
        { [words.email.label]: "anna@example.com", [words.password.label]: PASSWORD },
        words.signIn.button,
      );
      assertSays(await visibleText(page), words.signIn.errorSummary, words.signIn.error({ reset: anyLink }));
      assert.equal(await page.getByLabel(words.email.label).inputValue(), "anna@example.com");
      assert.equal(await page.getByLabel(words.password.label, { exact: true }).inputValue(), "");
      await submit(page, { [words.password.label]: NEW_PASSWORD }, words.signIn.button);
      assertSays(await visibleText(page), accountOf("anna@example.com"));
      await openEmail(page, SUBJECTS.passwordChanged);

      assert.deepEqual(complaints, []);
    });

    it("shows what is wrong with a password and accepts another in the same form", async () => {
      const http = await openSite();
      const { page, complaints } = await openUser(browser, http, { javaScriptEnabled });
      await page.goto("/sign-up");
      await submit(page, { [words.email.label]: "anna@example" }, words.signUp.button);
      assertSays(await visibleText(page), words.error.emailDomain);
      await submit(page, { [words.email.label]: "anna@example.com" }, words.signUp.button);
      await openEmail(page, SUBJECTS.signUp);
      await followEmailLink(page, mailWords.signUp.action);

      await submit(page, { [words.password.newLabel]: "short" }, words.choose.button);
      assertSays(await visibleText(page), words.password.tooShort(15));
      await submit(page, { [words.password.newLabel]: PASSWORD }, words.choose.button);

      assertSays(await visibleText(page), accountOf("anna@example.com"));
      assert.deepEqual(complaints, []);
    });
  });
}
