import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, openSite, openUser, submit, visibleText } from "../support/browser.ts";
import { LONG_ADDRESS, LONG_NAME, overflowOfLongNames } from "../support/long-names.ts";
import { PASSWORD } from "../support/open-app.ts";
import { createAccount, emailedLink, emailFromForm } from "../support/site-emails.ts";
import { confirmButton, mailWords, plain, REQUEST_BUTTONS, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const LIMITS = { requestsPerIp: "1000/10m", mailsPerAddress: "100/1h" };
const APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const IPHONE = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) ${APPLE}`;
const MAC = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE}`;

const browser = await openBrowser(after, ["--host-resolver-rules=MAP latchkey.lan 127.0.0.1"]);
const http = await openSite({ limits: LIMITS });

describe("A browser that blocks cookies", () => {
  const blocking = { extraHTTPHeaders: { "x-blocks-cookies": "1" } };

  it("is told so after the right password, and is led to the form with the same next", async () => {
    await createAccount(http, "anna@example.com");
    const { page } = await openUser(browser, http, blocking);
    await page.goto("/sign-in?next=%2Fcheck-email");
    await signIn(page, "anna@example.com");

    assert.ok((await visibleText(page)).includes(words.cookies.signIn));
    await page.getByRole("link", { name: words.cookies.button, exact: true }).click();
    assert.equal(new URL(page.url()).search, "?next=%2Fcheck-email");
  });

  it("is told that the password was changed", async () => {
    await createAccount(http, "bea@example.com");
    const { page } = await openUser(browser, http, blocking);
    await page.goto(await emailedLink(http, "/forgot-password", "bea@example.com"));
    await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);

    assert.ok((await visibleText(page)).includes(words.cookies.reset));
  });

  it("is told that the account is ready, and that a sign-in link worked", async () => {
    const { page } = await openUser(browser, http, blocking);
    await page.goto(await emailedLink(http, "/sign-up", "cleo@example.com"));
    await submit(page, { [words.password.newLabel]: PASSWORD }, words.choose.button);
    assert.ok((await visibleText(page)).includes(words.cookies.signUp));

    const email = "cleo@example.com";
    const { link, code } = await emailFromForm(http, { form: "/sign-in-link", email }, () =>
      http.client().post("/sign-in-link", { email }),
    );
    await page.goto(link);
    await submit(page, { [words.code.label]: code }, confirmButton("c•••@example.com"));
    assert.ok((await visibleText(page)).includes(words.cookies.signInLink));
  });

  it("is not what a link from elsewhere can claim", async () => {
    const { page } = await openUser(browser, http);
    await page.goto("/sign-in?signed-in=password-reset");
    assert.doesNotMatch(await visibleText(page), /changed|blocked/);
  });

  it("does not disturb a browser that keeps them", async () => {
    await createAccount(http, "dora@example.com");
    const { page } = await openUser(browser, http);
    await page.goto("/sign-in?next=%2Fusers%2Fme%3Ftab%3D1");
    await signIn(page, "dora@example.com");
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, "/users/me?tab=1");
  });
});

describe("A site that is opened under another name", () => {
  const email = { [words.email.label]: "anna@example.com" };
  for (const [path, fields, button] of [
    ["/sign-in", { ...email, [words.password.label]: PASSWORD }, words.signIn.button],
    ["/forgot-password", email, words.forgot.button],
    ["/sign-up", email, words.signUp.button],
  ] as Array<[string, Record<string, string>, string]>) {
    it(`says which address to open after a form on ${path}`, async () => {
      const { page } = await openUser(browser, http);
      await page.goto(`http://latchkey.lan:${new URL(http.baseUrl).port}${path}`);
      await submit(page, fields, button);

      await page
        .getByRole("link", { name: plain(words.problem.otherNameButton({ address: http.baseUrl + path })) })
        .click();
      assert.equal(page.url(), http.baseUrl + path);
    });
  }
});

describe("The list of sessions", () => {
  it("names browsers on iPhone and iPad, and those inside apps", async () => {
    const email = "emil@example.com";
    await createAccount(http, email);
    for (const userAgent of [
      `${IPHONE} Version/18.0 EdgiOS/131.0 Mobile/15E148 Safari/604.1`,
      `${IPHONE} Version/18.2 Mobile/15E148 Safari/604.1 OPT/5.2.0`,
      `${MAC} CriOS/131 Version/18.2 Safari/605.1.15`,
      `${MAC} FxiOS/133 Safari/605.1.15`,
      `${IPHONE} Mobile/15E148 Instagram 361.0.0.35.82 (iPhone15,3; iOS 18_2)`,
    ]) {
      await http.client({ "user-agent": userAgent }).post("/sign-in", { email, password: PASSWORD });
    }
    const { page } = await openUser(browser, http);
    await page.goto("/sign-in");
    await signIn(page, email);

    const text = await visibleText(page);
    for (const name of [
      "Edge on iPhone",
      "Opera on iPhone",
      "Chrome on iPad",
      "Firefox on iPad",
      "Instagram on iPhone",
    ]) {
      assert.ok(text.includes(name), name);
    }
  });
});

describe("Two instances on two ports of one host", async () => {
  const shop = await openSite({ cookieName: "shop" });
  const forum = await openSite({ cookieName: "forum" });

  it("keep one browser signed in at both, wait for two emails, and sign out one at a time", async () => {
    await createAccount(shop, "anna@example.com");
    await createAccount(forum, "anna@example.com");
    const { page } = await openUser(browser, shop);
    for (const site of [shop, forum]) {
      await page.goto(`${site.baseUrl}/sign-in`);
      await signIn(page, "anna@example.com");
    }
    for (const site of [shop, forum]) assert.ok(await isSignedIn(page, site.baseUrl));

    for (const [site, email] of [
      [shop, "at-shop@example.com"],
      [forum, "at-forum@example.com"],
    ] as const) {
      await page.goto(`${site.baseUrl}/forgot-password`);
      await submit(page, { [words.email.label]: email }, REQUEST_BUTTONS["/forgot-password"]);
    }
    assert.match(await textAt(page, `${shop.baseUrl}/check-email`), /at-shop@example\.com/);

    await page.goto(`${shop.baseUrl}/users/me`);
    await submit(page, {}, "Sign out");
    assert.ok(await isSignedIn(page, forum.baseUrl));
    assert.equal(await isSignedIn(page, shop.baseUrl), false);
  });
});

describe("The longest address and product name", async () => {
  const site = await openSite({ brand: { name: LONG_NAME } });

  it("wrap on a phone: in the button of a dead link, the account page and the email", async () => {
    await createAccount(site, LONG_ADDRESS);
    const { page } = await openUser(browser, site);
    const link = await emailedLink(site, "/forgot-password", LONG_ADDRESS);
    await page.goto("/forgot-password");
    await submit(page, { [words.email.label]: LONG_ADDRESS }, REQUEST_BUTTONS["/forgot-password"]);
    assert.deepEqual(await overflowOfLongNames(page), []);

    site.pass(3 * 3_600_000);
    await page.goto(link);
    assert.deepEqual(await overflowOfLongNames(page), []);

    await page.goto("/sign-in");
    await signIn(page, LONG_ADDRESS);
    assert.deepEqual(await overflowOfLongNames(page), []);

    await page.goto("/mailbox");
    assert.deepEqual(await overflowOfLongNames(page), []);
    await page
      .getByRole("link", { name: mailWords.reset.subject({ product: LONG_NAME }) })
      .first()
      .click();
    assert.deepEqual(await overflowOfLongNames(page), []);
  });
});

async function signIn(page: Page, email: string): Promise<void> {
  await submit(page, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
}

async function textAt(page: Page, url: string): Promise<string> {
  await page.goto(url);
  return visibleText(page);
}

/** The account page sends a browser that is not signed in elsewhere. */
async function isSignedIn(page: Page, baseUrl: string): Promise<boolean> {
  await page.goto(`${baseUrl}/users/me`);
  return page.url() === `${baseUrl}/users/me`;
}
