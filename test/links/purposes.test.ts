import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestClient } from "../support/client.ts";
import { type App, openApp, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import {
  alertLinkIn,
  copyClient,
  REQUEST_PATHS,
  type ReceivedEmail,
  requestEmail,
  signedInAs,
} from "../support/requests.ts";

const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

/** Every secret that an attacker could try at a foreign endpoint. */
const SECRETS = [
  "reset token",
  "sign-in token",
  "sign-up token",
  "objection token",
  "session cookie",
  "request cookie",
  "reset code",
  "sign-in code",
  "sign-up code",
] as const;
type Secret = (typeof SECRETS)[number];

/** Each endpoint: the secrets that it accepts, and the statuses that it returns for any other. */
const ENDPOINTS: {
  name: string;
  accepts: Secret[];
  refusal: number[];
  open: (setup: Setup, secret: string) => Promise<number>;
}[] = [
  { name: "GET /reset-password/:token", accepts: ["reset token"], refusal: [410], open: look("/reset-password") },
  { name: "GET /sign-up/:token", accepts: ["sign-up token"], refusal: [410], open: look("/sign-up") },
  { name: "GET /sign-in-link/:token", accepts: ["sign-in token"], refusal: [410], open: look("/sign-in-link") },
  { name: "GET /objection/:token", accepts: ["objection token"], refusal: [410], open: look("/objection") },
  { name: "POST /reset-password", accepts: ["reset token"], refusal: [410], open: press("/reset-password") },
  { name: "POST /sign-up/confirm", accepts: ["sign-up token"], refusal: [410], open: press("/sign-up/confirm") },
  { name: "POST /objection", accepts: ["objection token"], refusal: [410], open: press("/objection") },
  {
    name: "POST /sign-in-link/confirm in the requesting browser",
    accepts: ["sign-in token"],
    refusal: [410],
    open: async ({ app, signingIn }, token) =>
      (await copyClient(app, signingIn).send("/sign-in-link/confirm", { token })).status,
  },
  {
    name: "POST /sign-in-link/confirm with the right code",
    accepts: ["sign-in token"],
    refusal: [410],
    open: async ({ app, mails }, token) =>
      (await app.client().send("/sign-in-link/confirm", { token, code: mails.signIn.code })).status,
  },
  {
    name: "the code behind a sign-in link",
    accepts: ["sign-in code"],
    refusal: [422],
    open: async ({ app, mails }, code) =>
      (await app.client().send("/sign-in-link/confirm", { token: mails.signIn.token, code })).status,
  },
  {
    name: "the session cookie",
    accepts: ["session cookie"],
    refusal: [303],
    open: async ({ app }, cookie) => (await withCookie(app, "latchkey", cookie).request("GET", "/users/me")).status,
  },
  {
    name: "the request cookie with the code of a sign-in",
    accepts: ["request cookie"],
    refusal: [410],
    open: async ({ app, mails }, cookie) =>
      (await withCookie(app, "latchkey-request", cookie).send("/code", { code: mails.signIn.code })).status,
  },
  {
    name: "the request cookie on /check-email",
    accepts: ["request cookie"],
    refusal: [200],
    open: async ({ app }, cookie) => {
      const page = await withCookie(app, "latchkey-request", cookie).request("GET", "/check-email");
      return page.body.includes("example.com") ? 303 : page.status;
    },
  },
  { name: "POST /code after a reset request", accepts: ["reset code"], refusal: [422], open: type("resetting") },
  {
    name: "POST /code after a sign-in link request",
    accepts: ["sign-in code"],
    refusal: [422],
    open: type("signingIn"),
  },
  { name: "POST /code after a sign-up request", accepts: ["sign-up code"], refusal: [422], open: type("signingUp") },
  {
    name: "POST /code without cookie",
    accepts: [],
    refusal: [410],
    open: async ({ app }, code) => (await app.client().send("/code", { code })).status,
  },
];

/** The endpoint of each secret, and the effect there. */
const OWN_ENDPOINT: Record<Secret, (setup: Setup, secret: string) => Promise<unknown>> = {
  "reset token": async ({ app }, token) => {
    const anna = app.client();
    await anna.post("/reset-password", { token, password: NEW_PASSWORD });
    assert.equal(await signedInAs(anna), "anna@example.com");
  },
  "sign-in token": async ({ signingIn }, token) => {
    await signingIn.post("/sign-in-link/confirm", { token });
    assert.equal(await signedInAs(signingIn), "anna@example.com");
  },
  "sign-up token": async ({ app }, token) => {
    const bea = app.client();
    await bea.post("/sign-up/confirm", { token, password: NEW_PASSWORD });
    assert.equal(await signedInAs(bea), "bea@example.com");
  },
  "objection token": async ({ app, laptop }, token) => {
    assert.equal((await app.client().send("/objection", { token })).status, 303);
    assert.equal(await signedInAs(laptop), null);
  },
  "session cookie": async ({ app }, cookie) => {
    assert.equal(await signedInAs(withCookie(app, "latchkey", cookie)), "anna@example.com");
  },
  "request cookie": async ({ app, mails }, cookie) => {
    const anna = withCookie(app, "latchkey-request", cookie);
    await anna.post("/code", { code: mails.signIn.code });
    assert.equal(await signedInAs(anna), "anna@example.com");
  },
  "reset code": async ({ resetting }, code) => {
    const { headers } = await resetting.send("/code", { code });
    assert.match(headers.get("location") ?? "", /^\/reset-password\/[\w-]{43}$/);
  },
  "sign-in code": async ({ signingIn }, code) => {
    await signingIn.post("/code", { code });
    assert.equal(await signedInAs(signingIn), "anna@example.com");
  },
  "sign-up code": async ({ signingUp }, code) => {
    const { headers } = await signingUp.send("/code", { code });
    assert.match(headers.get("location") ?? "", /^\/sign-up\/[\w-]{43}$/);
  },
};

describe("A secret at a foreign endpoint", () => {
  for (const kind of SECRETS) {
    it(`is refused and stays valid at its own: a ${kind}`, async () => {
      const setup = await setUp();
      const secret = setup.secrets[kind];

      for (const endpoint of ENDPOINTS) {
        if (endpoint.accepts.includes(kind)) continue;
        const status = await endpoint.open(setup, secret);
        assert.ok(endpoint.refusal.includes(status), `${endpoint.name}: ${status}`);
        await resetAttempts(setup);
      }
      assert.equal(await signedInAs(setup.laptop), "anna@example.com");
      await OWN_ENDPOINT[kind](setup, secret);
    });
  }

  it("is accepted at its own endpoint (positive control)", async () => {
    for (const endpoint of ENDPOINTS) {
      for (const kind of endpoint.accepts) {
        const setup = await setUp();
        const status = await endpoint.open(setup, setup.secrets[kind]);
        const isGet = /^GET|^the session/.test(endpoint.name);
        assert.equal(status, isGet ? 200 : 303, endpoint.name);
      }
    }
  });

  it("is refused if its row has another purpose than its digest", async () => {
    for (const [purpose, path, mail] of [
      ["sign-up", "/reset-password", "reset"],
      ["password-reset", "/sign-up/confirm", "signUp"],
      ["password-reset", "/sign-in-link/confirm", "signIn"],
    ] as const) {
      const setup = await setUp();
      const { token, code, link } = setup.mails[mail];
      await setup.sql.rows(`update latchkey_tokens set purpose = '${purpose}'`);

      assert.equal((await setup.app.client().open(link)).status, 410);
      const form = { token, code, password: NEW_PASSWORD };
      assert.equal((await setup.app.client().send(path, form)).status, 410, path);
      const elsewhere = purpose === "sign-up" ? "/sign-up/confirm" : "/reset-password";
      assert.equal((await setup.app.client().send(elsewhere, form)).status, 410);
    }
  });
});

interface Setup {
  app: App;
  sql: RawDatabase;
  laptop: TestClient;
  resetting: TestClient;
  signingIn: TestClient;
  signingUp: TestClient;
  mails: { reset: ReceivedEmail; signIn: ReceivedEmail; signUp: ReceivedEmail };
  secrets: Record<Secret, string>;
}

/** An account that is signed in, with every kind of link and code outstanding. */
async function setUp(): Promise<Setup> {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS });
  const sql = await openRaw(database);
  await signUp(app, "anna@example.com");
  const laptop = app.client();
  const { token } = await requestEmail(app, laptop, REQUEST_PATHS.signIn, "anna@example.com");
  await laptop.post("/sign-in-link/confirm", { token });
  await app.deliver();
  const objection = alertLinkIn(app);

  const [resetting, signingIn, signingUp] = [app.client(), app.client(), app.client()];
  const reset = await requestEmail(app, resetting, REQUEST_PATHS.reset, "anna@example.com");
  const signIn = await requestEmail(app, signingIn, REQUEST_PATHS.signIn, "anna@example.com");
  const signUpMail = await requestEmail(app, signingUp, REQUEST_PATHS.signUp, "bea@example.com");
  const secrets = {
    "reset token": reset.token,
    "sign-in token": signIn.token,
    "sign-up token": signUpMail.token,
    "objection token": tokenOf(objection),
    "session cookie": laptop.cookies.get("latchkey") ?? "",
    "request cookie": signingIn.cookies.get("latchkey-request") ?? "",
    "reset code": reset.code,
    "sign-in code": signIn.code,
    "sign-up code": signUpMail.code,
  };
  return { app, sql, laptop, resetting, signingIn, signingUp, mails: { reset, signIn, signUp: signUpMail }, secrets };
}

function look(path: string) {
  return async ({ app }: Setup, token: string) => (await app.client().request("GET", `${path}/${token}`)).status;
}

function press(path: string) {
  return async ({ app }: Setup, token: string) =>
    (await app.client().send(path, { token, password: NEW_PASSWORD })).status;
}

function type(who: "resetting" | "signingIn" | "signingUp") {
  return async (setup: Setup, code: string) => (await setup[who].send("/code", { code })).status;
}

function withCookie(app: App, name: string, value: string): TestClient {
  const client = app.client();
  client.cookies.set(name, value);
  return client;
}

/** Resets the attempt counters, so that a refusal here never comes from the attempt limit. */
async function resetAttempts({ sql }: Setup): Promise<void> {
  await sql.rows("update latchkey_requests set attempts = 0");
}
