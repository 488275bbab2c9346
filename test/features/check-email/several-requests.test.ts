import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { changeAddress, HIGH_LIMITS } from "../../support/email-change.ts";
import { type App, openApp, PASSWORD, signUp } from "../../support/open-app.ts";
import {
  copyClient,
  differentCode,
  REQUEST_PATHS,
  receiveEmail,
  requestEmail,
  signedInAs,
  statuses,
} from "../../support/requests.ts";
import { assertSays, SUBJECTS, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const BOB = "bob@example.com";
const WRONG = "00000000";

describe("A browser that requests several emails", () => {
  it("opens the link of each of them as its own", async () => {
    const { app, browser } = await setUp();
    const signIn = await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
    const other = await requestEmail(app, browser, REQUEST_PATHS.signIn, BOB);
    await requestEmail(app, browser, REQUEST_PATHS.reset, ANNA);
    await requestEmail(app, browser, REQUEST_PATHS.signUp, "new@example.com");

    for (const [{ link }, email] of [
      [signIn, "a•••@example.com"],
      [other, "b•••@example.com"],
    ] as const) {
      await browser.open(link);
      assertSays(browser.text, words.confirm.tap({ email }));
    }
    await app.client().open(signIn.link);
    await browser.open(signIn.link);
    await browser.submit({});
    assert.equal(await signedInAs(browser), ANNA);
  });

  it("enters the code of each of them", async () => {
    for (const which of [0, 1, 2]) {
      const { app, browser } = await setUp();
      const emails = [
        await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA),
        await requestEmail(app, browser, REQUEST_PATHS.reset, BOB),
        await requestEmail(app, browser, REQUEST_PATHS.signUp, "new@example.com"),
      ];

      const response = await browser.send("/code", { code: emails[which]?.code ?? "" });

      const target = [/^\/users\/me$/, /^\/reset-password\//, /^\/sign-up\//][which] ?? /never/;
      assert.match(response.headers.get("location") ?? "", target);
    }
  });

  it("shows the newest on the page after the request, and the one before after its use", async () => {
    const { app, browser } = await setUp();
    await requestEmail(app, browser, REQUEST_PATHS.reset, BOB);
    app.pass(MINUTE);
    const { code } = await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
    assert.match(browser.text, /anna@example\.com/);

    await browser.send("/code", { code });
    await browser.open("/check-email");

    assert.match(browser.text, /bob@example\.com/);
    assert.doesNotMatch(browser.text, /anna@/);
  });

  it("sends the email of the page again, also if a later tab requested another", async () => {
    const { app, browser } = await setUp();
    await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
    const form = browser.formOn("/check-email");
    await requestEmail(app, browser, REQUEST_PATHS.reset, BOB);
    app.pass(MINUTE);

    await browser.post(form.action, form.hidden);
    await receiveEmail(app);

    assert.equal(app.lastMail().to, ANNA);
    assert.equal(app.lastMail().subject, SUBJECTS.signInLink);
  });

  it("keeps one small cookie, and the requests of tabs that submit at the same moment (two tabs)", async () => {
    const { app, browser } = await setUp();
    await browser.open(REQUEST_PATHS.signIn);
    const cookie = browser.cookies.get("latchkey-request");
    assert.match(cookie ?? "", /^[\w-]{43}$/);
    const tabs = [copyClient(app, browser), copyClient(app, browser), copyClient(app, browser)] as const;

    await Promise.all([
      tabs[0].send(REQUEST_PATHS.signIn, { email: ANNA }),
      tabs[1].send(REQUEST_PATHS.reset, { email: BOB }),
      tabs[2].send(REQUEST_PATHS.signUp, { email: "new@example.com" }),
    ]);
    await app.deliver();

    for (const tab of tabs) assert.equal(tab.cookies.get("latchkey-request"), cookie);
    const codes = app.mails.map(({ text }) => /^ *(\d{4}) (\d{4})$/m.exec(text)?.slice(1).join(""));
    assert.equal(codes.filter(Boolean).length, 3 + 2, "three, and two from the sign-ups of the test");
    const link = app.mails.findLast(({ subject }) => subject === SUBJECTS.signInLink)?.text ?? "";
    await browser.open(/\/sign-in-link\/[\w-]{43}/.exec(link)?.[0] ?? "");
    assertSays(browser.text, words.confirm.tap({ email: "a•••@example.com" }));
  });

  it("has one request for a form that was submitted twice at the same moment", async () => {
    const { app, browser } = await setUp();
    await browser.open(REQUEST_PATHS.signIn);
    const tabs = Array.from({ length: 4 }, () => copyClient(app, browser));
    const before = app.mails.length;

    await Promise.all(tabs.map((tab) => tab.send(REQUEST_PATHS.signIn, { email: ANNA })));
    await app.deliver();

    const codes = app.mails.slice(before).map(({ text }) => /^ *(\d{4}) (\d{4})$/m.exec(text)?.slice(1).join("") ?? "");
    assert.equal(codes.length, 4);
    assert.equal((await browser.send("/code", { code: codes[0] ?? "" })).status, 303);
  });

  it("offers a new email to the address of the dead link that it opens", async () => {
    const { app, browser } = await setUp();
    const first = await requestEmail(app, browser, REQUEST_PATHS.reset, ANNA);
    await requestEmail(app, browser, REQUEST_PATHS.reset, BOB);
    app.pass(61 * MINUTE);

    await browser.open(first.link);

    assert.match(browser.page.body, /name="email" value="anna@example\.com"/);
  });

  it("forgets requests whose links ended: by a reset, and by a change of address", async () => {
    const { app, browser } = await setUp();
    await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
    const { code } = await requestEmail(app, browser, REQUEST_PATHS.reset, ANNA);
    await browser.post("/code", { code });
    await browser.submit({ password: "a new and rather long password" });
    await browser.open("/check-email");
    assert.doesNotMatch(browser.page.body, /name="code"/);

    const other = app.client();
    await requestEmail(app, other, REQUEST_PATHS.signIn, BOB);
    await other.post("/sign-in", { email: BOB, password: PASSWORD });
    await changeAddress(app, other, "bobby@example.com");
    await other.open("/check-email");
    assert.doesNotMatch(other.page.body, /name="code"/);
  });

  it("looks at five requests at most", async () => {
    const { app, browser } = await setUp();
    const oldest = await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
    for (let i = 1; i <= 5; i += 1) {
      app.pass(1);
      await browser.send(REQUEST_PATHS.reset, { email: `person${i}@example.com` });
    }

    assert.equal((await browser.send("/code", { code: oldest.code })).status, 422);
  });
});

describe("A guess at the codes of several requests", () => {
  it("costs each of them an attempt, so that no code is compared with more than five guesses", async () => {
    const { app, browser } = await setUp();
    const signIn = await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
    for (let i = 0; i < 2; i += 1) await browser.post("/code", { code: WRONG });
    const reset = await requestEmail(app, browser, REQUEST_PATHS.reset, ANNA);

    for (const left of [4, 3, 2]) {
      await browser.post("/code", { code: WRONG });
      assertSays(browser.text, words.code.errorWrong(left));
    }
    assert.equal((await browser.send("/code", { code: signIn.code })).status, 422, "its five attempts are over");
    assert.equal((await browser.send("/code", { code: reset.code })).status, 303);
  });

  it("ends all of them after five", async () => {
    const { app, browser } = await setUp();
    const emails = [
      await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA),
      await requestEmail(app, browser, REQUEST_PATHS.reset, ANNA),
    ];
    const responses = [];
    for (let i = 0; i < 6; i += 1) responses.push(await browser.send("/code", { code: WRONG }));

    assert.deepEqual(statuses(responses), { 410: 2, 422: 4 });
    for (const { code } of emails) assert.equal((await browser.send("/code", { code })).status, 410);
  });

  it("is not free if it is the code of the guesser's own request", async () => {
    const { app, browser } = await setUp();
    const victim = await requestEmail(app, browser, REQUEST_PATHS.reset, BOB);
    for (let i = 0; i < 5; i += 1) {
      const own = await requestEmail(app, browser, REQUEST_PATHS.signIn, ANNA);
      assert.equal((await browser.send("/code", { code: own.code })).status, 303);
    }

    assert.notEqual((await browser.send("/code", { code: victim.code })).status, 303);
  });

  it("does not reach a request of another browser", async () => {
    const { app, browser } = await setUp();
    const { code } = await requestEmail(app, app.client(), REQUEST_PATHS.signIn, ANNA);
    await requestEmail(app, browser, REQUEST_PATHS.reset, BOB);

    assert.equal((await browser.send("/code", { code })).status, 422);
    assert.equal((await browser.send("/code", { code: differentCode(code) })).status, 422);
  });
});

async function setUp(): Promise<{ app: App; browser: TestClient }> {
  const app = await openApp({ limits: HIGH_LIMITS });
  for (const email of [ANNA, BOB]) await signUp(app, email);
  return { app, browser: app.client() };
}
