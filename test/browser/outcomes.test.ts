import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Rich } from "../../src/i18n/rich.ts";
import { navigateBy, openBrowser, openRow, openSite, openUser, submit, visibleText } from "../support/browser.ts";
import { LIMITS } from "../support/every-page.ts";
import { PASSWORD, tokenOf } from "../support/open-app.ts";
import { createAccount, emailedLink, emailFromForm, emailSentBy } from "../support/site-emails.ts";
import { accountOf, assertSays, confirmButton, SUBJECTS, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";

const browser = await openBrowser();
const http = await openSite({ limits: LIMITS });

for (const javaScriptEnabled of [true, false]) {
  const mode = javaScriptEnabled ? "on" : "off";

  describe(`Back and Reload after a refused form with JavaScript ${mode}`, () => {
    it("open a reset link again after a refused password", async () => {
      const page = await openPage();
      const link = await resetLink(`reset-${mode}@example.com`);
      await page.goto(link);
      await submit(page, { [words.password.newLabel]: "short" }, words.reset.button);
      if (javaScriptEnabled) assert.equal(new URL(page.url()).pathname, link);

      await navigateBy(page, () => page.goBack());
      assert.equal(new URL(page.url()).pathname, link);
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);

      assertSays(await visibleText(page), words.me.doneReset);
    });

    it("open a sign-up link again after a refused password", async () => {
      const page = await openPage();
      await page.goto(await emailedLink(http, "/sign-up", `new-${mode}@example.com`));
      await submit(page, { [words.password.newLabel]: "short" }, words.choose.button);

      await navigateBy(page, () => page.goBack());
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.choose.button);

      assertSays(await visibleText(page), words.me.doneSignUp);
    });

    it("open a sign-in link again after a wrong code", async () => {
      const page = await openPage();
      const email = `code-${mode}@example.com`;
      await createAccount(http, email);
      const ask = () => http.client().post("/sign-in-link", { email });
      const { link, code } = await emailFromForm(http, { form: "/sign-in-link", email }, ask);
      await page.goto(link);
      const wrong = code === "1234 5678" ? "8765 4321" : "1234 5678";
      await submit(page, { [words.code.label]: wrong }, confirmButton("c•••@example.com"));

      await navigateBy(page, () => page.goBack());
      await submit(page, { [words.code.label]: code }, confirmButton("c•••@example.com"));

      assert.match(await visibleText(page), new RegExp(accountOf("code-")));
    });

    it("open an email-change link again after a wrong password", async () => {
      const page = await openPage();
      const { link } = await changeLink(await openPage(), `moves-${mode}@example.com`);
      await page.goto(link);
      await submit(page, { [words.password.yourLabel]: "not the password" }, words.address.button);

      await navigateBy(page, () => page.goBack());
      await submit(page, { [words.password.yourLabel]: PASSWORD }, words.address.button);

      assert.equal(new URL(page.url()).pathname, "/address-change/done");
    });

    if (javaScriptEnabled) {
      it("open the form by GET after a reload, and remove the token once it was used", async () => {
        const page = await openPage();
        const link = await resetLink("reload@example.com");
        await page.goto(`${link}.`);
        await submit(page, { [words.password.newLabel]: "short" }, words.reset.button);
        const [request] = await Promise.all([page.waitForRequest(`**${link}`), page.reload()]);
        assert.equal(request.method(), "GET");
        await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
        assert.equal(new URL(page.url()).pathname, "/users/me");

        await navigateBy(page, () => page.goBack());

        assertSays(await visibleText(page), words.dead.usedTitle);
        assert.ok(!page.url().includes(tokenOf(link)));
      });

      it("open the page of a form that has no page of its own", async () => {
        const page = await openPage();
        const email = "own@example.com";
        await signIn(page, email);
        await openRow(page, words.me.changePasswordLabel);
        await submit(
          page,
          { [words.password.currentLabel]: "not it", [words.password.newLabel]: NEW_PASSWORD },
          words.me.passwordButton,
        );

        const response = await page.reload();

        assert.equal(response?.request().method(), "GET");
        assertSays(await visibleText(page), accountOf(email));
      });
    }
  });

  describe(`Reload and Back after a success with JavaScript ${mode}`, () => {
    it("repeat no request for another address", async () => {
      const page = await openPage();
      await changeLink(page, `asks-${mode}@example.com`);

      await repeatsNothing(page, words.emailChange.askedUnnamed);
    });

    it("repeat no confirmation of an address", async () => {
      const page = await openPage();
      const { link } = await changeLink(page, `confirms-${mode}@example.com`);
      await page.goto(link);
      await submit(page, {}, words.address.button);

      await repeatsNothing(page, words.address.doneElse({ email: "c•••@new.example" }));
    });

    it("repeat no undo of an address change", async () => {
      const page = await openPage();
      const { link, email } = await changeLink(page, `undoes-${mode}@example.com`);
      await page.goto(link);
      const change = () => submit(page, {}, words.address.button);
      const notice = await emailSentBy(http, { to: email, subject: SUBJECTS.emailChanged }, change);
      await page.goto(notice.link);
      await submit(page, {}, words.secure.button);

      await repeatsNothing(page, words.undo.done);
    });

    it("repeat no security alert", async () => {
      const page = await openPage();
      const email = `alerts-${mode}@example.com`;
      await page.goto(await resetLink(email));
      const reset = () => submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
      const notice = await emailSentBy(http, { to: email, subject: SUBJECTS.passwordChanged }, reset);
      await page.goto(notice.link);
      await submit(page, {}, words.secure.button);

      await repeatsNothing(page, words.secure.done);
    });

    it("repeat no request for a reset link", async () => {
      const page = await openPage();
      await page.goto("/forgot-password");
      await submit(page, { [words.email.label]: `asked-${mode}@example.com` }, words.forgot.button);

      await repeatsNothing(page, words.check.title);
    });
  });

  async function openPage(): Promise<Page> {
    return (await openUser(browser, http, { javaScriptEnabled })).page;
  }
}

describe("A link that a mail program changed", () => {
  for (const [i, appended] of [".", ")", "%3E", "%E2%80%8B", "/", "?utm_source=mail", "%C2%A0", "/)."].entries()) {
    it(`opens with ${appended} behind it`, async () => {
      const { page } = await openUser(browser, http);
      const link = await emailedLink(http, "/sign-up", `link${i}@example.com`);

      const response = await page.goto(link + appended);

      assert.equal(response?.status(), 200);
      await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.choose.button);
      assertSays(await visibleText(page), words.me.doneSignUp);
    });
  }
});

describe("An address that was pasted", () => {
  for (const [what, typed] of [
    ["with U+200B in front", "\u200bPasted@example.com"],
    ["with U+00A0 behind", "pasted@example.com\u00a0"],
    ["as mailto", "mailto:pasted@example.com"],
    ["with a name and brackets", "Anna <pasted@example.com>"],
    ["with a trailing comma", "pasted@example.com,"],
    ["with a full stop and quotes", "\u201cpasted@example.com.\u201d"],
    ["with a mark of direction", "\u202apasted@example.com\u202c"],
  ] as const) {
    it(`is accepted ${what}`, async () => {
      const { page } = await openUser(browser, http);
      await page.goto("/forgot-password");
      await submit(page, { [words.email.label]: typed }, words.forgot.button);

      assert.equal(new URL(page.url()).pathname, "/check-email");
      assert.match(await visibleText(page), /pasted@example\.com/);
    });
  }

  for (const [typed, sentence] of [
    ["", words.error.emailEmpty],
    ["anna.example.com", words.error.emailNoAt],
    ["anna maria@example.com", words.error.emailSpace],
    ["anna@home@example.com", words.error.emailSeveral],
    ["anna@example", words.error.emailDomain],
  ] as const) {
    it(`is named wrong if it is ${JSON.stringify(typed)}`, async () => {
      const { page } = await openUser(browser, http);
      await page.goto("/sign-up");
      await submit(page, { [words.email.label]: typed }, words.signUp.button);

      assertSays(await visibleText(page), sentence);
    });
  }
});

describe("An address with an internationalised domain", () => {
  for (const [typed, shown] of [
    ["Anna@B\u00fccher-M\u00fcller.example", "anna@b\u00fccher-m\u00fcller.example"],
    [
      "anna@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
      "anna@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
    ],
    ["anna@\u4f8b\u3048.\u30c6\u30b9\u30c8", "anna@\u4f8b\u3048.\u30c6\u30b9\u30c8"],
    ["anna@\u0430\u0440\u0440\u04cf\u0435.com", "anna@xn--80ak6aa92e.com"],
  ] as const) {
    it(`is shown as ${shown}`, async () => {
      const { page } = await openUser(browser, http);
      await page.goto("/sign-in-link");
      await submit(page, { [words.email.label]: typed }, words.link.button);

      assert.ok((await visibleText(page)).includes(shown));
    });
  }
});

describe("A pass phrase with a space of another keyboard", () => {
  for (const space of ["\u00a0", "\u3000", "\u2009"]) {
    it(`signs in with U+${space.codePointAt(0)?.toString(16).padStart(4, "0")}`, async () => {
      const { page } = await openUser(browser, http);
      const email = `space${space.codePointAt(0)}@example.com`;
      await createAccount(http, email);
      await page.goto("/sign-in");
      await submit(
        page,
        { [words.email.label]: email, [words.password.label]: PASSWORD.replaceAll(" ", space) },
        words.signIn.button,
      );

      assertSays(await visibleText(page), accountOf(email));
    });
  }
});

/** Reloads twice and goes back and forth; nothing is sent again, and the page still states what happened. */
async function repeatsNothing(page: Page, stated: string | Rich): Promise<void> {
  assertSays(await visibleText(page), stated);
  await http.deliver();
  const emails = await countEmails();
  http.forms.length = 0;
  for (let reloads = 0; reloads < 2; reloads += 1) {
    const response = await page.reload();
    assert.equal(response?.status(), 200);
    assertSays(await visibleText(page), stated);
  }
  await page.goBack();
  await page.goForward();
  assertSays(await visibleText(page), stated);
  await http.deliver();
  assert.deepEqual(http.forms, []);
  assert.equal(await countEmails(), emails);
}

async function countEmails(): Promise<number> {
  const client = http.client();
  await client.open("/mailbox");
  return client.page.body.split('href="/mailbox/').length;
}

async function resetLink(email: string): Promise<string> {
  await createAccount(http, email);
  return emailedLink(http, "/forgot-password", email);
}

async function signIn(page: Page, email: string): Promise<void> {
  await createAccount(http, email);
  await page.goto("/sign-in");
  await submit(page, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
}

/** Signs in and requests another address. */
async function changeLink(page: Page, email: string): Promise<{ link: string; email: string }> {
  await signIn(page, email);
  const to = email.replace("@example.com", "@new.example");
  const fields = { [words.emailChange.new]: to, [words.password.yourLabel]: PASSWORD };
  await openRow(page, words.me.changeEmailLabel);
  const ask = () => submit(page, fields, words.emailChange.button);
  const { link } = await emailSentBy(http, { to, subject: SUBJECTS.emailChange }, ask);
  return { link, email };
}
