import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OptionsError } from "../../src/options/options.ts";
import { TestClient } from "../support/client.ts";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { type App, linkIn, openApp, PASSWORD } from "../support/open-app.ts";
import { everyRoute, pathOf } from "../support/route-table.ts";
import { readyForms } from "../support/writing-routes.ts";

const NEW_PASSWORD = "a new and rather long password";
const BELOW = "https://acme.example/account/keys";

const LIES = {
  host: "evil.test",
  origin: "https://evil.test",
  referer: "https://evil.test/sign-in",
  forwarded: "for=198.51.100.9;host=evil.test;proto=https",
  "x-forwarded-host": "evil.test",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "81",
  "x-forwarded-prefix": "/evil",
  "x-forwarded-server": "evil.test",
  "x-original-url": "/evil",
  "x-rewrite-url": "/evil",
  "x-host": "evil.test",
};

describe("Host and forwarding headers of a request", () => {
  for (const baseUrl of ["http://localhost:3000", BELOW]) {
    it(`change no link, redirect, page or cookie at ${baseUrl} (B1)`, async () => {
      const honest = await openApp({ baseUrl });
      const fooled = await openApp({ baseUrl });
      const atUs = (app: App) => new TestClient((request) => app.latchkey.fetch(request, { ip: null }), baseUrl);
      const elsewhere = (app: App) =>
        new TestClient((request) => app.latchkey.fetch(request, { ip: null }), "http://evil.test:81", LIES);

      const seen = await journey(honest, atUs(honest));
      const seenByFooled = await journey(fooled, elsewhere(fooled));

      assert.equal(seen.length, 19);
      assert.deepEqual(seenByFooled, seen);
      assert.doesNotMatch(JSON.stringify(seenByFooled), /evil/);
    });
  }
});

describe("Host and forwarding headers of a form submission", () => {
  it("change no response, link or email of any form (B1)", async () => {
    const honest = await openApp({ limits: HIGH_LIMITS });
    const fooled = await openApp({ limits: HIGH_LIMITS });
    fooled.client = () =>
      new TestClient((request) => fooled.latchkey.fetch(request, { ip: null }), "http://evil.test:81", LIES);

    const seen = await everyAnswer(honest);
    const seenByFooled = await everyAnswer(fooled);

    assert.ok(seen.length > 15);
    assert.deepEqual(seenByFooled, seen);
    assert.doesNotMatch(JSON.stringify(seenByFooled), /evil/);
  });
});

describe("A BASE_URL with a path", () => {
  it("is the prefix of every route, and nothing is served outside it", async () => {
    const app = await openApp({ baseUrl: BELOW, mail: {} });
    const below = new URL(BELOW).pathname;

    for (const route of everyRoute()) {
      const inside = await app.client().request("OPTIONS", below + pathOf(route));
      const outside = await app.client().request("OPTIONS", pathOf(route) || "/");
      assert.equal(inside.status, 405, route.path);
      assert.equal(outside.status, 404, route.path);
    }
  });

  it("is the prefix of every link, form, redirect and emailed link", async () => {
    const app = await openApp({ baseUrl: BELOW });
    const client = app.client();

    for (const { body, location, mail } of await journey(app, client)) {
      for (const [, url] of body.matchAll(/(?:href|src|action|data-clean-url)="([^"#][^"]*)"/g)) {
        assert.match(url ?? "", /^(\/account\/keys\/|\?[^/]*\blang=|data:image\/svg\+xml,)/);
      }
      if (location) assert.match(location, /^\/account\/keys\//);
      for (const [url] of mail.matchAll(/https?:[^\s"<]+/g))
        assert.ok(url === BELOW || url.startsWith(`${BELOW}/`), url);
    }
  });

  it("is served itself, with and without a trailing slash", async () => {
    for (const baseUrl of [BELOW, `${BELOW}/`]) {
      const app = await openApp({ baseUrl });
      for (const path of ["/account/keys", "/account/keys/"]) {
        assert.equal((await app.client().request("GET", path)).status, 303, `${path} at ${baseUrl}`);
      }
    }
  });

  it("is accepted with percent-encoded characters, or refused at startup", async () => {
    for (const path of ["/a%20b", "/konto-für-alle"]) {
      const app = await openApp({ baseUrl: `https://acme.example${path}` }).catch((error) => error);
      if (app instanceof OptionsError) continue;
      const page = await app.client().request("GET", `${encodeURI(decodeURI(path))}/sign-in`);
      assert.equal(page.status, 200, path);
    }
  });
});

/** The response to every form and every resulting email, without the secrets. */
async function everyAnswer(app: App): Promise<string[]> {
  const seen: string[] = [];
  for (const [path, { link, who, send }] of Object.entries(await readyForms(app))) {
    const page = link === null ? null : await who.request("GET", link);
    const { status, headers, body } = await send();
    await app.deliver();
    const cookies = headers.getSetCookie();
    seen.push(
      withoutSecrets(JSON.stringify({ path, page: page?.body, status, to: headers.get("location"), cookies, body })),
    );
  }
  return [...seen, ...app.mails.map(({ text, html }) => withoutSecrets(text + html)).toSorted()];
}

/** Signs up, out, in again and resets, signs in by a link and objects to it; returns all that was seen on the way, with the secrets left out. */
async function journey(app: App, client: TestClient) {
  const prefix = new URL(app.baseUrl).pathname.replace(/\/$/, "");
  const seen: Array<{ status: number; location: string; cookies: string[]; body: string; mail: string }> = [];
  const look = (response = client.response) => {
    const { status, headers, body } = response;
    const cookies = headers.getSetCookie().map(withoutSecrets);
    const mail = app.mails
      .map(({ text, html }) => withoutSecrets(text + html))
      .toSorted()
      .join();
    seen.push({
      status,
      location: withoutSecrets(headers.get("location") ?? ""),
      cookies,
      body: withoutSecrets(body),
      mail,
    });
  };
  const step = async (work: Promise<unknown>) => {
    await work;
    look();
    if (client.page !== client.response) look(client.page);
  };

  await step(client.open(`${prefix}/sign-up`));
  await client.submit({ email: "anna@example.com" });
  await app.deliver();
  await step(client.open(linkIn(app.lastMail().text)));
  await step(client.submit({ password: PASSWORD }));
  await step(client.submit({}, "/sign-out"));
  await step(client.open(`${prefix}/users/me`));
  await client.open(`${prefix}/forgot-password`);
  await step(client.submit({ email: "anna@example.com" }));
  await app.deliver();
  await client.open(linkIn(app.lastMail().text));
  await client.submit({ password: NEW_PASSWORD });
  await app.deliver();
  await client.open(`${prefix}/sign-in-link`);
  await step(client.submit({ email: "anna@example.com" }));
  await app.deliver();
  await step(client.open(linkIn(app.lastMail().text)));
  await step(client.submit({}));
  await app.deliver();
  await step(client.open(linkIn(app.lastMail().text)));
  await step(client.submit({}));
  await app.deliver();
  look();
  return seen;
}

function withoutSecrets(text: string): string {
  return text
    .replace(/\?of=[\w.-]+/g, "?of=PROOF")
    .replace(/[\w-]{43}(?![\w-])/g, "SECRET")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/\b\d{4}( |&nbsp;)\d{4}\b/g, "CODE");
}
