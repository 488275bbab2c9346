import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Options } from "../../src/options/options.ts";
import { type App, BASE_URL, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { everyRoute, fieldsOf, pathOf } from "../support/route-table.ts";
import { assertSays, readable, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

type Headers = Record<string, string>;
const fetchSite = (value: string, more: Headers = {}): Headers => ({ "sec-fetch-site": value, ...more });

const TAKEN: Array<[string, Headers]> = [
  ["from a page of this site", fetchSite("same-origin")],
  ["from a page of this site, with its origin", fetchSite("same-origin", { origin: BASE_URL })],
  ["from a page of this site with Origin: null", fetchSite("same-origin", { origin: "null" })],
  ["with Sec-Fetch-Site: none", fetchSite("none")],
  ["from an older browser, with this origin", { origin: BASE_URL }],
  ["from a client that is no browser", {}],
];

const REFUSED: Array<[string, Headers]> = [
  ["from a sibling subdomain", fetchSite("same-site")],
  ["from another site", fetchSite("cross-site")],
  ["from another site that claims this origin", fetchSite("cross-site", { origin: BASE_URL })],
  ["with an unknown Sec-Fetch-Site", fetchSite("garbage")],
  ["with an empty Sec-Fetch-Site", fetchSite("")],
  ["with Sec-Fetch-Site in another case", fetchSite("Same-Origin")],
  ["with two Sec-Fetch-Site values", fetchSite("same-origin, cross-site")],
  ["from another origin", { origin: "https://evil.test" }],
  ["with Origin: null", { origin: "null" }],
  ["from an origin with this origin as its prefix", { origin: `${BASE_URL}.evil.test` }],
  ["from this host over another scheme", { origin: BASE_URL.replace("http:", "https:") }],
  ["from this host at another port", { origin: "http://localhost:3001" }],
  ["from this host without its port", { origin: "http://localhost" }],
  ["with two origins", { origin: `${BASE_URL}, https://evil.test` }],
  ["with an empty origin", { origin: "" }],
];

/** Only refused where it brings cookies. */
const BROUGHT: Array<[string, Headers]> = [
  ["with the session cookie and without Origin and Sec-Fetch-Site", { cookie: "latchkey=x" }],
  ["with another cookie and without Origin and Sec-Fetch-Site", { cookie: "other=x" }],
  ["with the session cookie and only a Referer", { cookie: "latchkey=x", referer: `${BASE_URL}/sign-in` }],
];

describe("A form submission on any route", () => {
  const posts = everyRoute().filter(({ method }) => method === "POST");

  for (const [what, headers] of TAKEN) {
    it(`${what} is accepted`, async () => {
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

  it("is refused for its origin before the server reads its body", async () => {
    const app = await openApp();
    for (const route of posts) {
      assert.equal(await statusOf(app, pathOf(route), { x: "x".repeat(20_000) }, fetchSite("cross-site")), 403);
      assert.equal(await statusOf(app, pathOf(route), {}, fetchSite("cross-site")), 403);
    }
  });

  it("is never accepted as a GET, in the query, or by a method override (B2)", async () => {
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

describe("A cross-origin form submission", () => {
  it("does not consume a link, whether valid, too large, truncated or without its field (T5)", async () => {
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

  it("starts and ends no session, and sends no email (B2)", async () => {
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

  it("does not block a link that is opened from a webmail site", async () => {
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

describe("A form on a page that was opened under another name", () => {
  const LAN = "http://192.168.1.20:3000";

  async function refusedAt(host: string, headers: Headers, path = "/sign-in", options: Partial<Options> = {}) {
    const warnings: object[] = [];
    const logger = { info() {}, error() {}, warn: (fields: object) => void warnings.push(fields) };
    const app = await openApp({ logger, ...options });
    const post = async (at = host, sent = headers) => {
      const body = new URLSearchParams({ email: "anna@example.com", password: PASSWORD });
      const request = new Request(at + path, { method: "POST", headers: sent, body });
      const response = await app.latchkey.fetch(request, { ip: "127.0.0.1" });
      return { status: response.status, location: response.headers.get("location"), body: await response.text() };
    };
    return { warnings, post, ...(await post()) };
  }

  it("is refused with a link to the page at BASE_URL, and never redirected (B1, B2)", async () => {
    const { status, location, body } = await refusedAt(LAN, { origin: LAN });

    assert.equal(status, 403);
    assert.equal(location, null);
    assert.match(body, new RegExp(`href="${BASE_URL}/sign-in"`));
    assert.doesNotMatch(body, /(?:href|action|src)="[^"]*192\.168/, "links lead to BASE_URL only");
    assertSays(readable(body), words.problem.otherName({ address: `${BASE_URL}/sign-in`, opened: new URL(LAN).host }));
  });

  it("is led to the start if its address has no page", async () => {
    const { body } = await refusedAt(LAN, { origin: LAN }, "/code");
    assert.match(body, new RegExp(`href="${BASE_URL}/"`));
  });

  it("is led below the path of BASE_URL", async () => {
    const baseUrl = "https://acme.example/account";
    const { body } = await refusedAt(LAN, { origin: LAN }, "/account/sign-in", { baseUrl });
    assert.match(body, /href="https:\/\/acme\.example\/account\/sign-in"/);
  });

  it("is logged once for each name, and for twenty names at most", async () => {
    const { warnings, post } = await refusedAt(LAN, { origin: LAN });
    await post();
    assert.equal(warnings.length, 1);
    assert.equal((warnings[0] as { name: string }).name, "192.168.1.20:3000");

    for (let name = 0; name < 30; name += 1) {
      const at = `http://name${name}.test:3000`;
      await post(at, { origin: at });
    }
    assert.equal(warnings.length, 20);
  });

  for (const [what, headers] of [
    ["from another site", { origin: "https://evil.test" }],
    ["from another site with Sec-Fetch-Site", { origin: LAN, "sec-fetch-site": "cross-site" }],
    ["with Origin: null", { origin: "null" }],
    ["from this name at another port", { origin: "http://192.168.1.20:8080" }],
  ] as Array<[string, Headers]>) {
    it(`is refused as before ${what}`, async () => {
      const { status, body, warnings } = await refusedAt(LAN, headers);
      assert.equal(status, 403);
      assert.match(body, /<title>Sent from another site|<title>That form came from another site/);
      assert.doesNotMatch(body, new RegExp(`href="${BASE_URL}`));
      assert.deepEqual(warnings, []);
    });
  }
});
