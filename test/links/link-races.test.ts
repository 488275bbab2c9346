import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Answer, Visitor } from "../support/client.ts";
import { type App, openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";
import { meet } from "../support/rendezvous.ts";
import { ASK, alertLinkIn, ask, copyOf, type Mailed, whoIsIn } from "../support/requests.ts";

const ROOMY = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };
/** Each round lets the first go on for another while, of four, and one or the other come first: eight see every pair. */
const ROUNDS = Number(process.env.LATCHKEY_TEST_ROUNDS || 8);
/** Where one is always the first, half of them do. */
const WHILES = Math.ceil(ROUNDS / 2);

describe("A reset and a sign-in link of one account, used at the same instant", () => {
  for (const method of ["link", "code"] as const) {
    it(`end as if one had come first, and leave no session from before the reset: by ${method}`, async () => {
      const { app } = await openTown();
      let password = PASSWORD;
      const seen = { "link first": 0, "reset first": 0 };

      for (let round = 1; round <= ROUNDS; round += 1) {
        const before = app.client();
        await before.post("/sign-in", { email: "anna@example.com", password });
        const [phone, resetter] = [app.client(), app.client()];
        const signIn = await ask(app, phone, ASK.signIn, "anna@example.com");
        const reset = await ask(app, resetter, ASK.reset, "anna@example.com");
        const mails = app.mails.length;
        password = newPassword(round);

        const deeds = {
          signIn: () => sendSignIn(phone, signIn, method),
          reset: () => resetter.send("/reset-password", { token: reset.token, password }),
        };
        const order = round % 2 === 0 ? (["signIn", "reset"] as const) : (["reset", "signIn"] as const);
        const { signIn: signedIn, reset: done } = await meet(deeds, order, async (begun) => {
          // In the first two rounds one is through before the other begins.
          if (round <= 2) await begun;
          else await turns(app, Math.floor(round / 2));
        });
        await app.deliver();

        assert.equal(done.status, 303, `round ${round}: the reset`);
        assert.equal(await whoIsIn(resetter), "anna@example.com");
        assert.equal(await whoIsIn(before), null, "a session from before the reset");
        assert.equal(
          await whoIsIn(phone),
          null,
          "a sign-in link is used before a reset, which ends its session, or dead",
        );
        const cameFirst = signedIn.status === 303;
        seen[cameFirst ? "link first" : "reset first"] += 1;
        const notices = app.mails.slice(mails).map(({ subject }) => subject);
        assert.equal(notices.filter((subject) => /^Someone signed in/.test(subject)).length, cameFirst ? 1 : 0);
        assert.equal(notices.filter((subject) => /was changed/.test(subject)).length, 1);
        assert.equal((await phone.send("/code", { code: signIn.code })).status === 303, false);
        app.pass(60_000);
      }
      assert.ok(
        seen["link first"] > 0 && seen["reset first"] > 0,
        `both ways round were seen: ${JSON.stringify(seen)}`,
      );
    });
  }
});

describe("The link and the code of one mail, used at the same instant", () => {
  it("sign in once", async () => {
    const { app } = await openTown();
    for (let round = 1; round <= WHILES; round += 1) {
      const phone = app.client();
      const { token, code } = await ask(app, phone, ASK.signIn, "anna@example.com");
      const [tapping, typing] = [copyOf(app, phone), copyOf(app, phone)];
      const elsewhere = app.client();
      const mails = app.mails.length;

      const typed = typing.send("/code", { code });
      const both = elsewhere.send("/sign-in-link/confirm", { token, code });
      await turns(app, round);
      const answers = await Promise.all([typed, both, tapping.send("/sign-in-link/confirm", { token })]);
      await app.deliver();

      assert.equal(answers.filter(({ status }) => status === 303).length, 1, `round ${round}`);
      const inside = await Promise.all([tapping, typing, elsewhere].map(whoIsIn));
      assert.equal(inside.filter(Boolean).length, 1);
      assert.equal(app.mails.length - mails, 1, "one notice");
    }
  });

  it("reset once", async () => {
    const { app } = await openTown();
    for (let round = 1; round <= WHILES; round += 1) {
      const phone = app.client();
      const { token, code } = await ask(app, phone, ASK.reset, "anna@example.com");
      const typing = copyOf(app, phone);

      const reset = phone.send("/reset-password", { token, password: newPassword(round) });
      await turns(app, round);
      const [typed, done] = await Promise.all([typing.send("/code", { code }), reset]);

      assert.equal(done.status, 303);
      const location = typed.headers.get("location");
      if (location)
        assert.equal((await typing.open(location)).status, 410, "its link came before the reset, and ended with it");
      else assert.ok([410, 422].includes(typed.status));
      assert.equal(await whoIsIn(phone), "anna@example.com");
    }
  });
});

describe("An objection against what it objects to, at the same instant", () => {
  for (const [what, deed] of [
    [
      "a reset",
      (client: Visitor, mail: Mailed) => client.send("/reset-password", { ...mail, password: newPassword(0) }),
    ],
    ["a sign-in link", (client: Visitor, mail: Mailed) => sendSignIn(client, mail, "link")],
    ["a sign-in code", (client: Visitor, mail: Mailed) => sendSignIn(client, mail, "code")],
  ] as const) {
    it(`ends as if one had come first: ${what}`, async () => {
      for (let round = 1; round <= WHILES; round += 1) {
        const { app } = await openTown();
        await sendSignIn(...(await asked(app, ASK.signIn)), "link");
        await app.deliver();
        const objection = tokenOf(alertLinkIn(app));
        const [thief, mail] = await asked(app, what === "a reset" ? ASK.reset : ASK.signIn);
        const objecting = async () => {
          await turns(app, round);
          return app.client().send("/objection", { token: objection });
        };

        const [done, objected] = await Promise.all([deed(thief, mail), objecting()]);

        // A reset ends the objection with every other link of the account, and mails the owner another one.
        const isIn = (await whoIsIn(thief)) !== null;
        assert.ok(objected.status === 200 || (what === "a reset" && done.status === 303), `round ${round}`);
        assert.equal(isIn, done.status === 303 && objected.status !== 200);
        const right = await app.client().send("/sign-in", { email: "anna@example.com", password: newPassword(0) });
        assert.equal(right.status, isIn ? 303 : 401);
        const before = app.mails.length;
        await app.deliver();
        // Several leave at once, in whatever order.
        const told = app.mails.slice(before).map(({ text }) => text);
        assert.ok(told.some((text) => (objected.status === 200 ? /You told us/ : /objection/).test(text)));
      }
    });
  }
});

describe("A mail that leaves while its account's password is reset", () => {
  it("brings a link and a code that both work, or that are both dead", async () => {
    const { app } = await openTown();
    const seen = { alive: 0, dead: 0 };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const [phone, resetter] = [app.client(), app.client()];
      const { token } = await ask(app, resetter, ASK.reset, "anna@example.com");
      await phone.post(ASK.reset, { email: "anna@example.com" });
      const mails = app.mails.length;

      // What waits to be hashed stands before the code: the reset is done before the mail is, or after.
      const resetting = resetter.send("/reset-password", { token, password: newPassword(round) });
      const others = Array.from({ length: round % 6 }, () => guess(app));
      await turns(app, round);
      await Promise.all([app.deliver(), resetting, ...others]);

      const sent = app.mails.slice(mails).find(({ subject }) => /^Reset/.test(subject));
      assert.ok(sent);
      const link = /\/reset-password\/[\w-]{43}/.exec(sent.text)?.[0] ?? "";
      const code = /^\d{4} \d{4}$/m.exec(sent.text)?.[0] ?? "";
      const isLinkGood = (await app.client().open(link)).status === 200;
      const isCodeGood = (await phone.send("/code", { code })).status === 303;
      assert.equal(isCodeGood, isLinkGood, `round ${round}`);
      seen[isLinkGood ? "alive" : "dead"] += 1;
      app.pass(3_600_000);
    }
    assert.ok(seen.alive > 0, JSON.stringify(seen));
  });
});

function sendSignIn(client: Visitor, { token, code }: Mailed, method: "link" | "code"): Promise<Answer> {
  return method === "link" ? client.send("/sign-in-link/confirm", { token }) : client.send("/code", { code });
}

async function asked(app: App, path: string): Promise<[Visitor, Mailed]> {
  const client = app.client();
  return [client, await ask(app, client, path, "anna@example.com")];
}

/** Lets what has begun go on for a while that differs from round to round, measured in hashes and not in time. */
async function turns(app: App, round: number): Promise<void> {
  for (let i = 0; i < round % 4; i += 1) await guess(app);
}

function guess(app: App): Promise<Answer> {
  return app.client().send("/sign-in", { email: "unknown@example.com", password: "a guess" });
}

function newPassword(i: number): string {
  return `password number ${i} of many`;
}

async function openTown(): Promise<{ app: App }> {
  const app = await openApp({ limits: ROOMY });
  await signUp(app, "anna@example.com");
  return { app };
}
