import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import { TestClient, type TestResponse } from "../support/client.ts";
import { type App, linkIn, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { everyRoute, fieldsOf, pathOf } from "../support/route-table.ts";
import { assertSays, readable, words } from "../support/words.ts";
import { readyForms } from "../support/writing-routes.ts";

const HTTP = "http://localhost:3000";
const HTTPS = "https://acme.example";
const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

/** A response, and the request it answers. */
interface HistoryResult {
  what: string;
  answer: TestResponse;
}

describe("Security headers", () => {
  for (const baseUrl of [HTTP, HTTPS]) {
    it(`are on every response of every route, in every state, at ${baseUrl} (B3, B5)`, async () => {
      const app = await openApp({ baseUrl, limits: HIGH_LIMITS, mail: {} });
      const person = await signedInUser(app);
      const told = [...(await everyAnswer(app, person)), ...(await answersOfJourneys(app))];
      await app.latchkey.close();
      told.push(...(await everyAnswer(app, person)));

      for (const one of told) assertHeaders(one, baseUrl);
      const statuses = [...new Set(told.map(({ answer }) => answer.status))].sort();
      assert.deepEqual(statuses, [200, 302, 303, 400, 401, 403, 404, 405, 410, 413, 422, 429, 500, 503]);
    });
  }
});

describe("The session cookie", () => {
  it("is __Host-, Secure, HttpOnly, SameSite=Lax with Path=/ over https (Z1)", async () => {
    const app = await openApp({ baseUrl: HTTPS });
    const anna = await signUp(app, "anna@example.com");

    const [signedUp] = anna.response.headers.getSetCookie();
    const signedIn = (await signIn(app)).headers.getSetCookie();
    const signedOut = (await anna.send("/sign-out", {})).headers.getSetCookie();

    const shape = /^__Host-latchkey=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/;
    assert.match(signedUp ?? "", shape);
    assert.equal(signedIn.length, 1);
    assert.match(signedIn[0] ?? "", shape);
    assert.deepEqual(signedOut, [
      "__Host-latchkey=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
      "__Host-latchkey-request=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("is named latchkey over http, and neither name is accepted for the other", async () => {
    const plain = await openApp({ baseUrl: HTTP });
    const secure = await openApp({ baseUrl: HTTPS });
    const anna = await signUp(plain, "anna@example.com");
    const bea = await signUp(secure, "bea@example.com");

    const [cookie] = anna.response.headers.getSetCookie();
    assert.match(cookie ?? "", /^latchkey=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);

    for (const [client, from, to] of [
      [anna, "latchkey", "__Host-latchkey"],
      [bea, "__Host-latchkey", "latchkey"],
    ] as const) {
      assert.equal((await client.request("GET", "/users/me")).status, 200);
      client.cookies.set(to, client.cookies.get(from) ?? "");
      client.cookies.delete(from);
      assert.equal((await client.request("GET", "/users/me")).status, 303);
    }
  });
});

describe("The development mailbox", () => {
  it("returns 404 to DNS rebinding: a Host that does not name this machine (C2)", async () => {
    for (const baseUrl of ["http://localhost:3000", "http://latchkey.test:3000"]) {
      const app = await openApp({ baseUrl, mail: {} });
      await app.client().send("/sign-up", { email: "anna@example.com" });
      await app.deliver();
      const path = /\/mailbox\/[0-9a-f-]{36}/.exec((await app.client().request("GET", "/mailbox")).body)?.[0] ?? "";
      const ask = async (host: string) => {
        const at = new TestClient((request) => app.latchkey.fetch(request, { ip: "127.0.0.1" }), `http://${host}:3000`);
        return [await at.request("GET", "/mailbox"), await at.request("GET", path)];
      };

      const names = ["localhost", "latchkey.localhost", "127.0.0.1", "127.8.9.10", "[::1]", new URL(baseUrl).hostname];
      for (const host of names) for (const { status } of await ask(host)) assert.equal(status, 200, host);
      const others = ["evil.test", "localhost.evil.test", "evil-localhost", "127.0.0.1.evil.test", "192.0.2.1"];
      for (const host of others) {
        for (const { status, body } of await ask(host)) {
          assert.equal(status, 404, host);
          assert.doesNotMatch(body, /anna|\/sign-up\/[\w-]{43}/, host);
        }
      }
    }
  });
});

describe("The development mailbox, for other clients", () => {
  const forwarded = { "x-forwarded-for": "203.0.113.9" };
  const cases: Array<[string, number, string | null, Record<string, string>, "local" | "public"]> = [
    ["answers a loopback client", 200, "127.0.0.1", {}, "local"],
    ["answers an IPv6 loopback client", 200, "::1", {}, "local"],
    ["answers an IPv4-mapped loopback client", 200, "::ffff:127.0.0.1", {}, "local"],
    ["returns 404 to a client on the network", 404, "192.168.1.20", {}, "local"],
    ["returns 404 if the client IP is unknown", 404, null, {}, "local"],
    ["returns 404 to a loopback peer that forwards for a client (a tunnel)", 404, "127.0.0.1", forwarded, "local"],
    ["returns 404 to a request with Forwarded", 404, "127.0.0.1", { forwarded: "for=203.0.113.9" }, "local"],
    ["returns 404 to a request with X-Forwarded-Host", 404, "127.0.0.1", { "x-forwarded-host": "x.test" }, "local"],
    ["returns 404 to a request with Via", 404, "127.0.0.1", { via: "1.1 proxy" }, "local"],
    ["answers a client on the network if DEV_MAILBOX=public", 200, "192.168.1.20", {}, "public"],
    ["answers a forwarded request if DEV_MAILBOX=public", 200, "127.0.0.1", forwarded, "public"],
  ];
  for (const [title, status, peer, headers, devMailbox] of cases) {
    it(`${title} (C2)`, async () => {
      const app = await openApp({ baseUrl: HTTP, mail: { devMailbox } });
      await app.client().send("/sign-up", { email: "anna@example.com" });
      await app.deliver();
      const path = /\/mailbox\/[0-9a-f-]{36}/.exec((await app.client().request("GET", "/mailbox")).body)?.[0] ?? "";
      const client = new TestClient((request) => app.latchkey.fetch(request, { ip: peer }), HTTP, headers);

      for (const one of ["/mailbox", path]) assert.equal((await client.request("GET", one)).status, status, one);
    });
  }

  it("never has CORS headers (C2)", async () => {
    const app = await openApp({ baseUrl: HTTP, mail: { devMailbox: "public" } });

    const { headers } = await app.client({ origin: "https://evil.test" }).request("GET", "/mailbox");

    assert.deepEqual(
      [...headers.keys()].filter((name) => name.startsWith("access-control")),
      [],
    );
  });
});

describe("An internal error", () => {
  it("shows an id and nothing else, and logs the same id without a secret (B7)", async () => {
    const { app, link, log } = await breakDown();

    const opened = await app.client().request("GET", `${link}?secret=in-the-query`);
    const posted = await app.client().send("/reset-password", { token: tokenOf(link), password: PASSWORD });

    for (const { status, body } of [opened, posted]) {
      assert.equal(status, 500);
      const id = /<bdi dir="ltr">([0-9a-f-]{36})<\/bdi>/.exec(body)?.[1] ?? "none";
      assertSays(readable(body), words.problem.failedTitle, words.problem.reference({ id }));
      assert.doesNotMatch(body, /\bat \S+:\d+|\.ts|select |destroyed|closed|reset-password\/|anna|in-the-query/i);
      assert.ok(!body.includes(tokenOf(link)));
    }
    assert.ok(opened.body.includes(/"id":"([0-9a-f-]{36})"/.exec(log())?.[1] ?? "no id"));
    assert.ok(!log().includes(tokenOf(link)));
    assert.doesNotMatch(log(), /anna|in-the-query|correct horse/);
  });

  it("logs no token, also if a mail client percent-encoded it", async () => {
    const { app, link, log } = await breakDown();
    const first = tokenOf(link).charCodeAt(0).toString(16);

    const opened = await app.client().request("GET", `/reset-password/%${first}${tokenOf(link).slice(1)}`);

    assert.equal(opened.status, 500);
    assert.ok(!log().includes(tokenOf(link).slice(1)), log());
  });
});

/** An app whose database is closed, with a link that was live until then. */
async function breakDown() {
  const logged: object[] = [];
  const app = await openApp({ logger: { info() {}, error: (fields) => void logged.push(fields) } });
  await signUp(app, "anna@example.com");
  const link = await requestReset(app, "anna@example.com");
  await app.latchkey.close();
  const log = () => JSON.stringify(logged, (key, value) => (key === "err" ? String(value) : value));
  return { app, link, log };
}

/** Sends every kind of request to every route, signed out and signed in. */
async function everyAnswer(app: App, person: TestClient): Promise<HistoryResult[]> {
  const told: HistoryResult[] = [];
  const tell = async (what: string, answer: Promise<TestResponse>) => told.push({ what, answer: await answer });

  for (const route of everyRoute()) {
    const path = pathOf(route);
    const name = `${route.method} ${route.path}`;
    const stranger = () => app.client();
    if (route.method === "GET") {
      for (const method of ["GET", "HEAD"]) {
        await tell(`${method} ${route.path}, signed out`, stranger().request(method, path));
        await tell(`${method} ${route.path}, signed in`, person.request(method, path));
      }
    } else {
      await tell(`${name}, signed out`, stranger().send(path, fieldsOf(route)));
      await tell(`${name}, empty`, stranger().request("POST", path, ""));
      await tell(`${name}, twice`, stranger().request("POST", path, "x=1&x=2"));
      await tell(`${name}, too large`, stranger().request("POST", path, "x".repeat(16_385)));
      const foreign = app.client({ "sec-fetch-site": "cross-site" });
      await tell(`${name}, from elsewhere`, foreign.send(path, fieldsOf(route)));
      const copy = app.client();
      for (const [cookie, value] of person.cookies) copy.cookies.set(cookie, value);
      if (route.path !== "/sign-out") await tell(`${name}, signed in`, copy.send(path, fieldsOf(route)));
    }
    for (const method of ["PUT", "DELETE", "OPTIONS"]) {
      await tell(`${method} ${route.path}`, stranger().request(method, path));
    }
    await tell(`a path below ${route.path}`, stranger().request("GET", `${path.replace(/\/$/, "")}/a/b`));
  }
  return told;
}

/** Responses that need a history: live links, form errors, limits. */
async function answersOfJourneys(app: App): Promise<HistoryResult[]> {
  const told: HistoryResult[] = [];
  const tell = (what: string, answer: TestResponse) => told.push({ what, answer });
  const client = app.client();
  await app.deliver();
  app.pass(MINUTE);
  await app.client().send("/forgot-password", { email: "anna@example.com" });
  await app.deliver();
  const link = await newestLink(app);
  tell("a live link", await client.request("GET", link));
  tell("a refused password", await client.send("/reset-password", { token: tokenOf(link), password: "short" }));
  tell("a slip in an address", await client.send("/forgot-password", { email: "anna" }));
  tell("a forged address", await client.send("/forgot-password", { email: "a@b.test\r\nc" }));
  tell("a list of mails", await client.request("GET", "/mailbox"));
  const [, id] = /\/mailbox\/([0-9a-f-]{36})/.exec(told.at(-1)?.answer.body ?? "") ?? [];
  tell("a mail in the /mailbox/:id", await client.request("GET", `/mailbox/${id}`));

  const roomy = await openApp({ baseUrl: app.baseUrl, limits: HIGH_LIMITS });
  for (const [path, { link, send }] of Object.entries(await readyForms(roomy))) {
    if (link !== null) tell(`the live link to ${path}`, await roomy.client().request("GET", link));
    tell(`${path}, taken`, await send());
  }

  const wrong = { email: "anna@example.com", password: "not the right password" };
  const strict = await openApp({ baseUrl: app.baseUrl, limits: { requestsPerIp: "1/1h" } });
  for (const path of ["/forgot-password", "/sign-up", "/sign-in", "/sign-in"]) {
    tell(`${path}, too often`, await strict.client().send(path, wrong));
  }
  return told;
}

function assertHeaders({ what, answer: { status, headers, body } }: HistoryResult, baseUrl: string): void {
  const policies = (headers.get("content-security-policy") ?? "").split("; ");
  for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) {
    assert.ok(policies.includes(part), `${what}: ${status}`);
  }
  assert.doesNotMatch(policies.join(), /unsafe-eval|\*|https?:|script-src[^,]*unsafe/, what);
  if (!what.includes("/mailbox/:id")) assert.doesNotMatch(policies.join(), /unsafe-inline/, what);

  assert.equal(headers.get("x-content-type-options"), "nosniff", what);
  assert.match(headers.get("referrer-policy") ?? "", /^strict-origin$/, what);
  assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", what);
  assert.equal(headers.get("cross-origin-resource-policy"), "same-origin", what);
  const isAsset = status === 200 && /^(GET|HEAD) \/latchkey-[0-9a-f]{8}\./.test(what);
  assert.equal(headers.get("cache-control"), isAsset ? "public, max-age=31536000, immutable" : "no-store", what);
  const year = headers.get("strict-transport-security");
  if (baseUrl === HTTPS) assert.ok(Number(/^max-age=(\d+)/.exec(year ?? "")?.[1]) >= 31_536_000, what);
  else assert.equal(year, null, what);

  for (const name of headers.keys()) assert.doesNotMatch(name, /^(x-powered-by|server|access-control-.*)$/, what);
  if (status === 405) assert.match(headers.get("allow") ?? "", /^(HEAD, GET|HEAD, GET, POST|POST)$/, what);
  if (status === 429) assert.match(headers.get("retry-after") ?? "", /^[1-9]\d*$/, what);
  if (!isAsset && !what.includes("/mailbox")) {
    for (const [, url] of body.matchAll(/(?:src|href|action)="([^"]*)"/g))
      assert.match(url ?? "", /^(\/[^/]|\/$|#|\?|data:image\/svg\+xml,)/);
    assert.doesNotMatch(body, /<script(?! src=)|<style| style=| on\w+="/, what);
  }
}

async function signedInUser(app: App): Promise<TestClient> {
  const person = app.client();
  await person.post("/sign-up", { email: "anna@example.com" });
  await app.deliver();
  await person.open(await newestLink(app));
  await person.submit({ password: PASSWORD });
  assert.equal(person.path, "/users/me");
  return person;
}

/** The link in the newest email of the development mailbox. */
async function newestLink(app: App): Promise<string> {
  const list = await app.client().request("GET", "/mailbox");
  const mail = await app.client().request("GET", /\/mailbox\/[0-9a-f-]{36}/.exec(list.body)?.[0] ?? "");
  return linkIn(mail.body);
}

function signIn(app: App): Promise<TestResponse> {
  return app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD });
}
