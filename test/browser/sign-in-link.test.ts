import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
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
import { LIMITS } from "../support/every-page.ts";
import { PASSWORD } from "../support/open-app.ts";
import { createAccount, type EmailContents, emailFromForm, emailSentBy } from "../support/site-emails.ts";
import { mailWords, SUBJECTS } from "../support/words.ts";

const MINUTE = 60_000;
const NEW_PASSWORD = "a new and rather long password";

const browser = await openBrowser();

for (const javaScriptEnabled of [true, false]) {
  describe(`Signing in by an emailed link with JavaScript ${javaScriptEnabled ? "on" : "off"}`, async () => {
    const http = await openSite({ limits: LIMITS });

    it("takes one tap in the requesting browser", async () => {
      const { page, complaints } = await openUser(browser, http, { javaScriptEnabled });
      await createAccount(http, "anna@example.com");
      await page.goto("/sign-in");
      await navigateBy(page, () => page.getByRole("link", { name: "Mail me a sign-in link instead" }).click());
      await submit(page, { "Email address": "Anna@example.com" }, "Send me a link");
      assert.match(
        await visibleText(page),
        /If we can help with anna@example\.com, a mail with a link and a code is on its way/,
      );

      await openEmail(page, SUBJECTS.signInLink);
      await followEmailLink(page, "Sign in");
      assert.match(await visibleText(page), /One tap, and you are signed in/);
      await submit(page, {}, "Sign in as a•••@example.com");

      assert.match(await visibleText(page), /You are signed in as anna@example\.com/);
      assert.equal(new URL(page.url()).pathname, "/users/me");
      assert.deepEqual(complaints, []);
    });

    it("takes the code of the same email in another browser", async () => {
      const laptop = await person();
      const phone = await person();
      const { link, code } = await requestAs(laptop, "bob@example.com");

      await phone.goto(link);
      assert.match(await visibleText(phone), /You asked for this link in another browser/);
      await submit(phone, {}, "Sign in as b•••@example.com");
      assert.match(await visibleText(phone), /The code in the mail has eight digits/);
      await submit(phone, { "Code from the mail": differentCode(code) }, "Sign in as b•••@example.com");
      assert.match(await visibleText(phone), /That is not the code of our mail\. You have 4 more tries/);
      assert.match(code, /^\d{4} \d{4}$/);
      await submit(phone, { "Code from the mail": code }, "Sign in as b•••@example.com");

      assert.match(await visibleText(phone), /You are signed in as bob@example\.com/);
      await isSignedOut(laptop);
    });

    it("works by the code in the requesting browser and revokes the link that is open in another", async () => {
      const laptop = await person();
      const phone = await person();
      const { link, code } = await requestAs(laptop, "carla@example.com");
      await phone.goto(link);

      await submit(laptop, { "Code from the mail": code }, "Continue here");
      assert.match(await visibleText(laptop), /You are signed in as carla@example\.com/);
      await submit(phone, { "Code from the mail": code }, "Sign in as c•••@example.com");

      assert.match(
        await visibleText(phone),
        /This link has been replaced Another link or code from one of our mails was used/,
      );
      await isSignedOut(phone);
    });

    for (const { form, email, button } of [
      { form: "/forgot-password", email: "dora@example.com", button: "Save password and sign in" },
      { form: "/sign-up", email: "emil@example.com", button: "Create account" },
    ] as const) {
      it(`has a counterpart at ${form}: the code leads to the new password in the requesting browser`, async () => {
        const laptop = await person();
        const phone = await person();
        if (form === "/forgot-password") await createAccount(http, email);
        const { link, code } = await emailFromForm(http, { form, email }, () => ask(laptop, form, email));
        await phone.goto(link);

        await submit(laptop, { "Code from the mail": code }, "Continue here");
        assert.equal(await laptop.getByLabel("Email address").inputValue(), email);
        await submit(laptop, { "New password": NEW_PASSWORD }, button);
        assert.match(await visibleText(laptop), new RegExp(`You are signed in as ${email}`));

        await submit(phone, { "New password": "another and rather long password" }, button);
        assert.match(await visibleText(phone), /This link has been replaced/);
        await isSignedOut(phone);
      });
    }

    it("names the account signed in before and ends its session only on confirmation", async () => {
      const page = await person();
      const before = await person();
      await createAccount(http, "fred@example.com");
      const { link } = await requestAs(page, "gina@example.com");
      await page.goto("/sign-in");
      await submit(page, { "Email address": "fred@example.com", Password: PASSWORD }, "Sign in");
      await before.context().addCookies(await page.context().cookies());

      await page.goto(link);
      assert.match(
        await visibleText(page),
        /you are signed in as f•••@example\.com\. Going on signs that account out here, and g•••@example\.com in/,
      );
      await page.goto("/users/me");
      assert.match(await visibleText(page), /You are signed in as fred@example\.com/);
      await page.goto(link);
      await submit(page, {}, "Sign in as g•••@example.com");

      assert.match(await visibleText(page), /You are signed in as gina@example\.com/);
      await isSignedOut(before);
    });

    it("can be requested again after a minute, and the first email still works", async () => {
      const page = await person();
      await page.clock.install();
      const { code } = await requestAs(page, "hanna@example.com");
      const again = page.getByRole("button", { name: "Send again" });
      const sendAgain = () =>
        emailFromForm(http, { form: "/sign-in-link", email: "hanna@example.com" }, () =>
          submit(page, {}, "Send again"),
        );

      if (javaScriptEnabled) {
        assert.equal(await again.isDisabled(), true);
        await page.clock.runFor(1_000);
        assert.match(await visibleText(page), /Send again in (?:59|5[0-8]) seconds/);
        await page.clock.fastForward(MINUTE);
        assert.equal(await again.isEnabled(), true);
        assert.doesNotMatch(await visibleText(page), /Send again in/);
      } else {
        const [answer] = await Promise.all([page.waitForResponse("**/check-email"), submit(page, {}, "Send again")]);
        assert.equal(answer.status(), 429);
        assert.match(answer.headers()["retry-after"] ?? "", /^(?:60|5\d)$/);
        assert.match(await visibleText(page), /Please wait (?:60|5\d) seconds before we send it again/);
      }
      http.pass(MINUTE);
      const second = await sendAgain();

      assert.match(await visibleText(page), /If we can help, another mail is on its way\. The earlier one works too/);
      assert.notEqual(second.code, code);
      await submit(page, { "Code from the mail": code }, "Continue here");
      assert.match(await visibleText(page), /You are signed in as hanna@example\.com/);
    });

    it("can be reported from its notice, and the owner recovers the account", async () => {
      const email = "ida@example.com";
      const intruder = await person();
      const owner = await person();
      const { link } = await requestAs(intruder, email);
      await intruder.goto(link);
      await emailSentBy(http, { to: email, subject: SUBJECTS.signedInByLink }, () =>
        submit(intruder, {}, "Sign in as i•••@example.com"),
      );

      await openEmail(owner, "Someone signed in to your Latchkey account");
      await followEmailLink(owner, "This wasn’t me");
      assert.match(await visibleText(owner), /shut them out of the account of i•••@example\.com/);
      await emailSentBy(http, { to: email, subject: SUBJECTS.reset }, () => submit(owner, {}, "This wasn’t me"));
      assert.match(await visibleText(owner), /All browsers are signed out, and the old password no longer works/);
      await isSignedOut(intruder);
      await submit(intruder, { "Email address": email, Password: PASSWORD }, "Sign in");
      assert.match(await visibleText(intruder), /do not match an account/);

      await openEmail(owner, SUBJECTS.reset);
      await followEmailLink(owner, mailWords.reset.action);
      await submit(owner, { "New password": NEW_PASSWORD }, "Save password and sign in");
      assert.match(await visibleText(owner), /You are signed in as ida@example\.com/);
      await submit(owner, {}, "Sign out");
      await submit(owner, { "Email address": email, Password: NEW_PASSWORD }, "Sign in");
      assert.match(await visibleText(owner), /You are signed in as ida@example\.com/);
    });

    /** Opens a browser with its own cookies. */
    async function person(): Promise<Page> {
      return (await openUser(browser, http, { javaScriptEnabled })).page;
    }

    /** Creates an account and requests a sign-in link for it. */
    async function requestAs(page: Page, email: string): Promise<EmailContents> {
      await createAccount(http, email);
      return emailFromForm(http, { form: "/sign-in-link", email }, () => ask(page, "/sign-in-link", email));
    }
  });
}

async function ask(page: Page, form: string, email: string): Promise<void> {
  await page.goto(form);
  await submit(page, { "Email address": email }, "Send me a link");
}

async function isSignedOut(page: Page): Promise<void> {
  await page.goto("/users/me");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
}

/** Eight digits that are not the code. */
function differentCode(code: string): string {
  return code === "1234 5678" ? "8765 4321" : "1234 5678";
}
