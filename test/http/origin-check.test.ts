import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type App, BASE_URL, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { everyRoute, fieldsOf, pathOf } from "../support/route-table.ts";

const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

type Headers = Record<string, string>;
const fetchSite = (value: string, more: Headers = {}): Headers => ({ "sec-fetch-site": value, ...more });

const TAKEN: Array<[string, Headers]> = [
  ["from our own page", fetchSite("same-origin")],
  ["from our own page, with its origin", fetchSite("same-origin", { origin: BASE_URL })],
  ["from our own page, where the browser hides the origin", fetchSite("same-origin", { origin: "null" })],
  ["typed by the person", fetchSite("none")],
  ["from an older browser, with our origin", { origin: BASE_URL }],
  ["from a program", {}],
];

const REFUSED: Array<[string, Headers]> = [
  ["from a sister site", fetchSite("same-site")],
  ["from another site", fetchSite("cross-site")],
  ["from another http that claims our origin", fetchSite("cross-site", { origin: BASE_URL })],
  ["with a word that no browser sends", fetchSite("garbage")],
  ["with an empty word", fetchSite("")],
  ["in other letters", fetchSite("Same-Origin")],
  ["with two words", fetchSite("same-origin, cross-site")],
  ["from another origin", { origin: "https://evil.test" }],
  ["from an origin that is hidden", { origin: "null" }],
  ["from an origin that begins like ours", { origin: `${BASE_URL}.evil.test` }],
  ["from our host over another scheme", { origin: BASE_URL.replace("http:", "https:") }],
  ["from our host at another port", { origin: "http://localhost:3001" }],
  ["from our host without its port", { origin: "http://localhost" }],
  ["with two origins", { origin: `${BASE_URL}, https://evil.test` }],
  ["with an empty origin", { origin: "" }],
];

/** Only refused where it brings cookies. */
const BROUGHT: Array<[string, Headers]> = [
  ["with a cookie and no word on where it comes from", { cookie: "latchkey=x" }],
  ["with someone else's cookie and no word on where it comes from", { cookie: "other=x" }],
  ["that names a host like ours and brings a cookie", { cookie: "latchkey=x", referer: `${BASE_URL}/sign-in` }],
];

describe("A form on any route", () => {
  const posts = everyRoute().filter(({ method }) => method === "POST");

  for (const [what, headers] of TAKEN) {
    it(`${what} is taken`, async () => {
      const app = await openApp({ limits: HIGH_LIMITS });
      for (const route of posts) {
        assert.notEqual(await statusOf(app, pathOf(route), fieldsOf(route), headers), 403, route.path);
      }
    });
  }

  for (const [what, headers] of [...REFUSED, ...BROUGHT]) {
    it(`${what} is refused (B2)`, async () => {
      const app = await openApp({ limits: HIGH_LIMITS });
      for (const route of posts) {
        assert.equal(await statusOf(app, pathOf(route), fieldsOf(route), headers), 403, route.path);
      }
    });
  }

  it("is refused for its origin before it is read, so that no one learns what it held", async () => {
    const app = await openApp();
    for (const route of posts) {
      assert.equal(await statusOf(app, pathOf(route), { x: "x".repeat(20_000) }, fetchSite("cross-site")), 403);
      assert.equal(await statusOf(app, pathOf(route), {}, fetchSite("cross-site")), 403);
    }
  });

  it("never passes as a GET, in the query or by a method in disguise (B2)", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");
    const disguise = { "x-http-method-override": "POST", "x-method-override": "POST" };

    for (const headers of [{}, disguise]) {
      const client = app.client(headers);
      for (const [name, value] of anna.cookies) client.cookies.set(name, value);
      await client.request("GET", "/sign-out?_method=POST");
      await client.request("GET", "/users/me/sessions/end?id=others&_method=POST");
      await client.request("GET", "/forgot-password?email=anna%40example.com&_method=POST");
    }
    await app.deliver();

    await anna.open("/users/me");
    assert.equal(anna.path, "/users/me");
    assert.equal(app.mails.length, 1);
  });
});

describe("A cross-origin form", () => {
  it("does not use a link up, and neither does one that is too large, torn or without its field (T5)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const right = { token: tokenOf(link), password: NEW_PASSWORD };
    const foreign = app.client({ "sec-fetch-site": "cross-site" });
    const own = app.client();

    assert.equal((await foreign.send("/reset-password", right)).status, 403);
    assert.equal((await own.send("/reset-password", { ...right, pad: "x".repeat(16_384) })).status, 413);
    assert.equal((await own.request("POST", "/reset-password", `${new URLSearchParams(right)}&x=%ff`)).status, 400);
    assert.equal((await own.send("/reset-password", { token: right.token })).status, 400);
    assert.equal((await own.send("/sign-up/confirm", right)).status, 410);

    await own.post("/reset-password", right);
    assert.equal(own.path, "/users/me");
  });

  it("signs no one in and out, and mails no one (B2)", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");
    const foreign = app.client({ "sec-fetch-site": "cross-site" });
    for (const [name, value] of anna.cookies) foreign.cookies.set(name, value);

    const signedIn = await foreign.send("/sign-in", { email: "anna@example.com", password: PASSWORD });
    const signedOut = await foreign.send("/sign-out", {});
    const asked = await foreign.send("/forgot-password", { email: "anna@example.com" });
    await app.deliver();

    for (const { status, headers } of [signedIn, signedOut, asked]) {
      assert.equal(status, 403);
      assert.equal(headers.get("set-cookie"), null);
    }
    assert.equal(app.mails.length, 1);
    await anna.open("/users/me");
    assert.equal(anna.path, "/users/me");
  });

  it("is no reason to refuse a link that is opened from a mail program's site", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const webmail = app.client({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" });

    assert.equal((await webmail.open(link)).status, 200);
  });
});

async function statusOf(app: App, path: string, fields: Headers, headers: Headers): Promise<number> {
  const request = new Request(app.baseUrl + path, { method: "POST", headers, body: new URLSearchParams(fields) });
  const response = await app.latchkey.fetch(request, { ip: "192.0.2.1" });
  await response.text();
  return response.status;
}
