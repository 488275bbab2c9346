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
import {
  accountOf,
  assertSays,
  confirmButton,
  mailWords,
  REQUEST_BUTTONS,
  type RequestPath,
  SUBJECTS,
  words,
} from "../support/words.ts";

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
      await navigateBy(page, () => page.getByRole("link", { name: words.signIn.byLink }).click());
      await submit(page, { [words.email.label]: "Anna@example.com" }, words.link.button);
      assertSays(await visibleText(page), words.check.signIn({ email: "anna@example.com", product: "Latchkey" }));

      await openEmail(page, SUBJECTS.signInLink);
      await followEmailLink(page, "Sign in");
      assertSays(await visibleText(page), words.confirm.tap({ email: "a•••@example.com" }));
      await submit(page, {}, confirmButton("a•••@example.com"));

      assertSays(await visibleText(page), accountOf("anna@example.com"));
      assert.equal(new URL(page.url()).pathname, "/users/me");
      assert.deepEqual(complaints, []);
    });

    it("takes the code of the same email in another browser", async () => {
      const laptop = await person();
      const phone = await person();
      const { link, code } = await requestAs(laptop, "bob@example.com");

      await phone.goto(link);
      assertSays(await visibleText(phone), words.confirm.code);
      await submit(phone, {}, confirmButton("b•••@example.com"));
      assertSays(await visibleText(phone), words.code.errorFormat);
      await submit(phone, { [words.code.label]: differentCode(code) }, confirmButton("b•••@example.com"));
      assertSays(await visibleText(phone), words.code.errorWrong(4));
      assert.match(code, /^\d{4} \d{4}$/);
      await submit(phone, { [words.code.label]: code }, confirmButton("b•••@example.com"));

      assertSays(await visibleText(phone), accountOf("bob@example.com"));
      await isSignedOut(laptop);
    });

    it("works by the code in the requesting browser and revokes the link that is open in another", async () => {
      const laptop = await person();
      const phone = await person();
      const { link, code } = await requestAs(laptop, "carla@example.com");
      await phone.goto(link);

      await submit(laptop, { [words.code.label]: code }, words.check.button);
      assertSays(await visibleText(laptop), accountOf("carla@example.com"));
      await submit(phone, { [words.code.label]: code }, confirmButton("c•••@example.com"));

      assertSays(await visibleText(phone), words.dead.endedTitle);
      await isSignedOut(phone);
    });

    for (const { form, email, button } of [
      { form: "/forgot-password", email: "dora@example.com", button: words.reset.button },
      { form: "/sign-up", email: "emil@example.com", button: words.choose.button },
    ] as const) {
      it(`has a counterpart at ${form}: the code leads to the new password in the requesting browser`, async () => {
        const laptop = await person();
        const phone = await person();
        if (form === "/forgot-password") await createAccount(http, email);
        const { link, code } = await emailFromForm(http, { form, email }, () => ask(laptop, form, email));
        await phone.goto(link);

        await submit(laptop, { [words.code.label]: code }, words.check.button);
        assert.equal(await laptop.getByLabel(words.email.label).inputValue(), email);
        await submit(laptop, { [words.password.newLabel]: NEW_PASSWORD }, button);
        assertSays(await visibleText(laptop), accountOf(email));

        await submit(phone, { [words.password.newLabel]: "another and rather long password" }, button);
        assertSays(await visibleText(phone), words.dead.endedTitle);
        await isSignedOut(phone);
      });
    }

    it("names the account signed in before and ends its session only on confirmation", async () => {
      const page = await person();
      const before = await person();
      await createAccount(http, "fred@example.com");
      const { link } = await requestAs(page, "gina@example.com");
      await page.goto("/sign-in");
      await submit(
        page,
        { [words.email.label]: "fred@example.com", [words.password.label]: PASSWORD },
        words.signIn.button,
      );
      await before.context().addCookies(await page.context().cookies());

      await page.goto(link);
      assertSays(
        await visibleText(page),
        words.other.signedIn({ current: "f•••@example.com", next: "g•••@example.com" }),
      );
      await page.goto("/users/me");
      assertSays(await visibleText(page), accountOf("fred@example.com"));
      await page.goto(link);
      await submit(page, {}, confirmButton("g•••@example.com"));

      assertSays(await visibleText(page), accountOf("gina@example.com"));
      await isSignedOut(before);
    });

    it("can be requested again after a minute, and the first email still works", async () => {
      const page = await person();
      await page.clock.install();
      const { code } = await requestAs(page, "hanna@example.com");
      const again = page.getByRole("button", { name: words.check.resend });
      const sendAgain = () =>
        emailFromForm(http, { form: "/sign-in-link", email: "hanna@example.com" }, () =>
          submit(page, {}, words.check.resend),
        );

      if (javaScriptEnabled) {
        assert.equal(await again.isDisabled(), true);
        await page.clock.runFor(1_000);
        assert.match(await visibleText(page), seconds(words.check.resendIn));
        await page.clock.fastForward(MINUTE);
        assert.equal(await again.isEnabled(), true);
        assert.doesNotMatch(await visibleText(page), seconds(words.check.resendIn));
      } else {
        const [answer] = await Promise.all([
          page.waitForResponse("**/check-email"),
          submit(page, {}, words.check.resend),
        ]);
        assert.equal(answer.status(), 429);
        assert.match(answer.headers()["retry-after"] ?? "", /^(?:60|5\d)$/);
        assert.match(await visibleText(page), seconds(words.check.tooSoon));
      }
      http.pass(MINUTE);
      const second = await sendAgain();

      assertSays(await visibleText(page), words.check.sentAgain({ email: "hanna@example.com" }));
      assert.notEqual(second.code, code);
      await submit(page, { [words.code.label]: code }, words.check.button);
      assertSays(await visibleText(page), accountOf("hanna@example.com"));
    });

    it("can be reported from its notice, and the owner recovers the account", async () => {
      const email = "ida@example.com";
      const intruder = await person();
      const owner = await person();
      const { link } = await requestAs(intruder, email);
      await intruder.goto(link);
      await emailSentBy(http, { to: email, subject: SUBJECTS.signedInByLink }, () =>
        submit(intruder, {}, confirmButton("i•••@example.com")),
      );

      await openEmail(owner, SUBJECTS.signedInByLink);
      await followEmailLink(owner, mailWords.common.notMe);
      assertSays(await visibleText(owner), words.secure.intro({ email: "i•••@example.com" }));
      await emailSentBy(http, { to: email, subject: SUBJECTS.reset }, () => submit(owner, {}, words.secure.button));
      assertSays(await visibleText(owner), words.secure.done);
      await isSignedOut(intruder);
      await submit(intruder, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
      assertSays(await visibleText(intruder), words.signIn.errorSummary);

      await openEmail(owner, SUBJECTS.reset);
      await followEmailLink(owner, mailWords.reset.action);
      await submit(owner, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
      assertSays(await visibleText(owner), accountOf("ida@example.com"));
      await submit(owner, {}, "Sign out");
      await submit(owner, { [words.email.label]: email, [words.password.label]: NEW_PASSWORD }, words.signIn.button);
      assertSays(await visibleText(owner), accountOf("ida@example.com"));
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

async function ask(page: Page, form: RequestPath, email: string): Promise<void> {
  await page.goto(form);
  await submit(page, { [words.email.label]: email }, REQUEST_BUTTONS[form]);
}

async function isSignedOut(page: Page): Promise<void> {
  await page.goto("/users/me");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
}

/** A sentence with any number of seconds. */
function seconds(sentence: (n: number) => string): RegExp {
  return new RegExp(sentence(60).replace("60", "\\d+"));
}

/** Eight digits that are not the code. */
function differentCode(code: string): string {
  return code === "1234 5678" ? "8765 4321" : "1234 5678";
}
