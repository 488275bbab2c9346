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
import { mailWords, SUBJECTS } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";

const browser = await openBrowser();

for (const javaScriptEnabled of [true, false]) {
  describe(`The journey in a real browser with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    it("leads from sign-up through a password reset to a sign-in (B5)", async () => {
      const http = await openSite();
      const { page, complaints } = await openUser(browser, http, { javaScriptEnabled });

      await page.goto("/sign-up");
      assert.match(await visibleText(page), /Create your account/);
      await submit(page, { "Email address": "anna@example.com" }, "Send me a link");
      assert.match(await visibleText(page), /Check your email/);
      await openEmail(page, SUBJECTS.signUp);
      await followEmailLink(page, mailWords.signUp.action);
      assert.equal(await page.getByLabel("Email address").inputValue(), "anna@example.com");
      await submit(page, { "New password": PASSWORD }, "Create account");
      assert.match(await visibleText(page), /Welcome\. Your account is ready\. You are signed in as anna@example\.com/);
      assert.equal(new URL(page.url()).pathname, "/users/me");

      await submit(page, {}, "Sign out");
      await page.goto("/users/me");
      await navigateBy(page, () => page.getByRole("link", { name: "Forgot your password?" }).click());
      await submit(page, { "Email address": "Anna@example.com" }, "Send me a link");
      assert.match(await visibleText(page), /Check your email/);
      await openEmail(page, SUBJECTS.reset);
      await followEmailLink(page, mailWords.reset.action);
      assert.match(await visibleText(page), /signed out everywhere else/);
      await submit(page, { "New password": NEW_PASSWORD }, "Save password and sign in");
      assert.match(await visibleText(page), /Your new password is set\..* You are signed in as anna@example\.com/);
      assert.equal(new URL(page.url()).pathname, "/users/me");

      await submit(page, {}, "Sign out");
      await submit(page, { "Email address": "anna@example.com", Password: PASSWORD }, "Sign in");
      assert.match(await visibleText(page), /That address and password do not match an account/);
      assert.equal(await page.getByLabel("Email address").inputValue(), "anna@example.com");
      assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), "");
      await submit(page, { Password: NEW_PASSWORD }, "Sign in");
      assert.match(await visibleText(page), /You are signed in as anna@example\.com/);
      await openEmail(page, SUBJECTS.passwordChanged);

      assert.deepEqual(complaints, []);
    });

    it("shows what is wrong with a password and accepts another in the same form", async () => {
      const http = await openSite();
      const { page, complaints } = await openUser(browser, http, { javaScriptEnabled });
      await page.goto("/sign-up");
      await submit(page, { "Email address": "anna@example" }, "Send me a link");
      assert.match(await visibleText(page), /Check the part after the @/);
      await submit(page, { "Email address": "anna@example.com" }, "Send me a link");
      await openEmail(page, SUBJECTS.signUp);
      await followEmailLink(page, mailWords.signUp.action);

      await submit(page, { "New password": "short" }, "Create account");
      assert.match(await visibleText(page), /too short\. It needs at least 15 characters/);
      await submit(page, { "New password": PASSWORD }, "Create account");

      assert.match(await visibleText(page), /You are signed in as anna@example\.com/);
      assert.deepEqual(complaints, []);
    });
  });
}
