import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import type { Options } from "../../src/options/options.ts";
import { openWatchedApp, SMTP_PASSWORD } from "../support/instrumented-app.ts";
import { tokenOf } from "../support/open-app.ts";

const FIRST = "the very first password of Anna";
const WRONG = "a wrong password that Anna typed";
const RESET = "the password after Anna's reset";
const CHANGED = "the password that Anna changed to";
const SECRETS = [SMTP_PASSWORD, FIRST, WRONG, RESET, CHANGED];

describe("No secret lies about", () => {
  it("in the log or in the database's bytes, at any step of a journey over a mail server that stumbles (T1, K1, K2)", async () => {
    const { app, anna, server, log, secrets, codes, checked, watchMails, watchToken } = await openWatchedApp(SECRETS);

    server.script = ({ at, nth }) => (at === "login" && nth === 1 ? 535 : 250);
    await anna.open("/sign-up");
    await anna.submit({ email: "anna@example.com" });
    checked("a sign-up that waits");
    await app.deliver();
    checked("a sign-up mail that could not be sent");
    const signUp = await mailed("/sign-up");
    await anna.open(signUp);
    checked("a sign-up link that is open");
    await anna.submit({ password: FIRST });
    checked("an account");
    await anna.submit({}, "/sign-out");

    await anna.post("/sign-in", { email: "anna@example.com", password: WRONG });
    checked("a wrong password");
    await anna.post("/sign-in", { email: "anna@example.com", password: FIRST });
    checked("a sign-in");

    const other = app.client();
    await other.post("/forgot-password", { email: "anna@example.com" });
    checked("a reset that waits");
    server.script = ({ at, nth }) => (at === "message" && nth === 2 ? "cut" : 250);
    await app.deliver();
    watchMails();
    checked("a reset mail whose answer was lost");
    const reset = await mailed("/reset-password");
    await other.open(reset);
    await other.submit({ password: "too short" });
    checked("a reset link that is open");
    await other.submit({ password: RESET });
    assert.match(other.text, /Your new password is set/);
    checked("a reset that is done");
    server.script = ({ at }) => (at === "recipient" ? 550 : 250);
    await app.deliver();
    checked("a notice that was refused");

    await other.submit({ current_password: WRONG, password: CHANGED }, "/password");
    await other.submit({ current_password: RESET, password: CHANGED }, "/password");
    assert.equal(other.answer.status, 303);
    server.script = () => 250;
    app.pass(MINUTE);
    await app.deliver();
    await other.open(reset);
    checked("a change that its owner is told of");

    const tapping = app.client();
    await tapping.post("/sign-in-link", { email: "anna@example.com" });
    checked("a sign-in link that waits");
    const signIn = await mailed("/sign-in-link");
    const elsewhere = app.client();
    await elsewhere.open(signIn);
    await elsewhere.submit({ code: "1234" });
    await tapping.open(signIn);
    checked("a sign-in link that is open");
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
    checked("an objection that is open");
    await elsewhere.submit({});
    checked("an objection");
    await elsewhere.open(await mailed("/reset-password"));
    checked("the end");

    const links = 2 + 1 + 2 + 2 + 2 + 1;
    const requests = 5;
    const sessions = 6;
    assert.equal(secrets.length, SECRETS.length + links + requests + sessions, "each was watched");
    assert.equal(codes.length, 5, "a code a link that a browser asked for was watched");
    assert.match(log(), /"to":"a•••@example\.com"/);

    /** Waits until the next attempt, and returns the newest link of a kind among the mails that came. */
    async function mailed(path: string): Promise<string> {
      app.pass(MINUTE);
      await app.deliver();
      watchMails();
      const texts = server.kept.map(({ text }) => text).join("\n");
      const link = [...texts.matchAll(/^https?:\/\/\S+$/gm)].findLast(([url]) => url.includes(`${path}/`))?.[0] ?? "";
      return new URL(link).pathname;
    }
  });

  it("in the log, where it is found at once when someone writes it there: the watch is awake", async () => {
    const { app, anna, checked } = await openWatchedApp(SECRETS, {
      pages: {
        account: () => {
          throw new Error(`someone is careless: ${FIRST}`);
        },
      },
    });

    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    await anna.open(app.lastLink());
    await anna.submit({ password: FIRST });

    assert.throws(() => checked("a careless page"), /the log holds a secret/);
  });

  for (const [spelling, beginning, ending = ""] of [
    ["as it was mailed", "Abc-_"],
    ["with a letter in percent signs", "%41bc-_"],
    ["with a full stop, as a mail program glues it on", "Abc-_", "."],
    ["with a space", "Abc-_", "%20"],
    ["with a bracket", "Abc-_", "%3E"],
  ] as const) {
    it(`in the log of a page that failed, for a link ${spelling}`, async () => {
      const broken = () => {
        throw new Error("a broken page");
      };
      const pages: Options["pages"] = { resetPassword: broken, confirmSignIn: broken, deadLink: broken };
      const { app, log } = await openWatchedApp(SECRETS, { pages });
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
