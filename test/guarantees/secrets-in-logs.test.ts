import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import type { Options } from "../../src/options/options.ts";
import { openInstrumentedApp, SMTP_PASSWORD } from "../support/instrumented-app.ts";
import { tokenOf } from "../support/open-app.ts";
import { assertSays, words } from "../support/words.ts";

const FIRST = "the very first password of Anna";
const WRONG = "a wrong password that Anna typed";
const RESET = "the password after Anna's reset";
const CHANGED = "the password that Anna changed to";
const SECRETS = [SMTP_PASSWORD, FIRST, WRONG, RESET, CHANGED];

describe("Secrets of a whole journey", () => {
  it("never reach the log or the bytes of the database, through mail server faults (T1, K1, K2)", async () => {
    const { app, anna, server, log, secrets, codes, checked, watchEmails, watchToken } =
      await openInstrumentedApp(SECRETS);

    server.script = ({ at, nth }) => (at === "login" && nth === 1 ? 535 : 250);
    await anna.open("/sign-up");
    await anna.submit({ email: "anna@example.com" });
    checked("a queued sign-up");
    await app.deliver();
    checked("a failed sign-up email");
    const signUp = await mailed("/sign-up");
    await anna.open(signUp);
    checked("an open sign-up link");
    await anna.submit({ password: FIRST });
    checked("an account");
    await anna.submit({}, "/sign-out");

    await anna.post("/sign-in", { email: "anna@example.com", password: WRONG });
    checked("a wrong password");
    await anna.post("/sign-in", { email: "anna@example.com", password: FIRST });
    checked("a sign-in");

    const other = app.client();
    await other.post("/forgot-password", { email: "anna@example.com" });
    checked("a queued reset");
    server.script = ({ at, nth }) => (at === "message" && nth === 2 ? "cut" : 250);
    await app.deliver();
    watchEmails();
    checked("a reset email with a lost reply");
    const reset = await mailed("/reset-password");
    await other.open(reset);
    await other.submit({ password: "too short" });
    checked("an open reset link");
    await other.submit({ password: RESET });
    assertSays(other.text, words.me.doneReset);
    checked("a completed reset");
    server.script = ({ at }) => (at === "recipient" ? 550 : 250);
    await app.deliver();
    checked("a refused notice");

    await other.submit({ current_password: WRONG, password: CHANGED }, "/password");
    await other.submit({ current_password: RESET, password: CHANGED }, "/password");
    assert.equal(other.response.status, 303);
    server.script = () => 250;
    app.pass(MINUTE);
    await app.deliver();
    await other.open(reset);
    checked("a password change with its notice");

    const tapping = app.client();
    await tapping.post("/sign-in-link", { email: "anna@example.com" });
    checked("a queued sign-in link");
    const signIn = await mailed("/sign-in-link");
    const elsewhere = app.client();
    await elsewhere.open(signIn);
    await elsewhere.submit({ code: "1234" });
    await tapping.open(signIn);
    checked("an open sign-in link");
    await tapping.submit({});
    assert.equal(tapping.path, "/users/me");
    checked("a sign-in by a link");

    const typing = app.client();
    await typing.post("/sign-in-link", { email: "anna@example.com" });
    await mailed("/sign-in-link");
    await typing.post("/code", { code: codes.at(-1) ?? "" });
    assert.equal(typing.path, "/users/me");
    checked("a sign-in by a code");
    await typing.post("/forgot-password", { email: "anna@example.com" });
    await mailed("/reset-password");
    await typing.post("/code", { code: codes.at(-1) ?? "" });
    assert.match(typing.path, /^\/reset-password\//);
    watchToken(tokenOf(typing.path));
    checked("a code that leads to a reset");

    await elsewhere.open(await mailed("/objection"));
    checked("an open security alert");
    await elsewhere.submit({});
    checked("a confirmed security alert");
    await elsewhere.open(await mailed("/reset-password"));
    checked("the end");

    const links = 2 + 1 + 2 + 2 + 2 + 1;
    // One cookie for each browser that requests an email.
    const requests = 4;
    const sessions = 6;
    assert.equal(secrets.length, SECRETS.length + links + requests + sessions, "every secret was watched");
    assert.equal(codes.length, 5, "one code for each requested link was watched");
    assert.match(log(), /"to":"a•••@example\.com"/);

    /** Advances the clock to the next attempt and returns the newest delivered link below `path`. */
    async function mailed(path: string): Promise<string> {
      app.pass(MINUTE);
      await app.deliver();
      watchEmails();
      const texts = server.kept.map(({ text }) => text).join("\n");
      const link = [...texts.matchAll(/^https?:\/\/\S+$/gm)].findLast(([url]) => url.includes(`${path}/`))?.[0] ?? "";
      return new URL(link).pathname;
    }
  });

  it("are detected if a page writes one to the log (positive control)", async () => {
    const { app, anna, checked } = await openInstrumentedApp(SECRETS, {
      pages: {
        account: () => {
          throw new Error(`a page leaks ${FIRST}`);
        },
      },
    });

    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    await anna.open(app.lastLink());
    await anna.submit({ password: FIRST });

    assert.throws(() => checked("a leaking page"), /the log holds a secret/);
  });

  for (const [spelling, beginning, ending = ""] of [
    ["as emailed", "Abc-_"],
    ["with a percent-encoded letter", "%41bc-_"],
    ["with a full stop that a mail client appends", "Abc-_", "."],
    ["with a space", "Abc-_", "%20"],
    ["with a bracket", "Abc-_", "%3E"],
  ] as const) {
    it(`are absent from the log of a failing page for a link ${spelling}`, async () => {
      const broken = () => {
        throw new Error("a broken page");
      };
      const pages: Options["pages"] = { resetPassword: broken, confirmSignIn: broken, deadLink: broken };
      const { app, log } = await openInstrumentedApp(SECRETS, { pages });
      const token = `${beginning}${"Abc-_".repeat(8).slice(0, 38)}`;

      for (const path of ["/reset-password", "/sign-up", "/sign-in-link", "/objection"]) {
        const page = await app.client().request("GET", `${path}/${token}${ending}`);
        assert.equal(page.status, 500);
      }

      assert.match(log(), /a broken page/);
      assert.doesNotMatch(log(), /Abc-_/);
    });
  }
});
