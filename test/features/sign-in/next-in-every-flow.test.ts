import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { HIGH_LIMITS } from "../../support/email-change.ts";
import { type App, openApp, PASSWORD, signUp } from "../../support/open-app.ts";
import { copyClient, REQUEST_PATHS, type ReceivedEmail, receiveEmail, signedInAs } from "../../support/requests.ts";
import { assertSays, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEXT = "/orders/17?tab=notes&x=%2F#last";
const NEW_PASSWORD = "a new and rather long password";

const FLOWS = [
  { what: "a sign-in link", path: REQUEST_PATHS.signIn, email: ANNA, form: {} },
  { what: "a reset", path: REQUEST_PATHS.reset, email: ANNA, form: { password: NEW_PASSWORD } },
  { what: "a sign-up", path: REQUEST_PATHS.signUp, email: "new@example.com", form: { password: NEW_PASSWORD } },
] as const;

for (const { what, path, email, form } of FLOWS) {
  describe(`The path to return to, through ${what}`, () => {
    it("is opened after the link, from the sign-in page on", async () => {
      const { app, browser } = await setUp();
      const { link } = await requestFromSignIn(app, browser, path, email);

      await browser.open(link);
      await browser.submit(form);

      assert.equal(browser.response.headers.get("location"), NEXT);
      assert.equal(await signedInAs(browser), email);
    });

    it("is opened after the code, and after send again", async () => {
      const { app, browser } = await setUp();
      await requestFromSignIn(app, browser, path, email);
      app.pass(MINUTE);
      await browser.open("/check-email");
      await browser.submit({}, "/check-email");
      const { code } = await receiveEmail(app);

      await browser.post("/code", { code });
      if (path !== REQUEST_PATHS.signIn) await browser.submit(form);

      assert.equal(browser.response.headers.get("location"), NEXT);
    });

    it("is in no email, and no address is in a link between pages", async () => {
      const { app, browser } = await setUp();
      await browser.open(`${path}?next=${encodeURIComponent(NEXT)}`);
      await browser.submit({ email }, path);
      await app.deliver();

      const { text, html } = app.lastMail();
      assert.doesNotMatch(text + html, /orders|next/);
      assert.doesNotMatch(browser.page.body, /href="[^"]*%40/);
    });

    it("is kept by the new email that the page of a dead link offers", async () => {
      const { app, browser } = await setUp({ links: { signUpMinutes: 10, resetMinutes: 10 } });
      const { link } = await requestFromSignIn(app, browser, path, email);
      app.pass(11 * MINUTE);
      await browser.open(link);
      assert.equal(browser.page.status, 410);
      assert.match(browser.page.body, /href="\/sign-in\?next=%2Forders/);
      await browser.submit({}, path);
      const second = await receiveEmail(app);

      await browser.open(second.link);
      await browser.submit(form);

      assert.equal(browser.response.headers.get("location"), NEXT);
    });

    it("is kept by the page after a second submit", async () => {
      const { app, browser } = await setUp();
      const { link } = await requestFromSignIn(app, browser, path, email);
      const other = copyClient(app, browser);
      for (const client of [browser, other]) await client.open(link);
      await browser.submit(form);

      await other.submit(form);

      assert.equal(other.response.status, 410);
      assert.match(other.page.body, /name="next" value="\/orders\/17\?tab=notes/);
    });

    it("is only offered, not followed, in a browser that did not request the email (a stranger chose it)", async () => {
      const { app, browser } = await setUp();
      const { link, code } = await requestFromSignIn(app, browser, path, email);
      const owner = app.client();

      await owner.open(link);
      await owner.submit(path === REQUEST_PATHS.signIn ? { code } : form);

      assert.equal(owner.path, `/users/me?next=${encodeURIComponent(NEXT)}`);
      assert.match(owner.page.body, /<a href="\/orders\/17\?tab=notes&#38;x=%2F#last">/);
      assertSays(owner.text, words.other.continueTo({ path: "/orders/17" }));
    });

    it("is checked again at its use: the app no longer allows it", async () => {
      let allowed = true;
      const { app, browser } = await setUp({ allowNext: () => allowed });
      const { link } = await requestFromSignIn(app, browser, path, email);
      allowed = false;

      await browser.open(link);
      await browser.submit(form);

      assert.equal(browser.response.headers.get("location"), "/users/me");
    });
  });
}

describe("The path to return to", () => {
  it("goes along between the pages that a person without a password visits", async () => {
    const { browser } = await setUp();
    await browser.open(`/sign-in?next=${encodeURIComponent(NEXT)}`);

    for (const to of ["/sign-in-link", "/sign-up", "/sign-in", "/forgot-password", "/sign-in"]) {
      const href = new RegExp(`href="(${to}\\?next=[^"]*)"`).exec(browser.page.body)?.[1];
      assert.ok(href, `a link to ${to} on ${browser.path}`);
      await browser.open(href);
      assert.match(browser.page.body, /name="next" value="\/orders\/17\?tab=notes&amp;x=%2F#last"/);
    }
  });

  it("survives a typing error in the address, and a limit", async () => {
    const { browser } = await setUp({ limits: { ...HIGH_LIMITS, requestsPerIp: "4/1h" } });
    for (const path of Object.values(REQUEST_PATHS)) {
      await browser.open(`${path}?next=${encodeURIComponent(NEXT)}`);
      await browser.submit({ email: "a slip" }, path);
      assert.equal(browser.response.status, 422);
      assert.match(browser.page.body, /name="next" value="\/orders\/17/);
    }
    await browser.submit({ email: ANNA }, REQUEST_PATHS.signUp);
    assert.equal(browser.response.status, 429);
    assert.match(browser.page.body, /href="\/sign-in\?next=%2Forders/);
  });

  it("of the later request counts, and a request without one keeps the path", async () => {
    for (const [later, expected] of [
      [{ next: "/later" }, "/later"],
      [{}, NEXT],
      [{ next: "https://evil.test/" }, NEXT],
    ] as const) {
      const { app, browser } = await setUp();
      await requestFromSignIn(app, browser, REQUEST_PATHS.signIn, ANNA);
      await browser.post(REQUEST_PATHS.signIn, { email: ANNA, ...later });
      const { code } = await receiveEmail(app);

      const response = await browser.send("/code", { code });

      assert.equal(response.headers.get("location"), expected);
    }
  });

  it("belongs to its request, and not to another one of the browser", async () => {
    const { app, browser } = await setUp();
    const { code } = await requestFromSignIn(app, browser, REQUEST_PATHS.signIn, ANNA);
    await browser.post(REQUEST_PATHS.reset, { email: ANNA, next: "/other" });

    assert.equal((await browser.send("/code", { code })).headers.get("location"), NEXT);
  });

  it("is refused where `allowNext` refuses it, throws, or returns something else than true", async () => {
    const asked: string[] = [];
    const allows: Record<string, () => unknown> = {
      "/yes?x=1#y": () => true,
      "/no": () => false,
      "/promise": async () => true,
      "/throws": () => {
        throw new Error("a fault");
      },
    };
    const allowNext = (path: string) => {
      asked.push(path);
      return allows[path]?.() as boolean;
    };
    const { app } = await setUp({ allowNext });
    for (const next of Object.keys(allows)) {
      const client = app.client();
      await client.post("/sign-in", { email: ANNA, password: PASSWORD, next });
      assert.equal(client.path, next.startsWith("/yes") ? next : "/users/me", next);
    }
    assert.deepEqual([...new Set(asked)], Object.keys(allows));
  });

  it("shows nothing of its query as text on the account page", async () => {
    const { browser } = await setUp();
    await browser.post("/sign-in", { email: ANNA, password: PASSWORD });

    await browser.open("/users/me?next=/x?Call+0900+now");

    assert.doesNotMatch(browser.text, /0900/);
    assertSays(browser.text, words.other.continueTo({ path: "/x" }));
  });
});

async function setUp(options: Parameters<typeof openApp>[0] = {}): Promise<{ app: App; browser: TestClient }> {
  const app = await openApp({ limits: HIGH_LIMITS, ...options });
  await signUp(app, ANNA);
  return { app, browser: app.client() };
}

/** Opens the sign-in page with `next`, follows its link to another way in, and requests the email there. */
async function requestFromSignIn(app: App, browser: TestClient, path: string, email: string): Promise<ReceivedEmail> {
  await browser.open(`/sign-in?next=${encodeURIComponent(NEXT)}`);
  const href = new RegExp(`href="(${path}[^"]*)"`).exec(browser.page.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
  await browser.open(href);
  await browser.submit({ email }, path);
  return receiveEmail(app);
}
