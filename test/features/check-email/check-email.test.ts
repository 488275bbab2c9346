import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, MINUTE, SECOND } from "../../../src/lib/clock.ts";
import type { TestClient, TestResponse } from "../../support/client.ts";
import { maskedHeaders } from "../../support/masked.ts";
import { type App, openApp, signUp } from "../../support/open-app.ts";
import {
  copyClient,
  REQUEST_PATHS,
  type ReceivedEmail,
  receiveEmail,
  requestEmail,
  signedInAs,
} from "../../support/requests.ts";
import { recordStatements } from "../../support/statements.ts";
import { assertSays, mailWords, words } from "../../support/words.ts";

const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("GET /check-email", () => {
  it("shows the request only to the requesting browser", async () => {
    const app = await openApp();
    const { reset, signIn, signUp: signingUp } = mailWords;
    for (const [path, email, sentence, { subject: subjectOf }] of [
      [REQUEST_PATHS.reset, "rita@example.com", "reset", reset],
      [REQUEST_PATHS.signIn, "sina@example.com", "signIn", signIn],
      [REQUEST_PATHS.signUp, "sara@example.com", "signUp", signingUp],
    ] as const) {
      const subject = subjectOf({ product: "Latchkey" });
      const client = app.client();
      await client.post(path, { email });

      assert.equal(client.path, "/check-email");
      assertSays(client.text, words.check[sentence]({ email, product: "Latchkey" }));
      assert.ok(client.page.body.includes(`href="${path}">${words.check.changeAddress}</a>`));
      assertSays(client.text, words.check.helpSearch({ subject, sender: "no-reply@localhost" }));
      assert.match(client.page.body, /action="\/code"/);
    }
    const stranger = app.client();
    await stranger.open("/check-email");
    assert.doesNotMatch(stranger.page.body, /example\.com|action="\/code"|action="\/check-email"/);
  });

  it("changes nothing, however often it is opened", async () => {
    const app = await openApp();
    const anna = app.client();
    await anna.post(REQUEST_PATHS.reset, { email: "anna@example.com" });

    for (const method of ["GET", "HEAD"]) {
      const { result, statements } = await recordStatements(() => anna.request(method, "/check-email?sent=again"));
      assert.equal(result.status, 200);
      assert.deepEqual(result.headers.getSetCookie(), []);
      assert.deepEqual(
        statements.filter((sql) => !sql.startsWith("select")),
        [],
      );
    }
  });

  it("offers a new request after the old one expires", async () => {
    const app = await openApp();
    const anna = app.client();
    await anna.post(REQUEST_PATHS.signIn, { email: "anna@example.com" });

    // The link's ten minutes twice, for it may leave late, and the hour of an outage between.
    app.pass(HOUR + 20 * MINUTE - SECOND);
    await anna.open("/check-email");
    assert.match(anna.text, /anna@example\.com/);
    app.pass(SECOND);
    await anna.open("/check-email");

    assert.doesNotMatch(anna.text, new RegExp(`anna@example\\.com|${words.check.resend}`));
    assertSays(anna.text, words.check.againSignIn);
  });
});

describe("POST /check-email (Send again)", () => {
  it("is refused for a minute, which the page states, and then sends an email", async () => {
    const { app } = await setUp();
    const anna = app.client();
    const first = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    assertSays(anna.text, words.check.resend, words.check.resendIn(60));

    app.pass(MINUTE - SECOND);
    await anna.open("/check-email");
    assertSays(anna.text, words.check.resend, words.check.resendIn(1));
    await anna.submit({}, "/check-email");
    assert.equal(anna.response.status, 429);
    assert.equal(anna.response.headers.get("retry-after"), "1");
    assertSays(anna.text, words.check.tooSoon(1));
    await assert.rejects(receiveEmail(app), /No mail came/);

    app.pass(SECOND);
    await anna.open("/check-email");
    assert.doesNotMatch(anna.page.body, /data-wait/);
    await anna.submit({}, "/check-email");
    assert.equal(anna.response.status, 303);
    assertSays(anna.text, words.check.sentAgain({ email: "anna@example.com" }), words.check.resendIn(60));
    const second = await receiveEmail(app);

    for (const { link } of [first, second]) {
      await anna.open(link);
      assertSays(anna.text, words.confirm.tap({ email: "a•••@example.com" }));
    }
    await anna.submit({});
    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("sends one email for fifty concurrent submissions", async () => {
    const { app } = await setUp();
    const anna = app.client();
    await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    app.pass(MINUTE);
    const before = app.mails.length;

    const windows = Array.from({ length: 50 }, () => copyClient(app, anna));
    const responses = await Promise.all(windows.map((window) => window.send("/check-email", {})));
    await app.deliver();

    assert.equal(responses.filter(({ status }) => status === 303).length, 1);
    assert.equal(responses.filter(({ status }) => status === 429).length, 49);
    assert.equal(app.mails.length - before, 1);
  });

  it("returns the same responses and waits and runs the same statements for every address", async () => {
    const { app } = await setUp();
    const [known, unknown] = [app.client(), app.client()];
    await known.post(REQUEST_PATHS.reset, { email: "anna@example.com" });
    await unknown.post(REQUEST_PATHS.reset, { email: "nora@example.com" });

    for (const wait of [0, 59 * SECOND, SECOND, 0, MINUTE]) {
      app.pass(wait);
      const [one, other] = [await press(known), await press(unknown)];
      assert.deepEqual(other, one);
      const pages = [await known.open("/check-email"), await unknown.open("/check-email")];
      assert.equal(pages[1]?.body.replaceAll("nora@", "anna@"), pages[0]?.body);
    }

    async function press(client: typeof known) {
      const { result, statements } = await recordStatements(() => client.send("/check-email", {}));
      const { status, headers } = result;
      return { status, statements, headers: maskedHeaders(headers) };
    }
  });

  it("counts against the limit of the address without showing it", async () => {
    const app = await openApp({ limits: { requestsPerIp: "100000/1h" } });
    await signUp(app, "anna@example.com");
    const anna = app.client();
    await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const before = app.mails.length;

    for (let i = 0; i < 5; i += 1) {
      // Each link is over before the next: only the limit of the address holds the last one back.
      app.pass(11 * MINUTE);
      await anna.post("/check-email", {});
      assert.equal(anna.response.status, 303);
      await app.deliver();
    }

    assert.equal(app.mails.length - before, 4);
  });

  it("counts against the limit of the client", async () => {
    const app = await openApp({ limits: { requestsPerIp: "2/10m" } });
    const anna = app.client();
    await anna.post(REQUEST_PATHS.reset, { email: "anna@example.com" });

    app.pass(MINUTE);
    assert.equal((await anna.send("/check-email", {})).status, 303);
    app.pass(MINUTE);
    const third = await anna.send("/check-email", {});

    assert.equal(third.status, 429);
    assert.equal(third.headers.get("retry-after"), "480");
  });

  it("extends the lifetime of the request and its cookie to that of its newest email", async () => {
    const { app } = await setUp();
    const anna = app.client();
    await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    app.pass(55 * MINUTE);
    await anna.open("/check-email");
    await anna.submit({}, "/check-email");
    assert.match(anna.response.headers.get("set-cookie") ?? "", /^latchkey-request=[\w-]{43}; Max-Age=86400/);
    const { link, code } = await receiveEmail(app);
    app.pass(9 * MINUTE);

    await anna.open(link);
    assertSays(anna.text, words.confirm.tap({ email: "a•••@example.com" }));
    await anna.post("/code", { code });
    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("sends nothing without a request, after its use, or after its last attempt", async () => {
    const { app } = await setUp();
    const [stranger, done, resetter, guesser] = [1, 2, 3, 4].map(() => app.client()) as [
      TestClient,
      TestClient,
      TestClient,
      TestClient,
    ];
    const { token } = await requestEmail(app, resetter, REQUEST_PATHS.reset, "anna@example.com");
    await resetter.post("/reset-password", { token, password: "a new and rather long password" });
    const { code } = await requestEmail(app, done, REQUEST_PATHS.signIn, "anna@example.com");
    await done.post("/code", { code });
    await guesser.post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    for (let i = 0; i < 5; i += 1) await guesser.post("/code", { code: "00000000" });
    await app.deliver();
    const before = app.mails.length;
    app.pass(MINUTE);

    for (const client of [stranger, done, resetter, guesser]) {
      assert.equal((await client.post("/check-email", {})).status, 410);
      assert.ok(!client.text.includes(words.codeOver.elsewhereTitle));
      assertSays(client.text, client === stranger ? words.codeOver.notAgainTitle : words.check.overTitle);
      assert.doesNotMatch(client.page.body, /name="code"/);
      await client.open("/check-email");
      assert.doesNotMatch(client.page.body, /action="\/check-email"|name="code"/);
    }
    await app.deliver();
    assert.equal(app.mails.length, before);
  });

  it("does not reset the attempts of the request", async () => {
    const { app } = await setUp();
    const anna = app.client();
    await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    for (let i = 0; i < 4; i += 1) await anna.post("/code", { code: "00000000" });
    app.pass(MINUTE);
    await anna.post("/check-email", {});
    await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

    await anna.post("/code", { code: "00000000" });
    assert.equal(anna.response.status, 410);
    assertSays(anna.text, words.codeOver.triesTitle);
  });
});

describe("A browser that requests an email for another person's address", () => {
  for (const [what, path, useIt] of [
    [
      "reset",
      REQUEST_PATHS.reset,
      (owner: TestClient, { token }: ReceivedEmail) => owner.send("/reset-password", { token, password }),
    ],
    [
      "sign-in link",
      REQUEST_PATHS.signIn,
      (owner: TestClient, { token, code }: ReceivedEmail) => owner.send("/sign-in-link/confirm", { token, code }),
    ],
    [
      "sign-up",
      REQUEST_PATHS.signUp,
      (owner: TestClient, { token }: ReceivedEmail) => owner.send("/sign-up/confirm", { token, password }),
    ],
  ] as const) {
    it(`learns nothing when the owner uses the email: a ${what}`, async () => {
      const { app } = await setUp();
      const [asker, control] = [app.client(), app.client()];
      const email = path === REQUEST_PATHS.signUp ? "cleo@example.com" : "anna@example.com";
      await control.post(path, { email: "nora@example.com" });
      if (path === REQUEST_PATHS.signUp) await app.deliver();
      const mail = await requestEmail(app, asker, path, email);

      assert.equal((await useIt(app.client(), mail)).status, 303);

      for (const wait of [0, MINUTE, MINUTE]) {
        app.pass(wait);
        for (const look of [page, guess, sendAgain, page]) assert.equal(await look(asker), await look(control));
      }
    });
  }

  const password = "a new and rather long password";
  const page = async (client: TestClient) => seen(await client.open("/check-email"));
  const guess = async (client: TestClient) => seen(await client.send("/code", { code: "13572468" }));
  const sendAgain = async (client: TestClient) => seen(await client.send("/check-email", {}));

  function seen({ status, headers, body }: TestResponse): string {
    const shown = maskedHeaders(headers);
    return JSON.stringify({ status, shown, body: body.replaceAll(/\w+@example/g, "PERSON@example") });
  }
});

describe("Expired requests", () => {
  it("are deleted", async () => {
    const { app } = await setUp();
    const anna = app.client();
    await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    app.pass(2 * DAY);
    await app.deliver();

    const { statements, result } = await recordStatements(() => anna.open("/check-email"));

    assert.ok(statements.some((sql) => /latchkey_requests/.test(sql)));
    assert.doesNotMatch(result.body, /anna@/);
  });
});

async function setUp(): Promise<{ app: App }> {
  const app = await openApp({ limits: HIGH_LIMITS });
  await signUp(app, "anna@example.com");
  return { app };
}
