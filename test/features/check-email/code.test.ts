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

const OLD_PASSWORD = "correct horse battery staple";
const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("A code typed in the browser that asked", () => {
  it("signs in, where a sign-in link was asked for, and ends the link beside it", async () => {
    const { app, anna } = await setUp();
    const { link, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    await app.client().open(link);

    await anna.open("/check-email");
    assert.match(anna.text, /anna@example\.com.*type its code here/);
    assert.match(anna.page.body, /name="code"[^>]* inputmode="numeric" autocomplete="one-time-code"/);
    await anna.submit({ code }, "/code");
    await app.deliver();

    assert.equal(anna.response.status, 303);
    assert.match(anna.text, /signed in as anna@example\.com/);
    assert.match(app.lastMail().subject, /^Someone signed in/);
    const late = app.client();
    assert.equal((await late.open(link)).status, 410);
    assert.match(late.text, /This link has been replaced/);
  });

  it("goes on to the form for the new password, where a reset was asked for", async () => {
    const { app, anna } = await setUp();
    const laptop = await signIn(app);
    const { link, code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");

    await anna.open("/check-email");
    await anna.submit({ code }, "/code");
    assert.match(anna.response.headers.get("location") ?? "", /^\/reset-password\/[\w-]{43}$/);
    assert.match(anna.text, /Set a new password/);
    assert.equal(await signedInAs(anna), null);
    assert.equal((await app.client().open(link)).status, 200, "until a password is set the link is as good");
    await anna.submit({ password: NEW_PASSWORD });

    assert.equal(await signedInAs(anna), "anna@example.com");
    assert.equal(await signedInAs(laptop), null);
    assert.equal((await app.client().open(link)).status, 410);
  });

  it("goes on to the first password, where an account was asked for", async () => {
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
    ["as it stands in the mail", (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`],
    [
      "with spaces and dashes anywhere",
      (code: string) => `  ${code.slice(0, 2)}-${code.slice(2, 5)}–${code.slice(5)} \t`,
    ],
    ["in full-width digits", (code: string) => shift(code, 0xff10)],
    ["in Arabic digits", (code: string) => shift(code, 0x0660)],
    ["in Persian digits with a no-break space", (code: string) => `${shift(code, 0x06f0)}\u00a0`],
    ["with invisible marks that were copied along", (code: string) => `\u200e${code}\u2060`],
  ] as const) {
    it(`is read ${how}`, async () => {
      const { app, anna } = await setUp();
      const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

      assert.equal((await anna.send("/code", { code: spell(code) })).status, 303);
    });
  }

  it("does nothing when it is wrong, and says how many tries are left", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

    for (const left of ["4 more tries", "3 more tries", "2 more tries", "one more try"]) {
      await anna.post("/code", { code: differentCode(code) });
      assert.equal(anna.response.status, 422);
      assert.match(anna.text, new RegExp(`not the code of our mail. You have ${left}`));
      assert.equal(await signedInAs(anna), null);
    }
    await anna.post("/code", { code });

    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("is refused the sixth time, right as it is, while the link goes on working where it was asked for", async () => {
    const { app, anna } = await setUp();
    const { link, token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    for (let i = 1; i <= 5; i += 1) await anna.post("/code", { code: differentCode(code, i) });
    assert.equal(anna.response.status, 410);
    assert.match(anna.text, /Too many wrong codes.*Send a new mail to anna@example\.com/);

    const sixth = await anna.post("/code", { code });
    assert.equal(sixth.status, 410);
    assert.match(anna.text, /Too many wrong codes/);
    const phone = app.client();
    assert.equal((await phone.open(link)).status, 410);
    assert.match(phone.text, /This link needs its browser/);
    assert.equal((await phone.send("/sign-in-link/confirm", { token, code })).status, 410);
    assert.deepEqual([await signedInAs(anna), await signedInAs(phone)], [null, null]);
    await anna.open(link);
    await anna.submit({});

    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("counts the wrong ones that are typed behind the link elsewhere too (T1)", async () => {
    const { app, anna } = await setUp();
    const { token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const elsewhere = app.client();
    for (let i = 1; i <= 3; i += 1)
      await elsewhere.send("/sign-in-link/confirm", { token, code: differentCode(code, i) });

    await anna.post("/code", { code: differentCode(code) });
    assert.match(anna.text, /You have one more try/);
    const fifth = await elsewhere.send("/sign-in-link/confirm", { token, code: differentCode(code) });
    const sixth = await elsewhere.send("/sign-in-link/confirm", { token, code });

    assert.deepEqual([fifth.status, sixth.status], [422, 410]);
    assert.equal((await anna.send("/code", { code })).status, 410);
  });

  it("lives ten minutes from the moment it is mailed (T1, K2)", async () => {
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

  it("lives no longer than the link beside it", async () => {
    const { app, anna } = await setUp({ links: { signInMinutes: 5 } });
    const { token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    assert.match(
      app.lastMail().text,
      /type this code where you asked, or on the page of the link. It works for 5 minutes/,
    );

    app.pass(5 * MINUTE);

    assert.equal((await anna.send("/code", { code })).status, 422);
    assert.equal((await app.client().send("/sign-in-link/confirm", { token, code })).status, 410);
  });

  it("may be that of any mail of the request, also of one that was asked for again", async () => {
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
      assert.match(anna.text, /One tap/, "the first mail still knows its browser");
      await anna.post("/code", { code: mails[which]?.code ?? "" });
      assert.equal(await signedInAs(anna), "anna@example.com");

      const other = mails[(which + 1) % 3];
      const again = await copyClient(app, anna).send("/code", { code: other?.code ?? "" });
      assert.equal(again.status, 410);
      assert.equal((await app.client().open(other?.link ?? "")).status, 410);
    }
  });

  it("is a new request's when the browser asks for something else", async () => {
    const { app, anna } = await setUp();
    const first = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const second = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");

    assert.equal((await anna.send("/code", { code: first.code })).status, 422);
    const response = await anna.send("/code", { code: second.code });
    assert.match(response.headers.get("location") ?? "", /^\/reset-password\//);
  });

  it("does nothing twice", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    await anna.post("/code", { code });

    const again = await copyClient(app, anna).post("/code", { code });

    assert.equal(again.status, 410);
    assert.match(again.body, /This has been used/);
  });
});

describe("A code typed anywhere else", () => {
  it("is dead: in a browser that asked for nothing, or for another mail, or with a cookie made up (T1)", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const own = app.client();
    await requestEmail(app, own, REQUEST_PATHS.signIn, "anna@example.com");
    const madeUp = app.client();
    madeUp.cookies.set("latchkey-request", "A".repeat(43));

    const none = app.client();
    await none.post("/code", { code });
    assert.equal(none.response.status, 410);
    assert.match(none.text, /works only in the browser in which you asked/);
    assert.equal((await madeUp.send("/code", { code })).status, 410);
    assert.equal((await own.send("/code", { code })).status, 422);

    assert.equal((await anna.send("/code", { code })).status, 303);
  });

  it("is dead in the browser that asked, a day later", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    app.pass(24 * HOUR);

    assert.equal((await anna.send("/code", { code })).status, 410);
  });
});

/** An app on a file with Anna in it, a browser of hers that is not signed in, and a second connection. */
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
