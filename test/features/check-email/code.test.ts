import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE, SECOND } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { type App, openApp, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import {
  copyClient,
  differentCode,
  REQUEST_PATHS,
  receiveEmail,
  requestEmail,
  signedInAs,
} from "../../support/requests.ts";
import { accountOf, assertSays, SUBJECTS, words } from "../../support/words.ts";

const OLD_PASSWORD = "correct horse battery staple";
const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("A code submitted in the requesting browser", () => {
  it("signs in after a request for a sign-in link, and revokes the link", async () => {
    const { app, anna } = await setUp();
    const { link, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    await app.client().open(link);

    await anna.open("/check-email");
    assertSays(anna.text, words.check.signIn({ email: "anna@example.com", product: "Latchkey" }));
    assert.match(anna.page.body, /name="code"[^>]* inputmode="numeric" autocomplete="one-time-code"/);
    await anna.submit({ code }, "/code");
    await app.deliver();

    assert.equal(anna.response.status, 303);
    assertSays(anna.text, accountOf("anna@example.com"));
    assert.equal(app.lastMail().subject, SUBJECTS.signedInByLink);
    const late = app.client();
    assert.equal((await late.open(link)).status, 410);
    assertSays(late.text, words.dead.endedTitle);
  });

  it("leads to the form for a new password after a request for a reset", async () => {
    const { app, anna } = await setUp();
    const laptop = await signIn(app);
    const { link, code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");

    await anna.open("/check-email");
    await anna.submit({ code }, "/code");
    assert.match(anna.response.headers.get("location") ?? "", /^\/reset-password\/[\w-]{43}$/);
    assertSays(anna.text, words.reset.title);
    assert.equal(await signedInAs(anna), null);
    assert.equal((await app.client().open(link)).status, 200, "until a password is set the link is as good");
    await anna.submit({ password: NEW_PASSWORD });

    assert.equal(await signedInAs(anna), "anna@example.com");
    assert.equal(await signedInAs(laptop), null);
    assert.equal((await app.client().open(link)).status, 410);
  });

  it("leads to the form for the first password after a request to sign up", async () => {
    const app = await openApp();
    const bea = app.client();
    const { link, code } = await requestEmail(app, bea, REQUEST_PATHS.signUp, "bea@example.com");

    await bea.open("/check-email");
    await bea.submit({ code }, "/code");
    assert.match(bea.response.headers.get("location") ?? "", /^\/sign-up\/[\w-]{43}$/);
    await bea.submit({ password: NEW_PASSWORD });

    assert.equal(await signedInAs(bea), "bea@example.com");
    assert.equal((await app.client().open(link)).status, 410);
  });

  for (const [how, spell] of [
    ["as formatted in the email", (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`],
    [
      "with spaces and dashes anywhere",
      (code: string) => `  ${code.slice(0, 2)}-${code.slice(2, 5)}–${code.slice(5)} \t`,
    ],
    ["in full-width digits", (code: string) => shift(code, 0xff10)],
    ["in Arabic digits", (code: string) => shift(code, 0x0660)],
    ["in Persian digits with a no-break space", (code: string) => `${shift(code, 0x06f0)}\u00a0`],
    ["with invisible characters that were copied along", (code: string) => `\u200e${code}\u2060`],
  ] as const) {
    it(`is accepted ${how}`, async () => {
      const { app, anna } = await setUp();
      const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

      assert.equal((await anna.send("/code", { code: spell(code) })).status, 303);
    });
  }

  it("has no effect if it is wrong, and the page states the remaining attempts", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

    for (const left of [4, 3, 2, 1]) {
      await anna.post("/code", { code: differentCode(code) });
      assert.equal(anna.response.status, 422);
      assertSays(anna.text, words.code.errorWrong(left));
      assert.equal(await signedInAs(anna), null);
    }
    await anna.post("/code", { code });

    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("is refused after five wrong codes, while the link stays valid in the requesting browser", async () => {
    const { app, anna } = await setUp();
    const { link, token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    for (let i = 1; i <= 5; i += 1) await anna.post("/code", { code: differentCode(code, i) });
    assert.equal(anna.response.status, 410);
    assertSays(anna.text, words.codeOver.triesTitle, words.again.button);

    const sixth = await anna.post("/code", { code });
    assert.equal(sixth.status, 410);
    assertSays(anna.text, words.codeOver.triesTitle);
    const phone = app.client();
    assert.equal((await phone.open(link)).status, 410);
    assertSays(phone.text, words.dead.codeOverTitle);
    assert.equal((await phone.send("/sign-in-link/confirm", { token, code })).status, 410);
    assert.deepEqual([await signedInAs(anna), await signedInAs(phone)], [null, null]);
    await anna.open(link);
    await anna.submit({});

    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("shares its attempts with codes submitted with the link in another browser (T1)", async () => {
    const { app, anna } = await setUp();
    const { token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const elsewhere = app.client();
    for (let i = 1; i <= 3; i += 1)
      await elsewhere.send("/sign-in-link/confirm", { token, code: differentCode(code, i) });

    await anna.post("/code", { code: differentCode(code) });
    assertSays(anna.text, words.code.errorWrong(1));
    const fifth = await elsewhere.send("/sign-in-link/confirm", { token, code: differentCode(code) });
    const sixth = await elsewhere.send("/sign-in-link/confirm", { token, code });

    assert.deepEqual([fifth.status, sixth.status], [422, 410]);
    assert.equal((await anna.send("/code", { code })).status, 410);
  });

  it("expires ten minutes after its email is sent (T1, K2)", async () => {
    const { app, anna } = await setUp();
    await anna.post(REQUEST_PATHS.reset, { email: "anna@example.com" });
    app.pass(20 * MINUTE);
    const first = await receiveEmail(app);
    app.pass(10 * MINUTE);
    assert.equal((await anna.send("/code", { code: first.code })).status, 422);

    const second = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    app.pass(10 * MINUTE - SECOND);

    assert.equal((await anna.send("/code", { code: second.code })).status, 303);
  });

  it("expires no later than its link", async () => {
    const { app, anna } = await setUp({ links: { signInMinutes: 5 } });
    const { token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    assert.match(app.lastMail().text, /expires in 5 minutes[\s\S]*expires in 5 minutes/);

    app.pass(5 * MINUTE);

    assert.equal((await anna.send("/code", { code })).status, 422);
    assert.equal((await app.client().send("/sign-in-link/confirm", { token, code })).status, 410);
  });

  it("may come from any email of the request, including those sent again", async () => {
    for (const which of [0, 1, 2]) {
      const { app, anna } = await setUp();
      const request = async () => anna.cookies.get("latchkey-request");
      const mails = [await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com")];
      const before = await request();
      mails.push(await requestEmail(app, anna, REQUEST_PATHS.signIn, " ANNA@example.com"));
      app.pass(MINUTE);
      await anna.post("/check-email", {});
      mails.push(await receiveEmail(app));
      assert.equal(await request(), before);

      await anna.open(mails[0]?.link ?? "");
      // The first email still recognises its browser.
      assertSays(anna.text, words.confirm.tap({ email: "a•••@example.com" }));
      await anna.post("/code", { code: mails[which]?.code ?? "" });
      assert.equal(await signedInAs(anna), "anna@example.com");

      const other = mails[(which + 1) % 3];
      const again = await copyClient(app, anna).send("/code", { code: other?.code ?? "" });
      assert.equal(again.status, 410);
      assert.equal((await app.client().open(other?.link ?? "")).status, 410);
    }
  });

  it("belongs to the new request if the browser requests an email of the same kind to another address", async () => {
    const { app, anna } = await setUp();
    await signUp(app, "bob@example.com", OLD_PASSWORD);
    const first = await requestEmail(app, anna, REQUEST_PATHS.reset, "bob@example.com");
    app.pass(1);
    const second = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");

    assert.equal((await anna.send("/code", { code: first.code })).status, 422);
    const response = await anna.send("/code", { code: second.code });
    assert.match(response.headers.get("location") ?? "", /^\/reset-password\//);
  });

  it("is accepted once", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    await anna.post("/code", { code });

    const again = await copyClient(app, anna).post("/code", { code });

    assert.equal(again.status, 410);
    assertSays(again.body, words.codeOver.usedTitle);
  });
});

describe("A code submitted in another browser", () => {
  it("is refused without a request, with a request for another email, and with a forged cookie (T1)", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const own = app.client();
    await requestEmail(app, own, REQUEST_PATHS.signIn, "anna@example.com");
    const madeUp = app.client();
    madeUp.cookies.set("latchkey-request", "A".repeat(43));

    const none = app.client();
    await none.post("/code", { code });
    assert.equal(none.response.status, 410);
    assertSays(none.text, words.codeOver.elsewhere);
    assert.equal((await madeUp.send("/code", { code })).status, 410);
    assert.equal((await own.send("/code", { code })).status, 422);

    assert.equal((await anna.send("/code", { code })).status, 303);
  });

  it("is refused in the requesting browser after a day", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    app.pass(24 * HOUR);

    assert.equal((await anna.send("/code", { code })).status, 410);
  });
});

/** An app on a file with one account, a browser without a session, and a second connection. */
async function setUp(options: Parameters<typeof openApp>[0] = {}) {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS, ...options });
  await signUp(app, "anna@example.com", OLD_PASSWORD);
  const sql = await openRaw(database);
  return { app, anna: app.client(), sql };
}

async function signIn(app: App): Promise<TestClient> {
  const client = app.client();
  await client.post("/sign-in", { email: "anna@example.com", password: OLD_PASSWORD });
  return client;
}

/** The same digits in another script, whose zero is this. */
function shift(code: string, zero: number): string {
  return [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join("");
}
