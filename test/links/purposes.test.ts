import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Visitor } from "../support/client.ts";
import { type App, openApp, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import { ASK, alertLinkIn, ask, copyOf, type Mailed, whoIsIn } from "../support/requests.ts";

const NEW_PASSWORD = "a new and rather long password";
const ROOMY = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

/** Everything that opens something, in the hands of a person who tries it somewhere else. */
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

/** Each door: at which secret it is at home, and what it answers to any other. */
const DOORS: { name: string; home: Secret[]; shut: number[]; open: (town: Town, secret: string) => Promise<number> }[] =
  [
    { name: "GET /reset-password/:token", home: ["reset token"], shut: [410], open: look("/reset-password") },
    { name: "GET /sign-up/:token", home: ["sign-up token"], shut: [410], open: look("/sign-up") },
    { name: "GET /sign-in-link/:token", home: ["sign-in token"], shut: [410], open: look("/sign-in-link") },
    { name: "GET /objection/:token", home: ["objection token"], shut: [410], open: look("/objection") },
    { name: "POST /reset-password", home: ["reset token"], shut: [410], open: press("/reset-password") },
    { name: "POST /sign-up/confirm", home: ["sign-up token"], shut: [410], open: press("/sign-up/confirm") },
    { name: "POST /objection", home: ["objection token"], shut: [410], open: press("/objection") },
    {
      name: "POST /sign-in-link/confirm in the browser that asked",
      home: ["sign-in token"],
      shut: [410],
      open: async ({ app, signingIn }, token) =>
        (await copyOf(app, signingIn).send("/sign-in-link/confirm", { token })).status,
    },
    {
      name: "POST /sign-in-link/confirm with the right code",
      home: ["sign-in token"],
      shut: [410],
      open: async ({ app, mails }, token) =>
        (await app.client().send("/sign-in-link/confirm", { token, code: mails.signIn.code })).status,
    },
    {
      name: "the code behind a sign-in link",
      home: ["sign-in code"],
      shut: [422],
      open: async ({ app, mails }, code) =>
        (await app.client().send("/sign-in-link/confirm", { token: mails.signIn.token, code })).status,
    },
    {
      name: "the session cookie",
      home: ["session cookie"],
      shut: [303],
      open: async ({ app }, cookie) => (await withCookie(app, "latchkey", cookie).request("GET", "/users/me")).status,
    },
    {
      name: "the request cookie with the code of a sign-in",
      home: ["request cookie"],
      shut: [410],
      open: async ({ app, mails }, cookie) =>
        (await withCookie(app, "latchkey-request", cookie).send("/code", { code: mails.signIn.code })).status,
    },
    {
      name: "the request cookie on the page after asking",
      home: ["request cookie"],
      shut: [200],
      open: async ({ app }, cookie) => {
        const page = await withCookie(app, "latchkey-request", cookie).request("GET", "/check-email");
        return page.body.includes("example.com") ? 303 : page.status;
      },
    },
    { name: "POST /code where a reset was asked for", home: ["reset code"], shut: [422], open: type("resetting") },
    { name: "POST /code where a sign-in was asked for", home: ["sign-in code"], shut: [422], open: type("signingIn") },
    { name: "POST /code where an account was asked for", home: ["sign-up code"], shut: [422], open: type("signingUp") },
    {
      name: "POST /code without cookie",
      home: [],
      shut: [410],
      open: async ({ app }, code) => (await app.client().send("/code", { code })).status,
    },
  ];

/** Where each secret is at home, and what happens there. */
const AT_HOME: Record<Secret, (town: Town, secret: string) => Promise<unknown>> = {
  "reset token": async ({ app }, token) => {
    const anna = app.client();
    await anna.post("/reset-password", { token, password: NEW_PASSWORD });
    assert.equal(await whoIsIn(anna), "anna@example.com");
  },
  "sign-in token": async ({ signingIn }, token) => {
    await signingIn.post("/sign-in-link/confirm", { token });
    assert.equal(await whoIsIn(signingIn), "anna@example.com");
  },
  "sign-up token": async ({ app }, token) => {
    const bea = app.client();
    await bea.post("/sign-up/confirm", { token, password: NEW_PASSWORD });
    assert.equal(await whoIsIn(bea), "bea@example.com");
  },
  "objection token": async ({ app, laptop }, token) => {
    assert.equal((await app.client().send("/objection", { token })).status, 200);
    assert.equal(await whoIsIn(laptop), null);
  },
  "session cookie": async ({ app }, cookie) => {
    assert.equal(await whoIsIn(withCookie(app, "latchkey", cookie)), "anna@example.com");
  },
  "request cookie": async ({ app, mails }, cookie) => {
    const anna = withCookie(app, "latchkey-request", cookie);
    await anna.post("/code", { code: mails.signIn.code });
    assert.equal(await whoIsIn(anna), "anna@example.com");
  },
  "reset code": async ({ resetting }, code) => {
    const { headers } = await resetting.send("/code", { code });
    assert.match(headers.get("location") ?? "", /^\/reset-password\/[\w-]{43}$/);
  },
  "sign-in code": async ({ signingIn }, code) => {
    await signingIn.post("/code", { code });
    assert.equal(await whoIsIn(signingIn), "anna@example.com");
  },
  "sign-up code": async ({ signingUp }, code) => {
    const { headers } = await signingUp.send("/code", { code });
    assert.match(headers.get("location") ?? "", /^\/sign-up\/[\w-]{43}$/);
  },
};

describe("What opens one door opens no other", () => {
  for (const kind of SECRETS) {
    it(`and is not spoilt by being tried there: a ${kind}`, async () => {
      const town = await openTown();
      const secret = town.secrets[kind];

      for (const door of DOORS) {
        if (door.home.includes(kind)) continue;
        const status = await door.open(town, secret);
        assert.ok(door.shut.includes(status), `${door.name}: ${status}`);
        await giveTriesBack(town);
      }
      assert.equal(await whoIsIn(town.laptop), "anna@example.com");
      await AT_HOME[kind](town, secret);
    });
  }

  it("while each opens its own, so that a shut door means something", async () => {
    for (const door of DOORS) {
      for (const kind of door.home) {
        const town = await openTown();
        const status = await door.open(town, town.secrets[kind]);
        const isGet = /^GET|^the session/.test(door.name);
        assert.equal(status, isGet || kind === "objection token" ? 200 : 303, door.name);
      }
    }
  });

  it("also where its row says another purpose than its digest was made for", async () => {
    for (const [purpose, path, mail] of [
      ["sign-up", "/reset-password", "reset"],
      ["password-reset", "/sign-up/confirm", "signUp"],
      ["password-reset", "/sign-in-link/confirm", "signIn"],
    ] as const) {
      const town = await openTown();
      const { token, code, link } = town.mails[mail];
      await town.sql.rows(`update latchkey_tokens set purpose = '${purpose}'`);

      assert.equal((await town.app.client().open(link)).status, 410);
      const form = { token, code, password: NEW_PASSWORD };
      assert.equal((await town.app.client().send(path, form)).status, 410, path);
      const elsewhere = purpose === "sign-up" ? "/sign-up/confirm" : "/reset-password";
      assert.equal((await town.app.client().send(elsewhere, form)).status, 410);
    }
  });
});

interface Town {
  app: App;
  sql: RawDatabase;
  laptop: Visitor;
  resetting: Visitor;
  signingIn: Visitor;
  signingUp: Visitor;
  mails: { reset: Mailed; signIn: Mailed; signUp: Mailed };
  secrets: Record<Secret, string>;
}

/** Anna on her laptop, with everything out that can be out at one time. */
async function openTown(): Promise<Town> {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: ROOMY });
  const sql = await openRaw(database);
  await signUp(app, "anna@example.com");
  const laptop = app.client();
  const { token } = await ask(app, laptop, ASK.signIn, "anna@example.com");
  await laptop.post("/sign-in-link/confirm", { token });
  await app.deliver();
  const objection = alertLinkIn(app);

  const [resetting, signingIn, signingUp] = [app.client(), app.client(), app.client()];
  const reset = await ask(app, resetting, ASK.reset, "anna@example.com");
  const signIn = await ask(app, signingIn, ASK.signIn, "anna@example.com");
  const signUpMail = await ask(app, signingUp, ASK.signUp, "bea@example.com");
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
  return async ({ app }: Town, token: string) => (await app.client().request("GET", `${path}/${token}`)).status;
}

function press(path: string) {
  return async ({ app }: Town, token: string) =>
    (await app.client().send(path, { token, password: NEW_PASSWORD })).status;
}

function type(who: "resetting" | "signingIn" | "signingUp") {
  return async (town: Town, code: string) => (await town[who].send("/code", { code })).status;
}

function withCookie(app: App, name: string, value: string): Visitor {
  const client = app.client();
  client.cookies.set(name, value);
  return client;
}

/** Wrong codes cost tries, which is another test's matter: here they would shut doors that must be shut anyway. */
async function giveTriesBack({ sql }: Town): Promise<void> {
  await sql.rows("update latchkey_requests set attempts = 0");
}
