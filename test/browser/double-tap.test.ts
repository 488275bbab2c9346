import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { arriveBy, mouseOver, openBrowser, openPerson, openSite, type Site, seen, submit } from "../support/browser.ts";
import { type Mailed, mailFor, makeAccount } from "../support/mailed.ts";
import { tokenOf } from "../support/open-app.ts";

const EMAIL = "anna@example.com";

const browser = await openBrowser();

for (const javaScriptEnabled of [true, false]) {
  describe(`Clicking twice on the button behind a sign-in link, with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    if (javaScriptEnabled) {
      it("as fast as a double click, leaves the person signed in", async () => {
        const { page, submitButton } = await atTheButton();

        await arriveBy(page, () => submitButton.dblclick());

        await isSignedIn(page);
      });
    }

    const then = javaScriptEnabled ? "leaves the person signed in" : "offers a new link";
    it(`because the response is late, ${then}`, async () => {
      const { http, page, click } = await atTheButton();

      const late = http.holdNext("answer");
      await click();
      await late.held;
      if (javaScriptEnabled) {
        await click();
        await arriveBy(page, late.letGo);
        assert.equal(http.forms.length, 1);
        await isSignedIn(page);
      } else {
        await arriveBy(page, click);
        await late.letGo();
        assert.equal(http.forms.length, 2);
        assert.match(await seen(page), /This link was just used/);
        assert.equal(await page.getByRole("button").count(), 1);
        assert.ok(await page.getByRole("button", { name: `Send a new mail to ${EMAIL}` }).isVisible());
      }
    });

    async function atTheButton() {
      const http = await openSite();
      const { page } = await openPerson(browser, http, { javaScriptEnabled });
      await page.goto((await askForSignInLink(http, page)).link);
      http.forms.length = 0;
      const submitButton = page.getByRole("button", { name: "Sign in as" });
      return { http, page, submitButton, click: await mouseOver(page, submitButton) };
    }

    /** Signed in here, in one session; the other is the one in which the account was made. */
    async function isSignedIn(page: Page) {
      await page.goto("/users/me");
      assert.match(await seen(page), /You are signed in as anna@example\.com/);
      assert.equal(await page.getByRole("listitem").count(), 2);
    }
  });
}

describe("A sign-in link that was just used", () => {
  it("gives nothing to a program, nor after a minute, in the browser that used it", async () => {
    const { http, page, link } = await asked();
    const otherTab = await page.context().newPage();
    await otherTab.goto(link);
    await page.goto(link);
    await submit(page, {}, "Sign in as a•••@example.com");
    await page.context().clearCookies({ name: "latchkey" });

    const program = http.client();
    for (const { name, value } of await page.context().cookies()) program.cookies.set(name, value);
    await program.post("/sign-in-link/confirm", { token: tokenOf(link) });
    assert.match(program.text, /This link was just used/);
    assert.deepEqual([...program.cookies.keys()], ["latchkey-request"]);
    await isSignedOut(page);
    http.pass(60_000);
    await submit(otherTab, {}, "Sign in as a•••@example.com");

    assert.match(await seen(otherTab), /This link has been used/);
    await isSignedOut(page);
  });

  it("gives nothing to the browser that asked where another one used it with the code", async () => {
    const { http, page, link, code } = await asked();
    const { page: phone } = await openPerson(browser, http);
    await page.goto(link);
    await phone.goto(link);
    await submit(phone, { "Code from the mail": code }, "Sign in as a•••@example.com");

    await submit(page, {}, "Sign in as a•••@example.com");

    assert.match(await seen(page), /This link was just used/);
    await isSignedOut(page);
  });

  it("gives nothing to a browser that asked for something else, and shows a way on that works", async () => {
    const { http, page, link } = await asked();
    const { page: phone } = await openPerson(browser, http);
    await phone.goto(link);
    await page.goto(link);
    await submit(page, {}, "Sign in as a•••@example.com");
    const otherTab = await phone.context().newPage();
    await otherTab.goto("/forgot-password");
    await submit(otherTab, { "Email address": "unknown@example.com" }, "Send me a link");

    await submit(phone, { "Code from the mail": "1234 5678" }, "Sign in as a•••@example.com");
    assert.match(await seen(phone), /This link was just used/);
    await isSignedOut(otherTab);

    await arriveBy(phone, () => phone.getByRole("link", { name: "Send me a new link" }).click());
    const fresh = await mailFor(http, { form: "/sign-in-link", email: EMAIL }, () =>
      submit(phone, { "Email address": EMAIL }, "Send me a link"),
    );
    await phone.goto(fresh.link);
    await submit(phone, {}, "Sign in as a•••@example.com");
    assert.match(await seen(phone), /You are signed in as anna@example\.com/);
  });

  async function asked() {
    const http = await openSite();
    const { page } = await openPerson(browser, http);
    return { http, page, ...(await askForSignInLink(http, page)) };
  }

  async function isSignedOut(page: Page) {
    await page.goto("/users/me");
    assert.equal(new URL(page.url()).pathname, "/sign-in");
  }
});

/** The owner of a new account asks for a sign-in link at this browser. */
async function askForSignInLink(http: Site, page: Page): Promise<Mailed> {
  await makeAccount(http, EMAIL);
  return mailFor(http, { form: "/sign-in-link", email: EMAIL }, async () => {
    await page.goto("/sign-in-link");
    await submit(page, { "Email address": EMAIL }, "Send me a link");
  });
}
