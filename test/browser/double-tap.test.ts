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
import { tokenOf } from "../support/open-app.ts";
import { createAccount, type EmailContents, emailFromForm } from "../support/site-emails.ts";
import { accountOf, assertSays, confirmButton, words } from "../support/words.ts";

const EMAIL = "anna@example.com";

const browser = await openBrowser();

for (const javaScriptEnabled of [true, false]) {
  describe(`Confirming a sign-in link twice with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    if (javaScriptEnabled) {
      it("by a double click leaves the user signed in", async () => {
        const { page, submitButton } = await atTheButton();

        await navigateBy(page, () => submitButton.dblclick());

        await isSignedIn(page);
      });
    }

    const then = javaScriptEnabled ? "leaves the user signed in" : "offers a new link";
    it(`during a late response ${then}`, async () => {
      const { http, page, click } = await atTheButton();

      const late = http.holdNext("answer");
      await click();
      await late.held;
      if (javaScriptEnabled) {
        await click();
        await navigateBy(page, late.release);
        assert.equal(http.forms.length, 1);
        await isSignedIn(page);
      } else {
        await navigateBy(page, click);
        await late.release();
        assert.equal(http.forms.length, 2);
        assertSays(await visibleText(page), words.justUsed.signInTitle);
        assert.equal(await page.getByRole("button").count(), 1);
        assert.ok(await page.getByRole("button", { name: words.dead.newLink }).isVisible());
      }
    });

    async function atTheButton() {
      const http = await openSite();
      const { page } = await openUser(browser, http, { javaScriptEnabled });
      await page.goto((await requestSignInLink(http, page)).link);
      http.forms.length = 0;
      const submitButton = page.getByRole("button", { name: confirmButton("a•••@example.com") });
      return { http, page, submitButton, click: await mouseClicker(page, submitButton) };
    }

    /** Expects one session of this browser and the one that created the account. */
    async function isSignedIn(page: Page) {
      await page.goto("/users/me");
      assertSays(await visibleText(page), accountOf("anna@example.com"));
      assert.equal(await page.locator(".rows .device").count(), 2);
    }
  });
}

describe("A sign-in link that was just used", () => {
  it("starts no session for a script with the cookies of its browser, nor a minute later", async () => {
    const { http, page, link } = await requestLink();
    const otherTab = await page.context().newPage();
    await otherTab.goto(link);
    await page.goto(link);
    await submit(page, {}, confirmButton("a•••@example.com"));
    await page.context().clearCookies({ name: "latchkey" });

    const script = http.client();
    for (const { name, value } of await page.context().cookies()) script.cookies.set(name, value);
    await script.post("/sign-in-link/confirm", { token: tokenOf(link) });
    assertSays(script.text, words.justUsed.signInTitle);
    assert.deepEqual([...script.cookies.keys()], ["latchkey-request"]);
    await isSignedOut(page);
    http.pass(60_000);
    await submit(otherTab, {}, confirmButton("a•••@example.com"));

    assertSays(await visibleText(otherTab), words.dead.usedTitle);
    await isSignedOut(page);
  });

  it("starts no session in the requesting browser if another browser used it with the code", async () => {
    const { http, page, link, code } = await requestLink();
    const { page: phone } = await openUser(browser, http);
    await page.goto(link);
    await phone.goto(link);
    await submit(phone, { [words.code.label]: code }, confirmButton("a•••@example.com"));

    await submit(page, {}, confirmButton("a•••@example.com"));

    assertSays(await visibleText(page), words.justUsed.signInTitle);
    await isSignedOut(page);
  });

  it("starts no session in a browser that requested something else, and offers a new link", async () => {
    const { http, page, link } = await requestLink();
    const { page: phone } = await openUser(browser, http);
    await phone.goto(link);
    await page.goto(link);
    await submit(page, {}, confirmButton("a•••@example.com"));
    const otherTab = await phone.context().newPage();
    await otherTab.goto("/forgot-password");
    await submit(otherTab, { [words.email.label]: "unknown@example.com" }, words.forgot.button);

    await submit(phone, { [words.code.label]: "1234 5678" }, confirmButton("a•••@example.com"));
    assertSays(await visibleText(phone), words.justUsed.signInTitle);
    await isSignedOut(otherTab);

    await navigateBy(phone, () => phone.getByRole("link", { name: words.dead.newLink }).click());
    const fresh = await emailFromForm(http, { form: "/sign-in-link", email: EMAIL }, () =>
      submit(phone, { [words.email.label]: EMAIL }, words.link.button),
    );
    await phone.goto(fresh.link);
    await submit(phone, {}, confirmButton("a•••@example.com"));
    assertSays(await visibleText(phone), accountOf("anna@example.com"));
  });

  async function requestLink() {
    const http = await openSite();
    const { page } = await openUser(browser, http);
    return { http, page, ...(await requestSignInLink(http, page)) };
  }

  async function isSignedOut(page: Page) {
    await page.goto("/users/me");
    assert.equal(new URL(page.url()).pathname, "/sign-in");
  }
});

/** Creates an account and requests a sign-in link for it in this browser. */
async function requestSignInLink(http: Site, page: Page): Promise<EmailContents> {
  await createAccount(http, EMAIL);
  return emailFromForm(http, { form: "/sign-in-link", email: EMAIL }, async () => {
    await page.goto("/sign-in-link");
    await submit(page, { [words.email.label]: EMAIL }, words.link.button);
  });
}
