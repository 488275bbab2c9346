import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../src/basics/clock.ts";
import { readCode } from "../src/basics/codes.ts";
import type { Options } from "../src/options.ts";
import { type App, tokenOf } from "./support/open-app.ts";
import { codeIn, openWatchedApp, readStrings, SMTP_PASSWORD } from "./support/watched-app.ts";

const FIRST = "the very first password of Anna";
const WRONG = "a wrong password that Anna typed";
const RESET = "the password after Anna's reset";
const CHANGED = "the password that Anna changed to";
const SECRETS = [SMTP_PASSWORD, FIRST, WRONG, RESET, CHANGED];

describe("No secret lies about", () => {
  it("in the log or in the database's bytes, at any step of a journey over a mail server that stumbles", async () => {
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

    const other = app.visitor();
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

    const tapping = app.visitor();
    await tapping.post("/sign-in-link", { email: "anna@example.com" });
    checked("a sign-in link that waits");
    const signIn = await mailed("/sign-in-link");
    const elsewhere = app.visitor();
    await elsewhere.open(signIn);
    await elsewhere.submit({ code: "1234" });
    await tapping.open(signIn);
    checked("a sign-in link that is open");
    await tapping.submit({});
    assert.equal(tapping.path, "/users/me");
    checked("a sign-in by a link");

    const typing = app.visitor();
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

    const links = 3 + 1 + 2 + 2 + 2 + 1;
    const requests = 5;
    const sessions = 6;
    assert.equal(secrets.length, SECRETS.length + links + requests + sessions, "each was watched");
    assert.equal(codes.length, 6, "a code a link that a browser asked for was watched");
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

  it("in the log, where it is found at once when somebody writes it there: the watch is awake", async () => {
    const { app, anna, checked } = await openWatchedApp(SECRETS, {
      pages: {
        me: () => {
          throw new Error(`somebody is careless: ${FIRST}`);
        },
      },
    });

    await app.visitor().post("/sign-up", { email: "anna@example.com" });
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
        const page = await app.visitor().request("GET", `${path}/${token}${ending}`);
        assert.equal(page.status, 500);
      }

      assert.match(log(), /a broken page/);
      assert.doesNotMatch(log(), /Abc-_/);
    });
  }
});

describe("A dump of the database", () => {
  it("opens nothing: no string in it works as a link or as a cookie, also while mail waits", async () => {
    const { app, anna, server, folder } = await openWatchedApp(SECRETS);
    await anna.post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    await anna.open(app.lastLink());
    await anna.submit({ password: FIRST });
    const other = app.visitor();
    await other.post("/sign-in-link", { email: "anna@example.com" });
    await app.deliver();
    await other.open(app.lastLink());
    await other.submit({});
    await app.deliver();
    const objection = app.lastLink();
    await anna.post("/forgot-password", { email: "anna@example.com" });
    await app.deliver();
    const reset = app.lastLink();
    await other.post("/sign-in-link", { email: "anna@example.com" });
    await app.deliver();
    const signIn = app.lastLink();
    await anna.post("/sign-up", { email: "bob@example.com" });
    await app.deliver();
    const signUp = app.lastLink();
    const code = codeIn(server.kept.at(-1)?.text ?? "") ?? "";
    for (const path of ["/forgot-password", "/sign-in-link"])
      await app.visitor().post(path, { email: "anna@example.com" });

    const strings = readStrings(folder);

    assert.ok(strings.length > 60, `${strings.length} strings`);
    for (const string of strings) {
      assert.deepEqual(await openings(app, string), NOTHING, string);
      assert.equal(readCode(string), null, string);
    }
    assert.equal((await openings(app, tokenOf(reset))).reset, 200);
    assert.equal((await openings(app, tokenOf(signUp))).signUp, 200);
    assert.equal((await openings(app, tokenOf(signIn))).signIn, 200);
    assert.equal((await openings(app, anna.cookies.get("latchkey") ?? "")).me, 200);
    assert.equal((await openings(app, anna.cookies.get("latchkey-request") ?? "")).request, 429);
    await anna.post("/code", { code });
    assert.match(anna.path, /^\/sign-up\//);
    assert.equal((await openings(app, tokenOf(objection))).objectionPost, 200);
  });
});

/** What is answered where a string opens nothing. */
const NOTHING = {
  reset: 410,
  resetPost: 410,
  signUp: 410,
  signUpPost: 410,
  signIn: 410,
  signInPost: 410,
  objection: 410,
  objectionPost: 410,
  me: 303,
  request: 410,
};

/** What is answered where a string is tried as each link, as a session, and as the request of a browser that waits. */
async function openings(app: App, string: string): Promise<typeof NOTHING> {
  const tried = encodeURIComponent(string);
  const stranger = app.visitor();
  const get = async (path: string) => (await stranger.request("GET", path)).status;
  const post = async (path: string, fields = {}) => (await stranger.send(path, { token: string, ...fields })).status;

  const links = {
    reset: await get(`/reset-password/${tried}`),
    resetPost: await post("/reset-password", { password: "" }),
    signUp: await get(`/sign-up/${tried}`),
    signUpPost: await post("/sign-up/confirm", { password: "" }),
    signIn: await get(`/sign-in-link/${tried}`),
    signInPost: await post("/sign-in-link/confirm"),
    objection: await get(`/objection/${tried}`),
    objectionPost: await post("/objection"),
  };
  stranger.cookies.set("latchkey", tried);
  stranger.cookies.set("latchkey-request", tried);
  return { ...links, me: await get("/users/me"), request: await post("/check-email") };
}
