import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestClient, TestResponse } from "../support/client.ts";
import { type App, openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";
import { runOverlapping } from "../support/overlapping.ts";
import {
  alertLinkIn,
  copyClient,
  REQUEST_PATHS,
  type ReceivedEmail,
  requestEmail,
  signedInAs,
} from "../support/requests.ts";
import { SUBJECTS } from "../support/words.ts";

const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };
/** Each round uses one of four head starts and one of two orders, so that eight rounds cover every pair. */
const ROUNDS = Number(process.env.LATCHKEY_TEST_ROUNDS || 8);
/** The number of rounds if the order is fixed. */
const FIXED_ORDER_ROUNDS = Math.ceil(ROUNDS / 2);

describe("Concurrent use of a reset link and a sign-in link of one account", () => {
  for (const method of ["link", "code"] as const) {
    it(`is serialised and leaves no session from before the reset: by ${method}`, async () => {
      const { app } = await setUp();
      let password = PASSWORD;
      const seen = { "link first": 0, "reset first": 0 };

      for (let round = 1; round <= ROUNDS; round += 1) {
        const before = app.client();
        await before.post("/sign-in", { email: "anna@example.com", password });
        const [phone, resetter] = [app.client(), app.client()];
        const signIn = await requestEmail(app, phone, REQUEST_PATHS.signIn, "anna@example.com");
        const reset = await requestEmail(app, resetter, REQUEST_PATHS.reset, "anna@example.com");
        const mails = app.mails.length;
        password = newPassword(round);

        const actions = {
          signIn: () => sendSignIn(phone, signIn, method),
          reset: () => resetter.send("/reset-password", { token: reset.token, password }),
        };
        const order = round % 2 === 0 ? (["signIn", "reset"] as const) : (["reset", "signIn"] as const);
        const { signIn: signedIn, reset: done } = await runOverlapping(actions, order, async (begun) => {
          // In the first two rounds one action ends before the other begins.
          if (round <= 2) await begun;
          else await headStart(app, Math.floor(round / 2));
        });
        await app.deliver();

        assert.equal(done.status, 303, `round ${round}: the reset`);
        assert.equal(await signedInAs(resetter), "anna@example.com");
        assert.equal(await signedInAs(before), null, "a session from before the reset");
        assert.equal(
          await signedInAs(phone),
          null,
          "the reset ends the session of the sign-in link, or the link itself",
        );
        const cameFirst = signedIn.status === 303;
        seen[cameFirst ? "link first" : "reset first"] += 1;
        const notices = app.mails.slice(mails).map(({ subject }) => subject);
        assert.equal(notices.filter((subject) => subject === SUBJECTS.signedInByLink).length, cameFirst ? 1 : 0);
        assert.equal(notices.filter((subject) => subject === SUBJECTS.passwordChanged).length, 1);
        assert.equal((await phone.send("/code", { code: signIn.code })).status === 303, false);
        app.pass(60_000);
      }
      assert.ok(seen["link first"] > 0 && seen["reset first"] > 0, `both orders occurred: ${JSON.stringify(seen)}`);
    });
  }
});

describe("Concurrent use of the link and the code of one email", () => {
  it("signs in once", async () => {
    const { app } = await setUp();
    for (let round = 1; round <= FIXED_ORDER_ROUNDS; round += 1) {
      const phone = app.client();
      const { token, code } = await requestEmail(app, phone, REQUEST_PATHS.signIn, "anna@example.com");
      const [tapping, typing] = [copyClient(app, phone), copyClient(app, phone)];
      const elsewhere = app.client();
      const mails = app.mails.length;

      const typed = typing.send("/code", { code });
      const both = elsewhere.send("/sign-in-link/confirm", { token, code });
      await headStart(app, round);
      const responses = await Promise.all([typed, both, tapping.send("/sign-in-link/confirm", { token })]);
      await app.deliver();

      assert.equal(responses.filter(({ status }) => status === 303).length, 1, `round ${round}`);
      const inside = await Promise.all([tapping, typing, elsewhere].map(signedInAs));
      assert.equal(inside.filter(Boolean).length, 1);
      assert.equal(app.mails.length - mails, 1, "one notice");
    }
  });

  it("resets the password once", async () => {
    const { app } = await setUp();
    for (let round = 1; round <= FIXED_ORDER_ROUNDS; round += 1) {
      const phone = app.client();
      const { token, code } = await requestEmail(app, phone, REQUEST_PATHS.reset, "anna@example.com");
      const typing = copyClient(app, phone);

      const reset = phone.send("/reset-password", { token, password: newPassword(round) });
      await headStart(app, round);
      const [typed, done] = await Promise.all([typing.send("/code", { code }), reset]);

      assert.equal(done.status, 303);
      const location = typed.headers.get("location");
      if (location)
        assert.equal(
          (await typing.open(location)).status,
          410,
          "the link of the code was minted before the reset, which revoked it",
        );
      else assert.ok([410, 422].includes(typed.status));
      assert.equal(await signedInAs(phone), "anna@example.com");
    }
  });
});

describe("A security alert confirmed during the action that it reports", () => {
  for (const [what, act] of [
    [
      "a reset",
      (client: TestClient, mail: ReceivedEmail) =>
        client.send("/reset-password", { ...mail, password: newPassword(0) }),
    ],
    ["a sign-in link", (client: TestClient, mail: ReceivedEmail) => sendSignIn(client, mail, "link")],
    ["a sign-in code", (client: TestClient, mail: ReceivedEmail) => sendSignIn(client, mail, "code")],
  ] as const) {
    it(`is serialised with ${what}`, async () => {
      for (let round = 1; round <= FIXED_ORDER_ROUNDS; round += 1) {
        const { app } = await setUp();
        await sendSignIn(...(await asked(app, REQUEST_PATHS.signIn)), "link");
        await app.deliver();
        const alert = tokenOf(alertLinkIn(app));
        const [attacker, mail] = await asked(app, what === "a reset" ? REQUEST_PATHS.reset : REQUEST_PATHS.signIn);
        const confirmAlert = async () => {
          await headStart(app, round);
          return app.client().send("/objection", { token: alert });
        };

        const [done, confirmed] = await Promise.all([act(attacker, mail), confirmAlert()]);

        // A reset revokes the security alert with all links of the account and emails the owner another one.
        const isIn = (await signedInAs(attacker)) !== null;
        assert.ok(confirmed.status === 303 || (what === "a reset" && done.status === 303), `round ${round}`);
        assert.equal(isIn, done.status === 303 && confirmed.status !== 303);
        const right = await app.client().send("/sign-in", { email: "anna@example.com", password: newPassword(0) });
        assert.equal(right.status, isIn ? 303 : 401);
        const before = app.mails.length;
        await app.deliver();
        // Several emails are delivered at once, in any order.
        const notices = app.mails.slice(before).map(({ text }) => text);
        assert.ok(notices.some((text) => (confirmed.status === 303 ? /You told us/ : /\/objection\//).test(text)));
      }
    });
  }
});

describe("An email delivered while the password of its account is reset", () => {
  it("contains a link and a code that are both valid or both revoked", async () => {
    const { app } = await setUp();
    const seen = { alive: 0, dead: 0, closed: 0 };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const [phone, resetter] = [app.client(), app.client()];
      const { token } = await requestEmail(app, resetter, REQUEST_PATHS.reset, "anna@example.com");
      await phone.post(REQUEST_PATHS.reset, { email: "anna@example.com" });
      const mails = app.mails.length;

      // Queued hashes vary which of the two completes first, the reset or the email.
      const resetting = resetter.send("/reset-password", { token, password: newPassword(round) });
      const others = Array.from({ length: round % 6 }, () => guess(app));
      await headStart(app, round);
      await Promise.all([app.deliver(), resetting, ...others]);

      const sent = app.mails.slice(mails).find(({ subject }) => subject === SUBJECTS.reset);
      if (!sent) {
        // The reset closed the email before it left.
        seen.closed += 1;
        app.pass(3_600_000);
        continue;
      }
      const link = /\/reset-password\/[\w-]{43}/.exec(sent.text)?.[0] ?? "";
      const code = /^ *(\d{4} \d{4})$/m.exec(sent.text)?.[1] ?? "";
      const isLinkValid = (await app.client().open(link)).status === 200;
      const isCodeValid = (await phone.send("/code", { code })).status === 303;
      assert.equal(isCodeValid, isLinkValid, `round ${round}`);
      seen[isLinkValid ? "alive" : "dead"] += 1;
      app.pass(3_600_000);
    }
    assert.ok(seen.alive + seen.dead > 0, JSON.stringify(seen));
  });
});

function sendSignIn(
  client: TestClient,
  { token, code }: ReceivedEmail,
  method: "link" | "code",
): Promise<TestResponse> {
  return method === "link" ? client.send("/sign-in-link/confirm", { token }) : client.send("/code", { code });
}

async function asked(app: App, path: string): Promise<[TestClient, ReceivedEmail]> {
  const client = app.client();
  return [client, await requestEmail(app, client, path, "anna@example.com")];
}

/** Gives the first action a head start that differs from round to round, measured in hashes and not in time. */
async function headStart(app: App, round: number): Promise<void> {
  for (let i = 0; i < round % 4; i += 1) await guess(app);
}

function guess(app: App): Promise<TestResponse> {
  return app.client().send("/sign-in", { email: "unknown@example.com", password: "a guess" });
}

function newPassword(i: number): string {
  return `password number ${i} of many`;
}

async function setUp(): Promise<{ app: App }> {
  const app = await openApp({ limits: HIGH_LIMITS });
  await signUp(app, "anna@example.com");
  return { app };
}
