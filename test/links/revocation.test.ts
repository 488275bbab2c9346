import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestClient } from "../support/client.ts";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { type App, openApp, requestReset, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { everyRow } from "../support/raw-database.ts";
import { copyClient } from "../support/requests.ts";
import { type Ready, readyForms } from "../support/writing-routes.ts";

describe("An emailed link of any kind", () => {
  it("changes no row and sets no cookie on GET and HEAD, from any browser (T3, T4, T5, T8)", async () => {
    const { app, database, links } = await openLinks();
    const before = await everyRow(database);

    for (const { link } of links) {
      for (const method of ["GET", "HEAD", "GET"]) {
        const seen = await app.client().request(method, link);
        assert.equal(seen.status, 200, link);
        assert.deepEqual(seen.headers.getSetCookie(), [], link);
      }
      for (const method of ["PUT", "DELETE", "OPTIONS"]) await app.client().request(method, link);
    }

    assert.equal(links.length, 6);
    assert.deepEqual(await everyRow(database), before);
    await assertAllAccepted(links);
  });

  it("is not consumed by a refused form: cross-site, too large, malformed, or with a duplicate field (T3, T4, T5, T8)", async () => {
    const { app, database, links } = await openLinks();
    const before = await everyRow(database);

    for (const { path, who, fields } of links) {
      const body = new URLSearchParams(fields).toString();
      const foreign = app.client({ "sec-fetch-site": "cross-site" });
      for (const [name, value] of who.cookies) foreign.cookies.set(name, value);
      const own = () => copyClient(app, who);

      assert.equal((await foreign.send(path, fields)).status, 403, path);
      assert.equal((await own().request("POST", path, `${body}&pad=${"x".repeat(16_384)}`)).status, 413, path);
      assert.equal((await own().request("POST", path, `${body}&x=%ff`)).status, 400, path);
      assert.equal((await own().request("POST", path, `${body}&token=x`)).status, 400, path);
    }

    // Each malformed form counts against its client, and changes nothing else.
    const { latchkey_limits: _, ...rest } = await everyRow(database);
    assert.deepEqual({ ...rest, latchkey_limits: before.latchkey_limits }, before);
    await assertAllAccepted(links);
  });

  it("returns 410 for every other spelling of its token and stays valid (T3, T4, T5, T8)", async () => {
    const { app, links } = await openLinks();

    for (const { path, who, fields, link } of links) {
      const token = fields.token ?? "";
      const shapes = ["", "null", "undefined", "0", ` ${token}`, token.slice(1), `${token}A`];
      // Only in the path of a link: tokens in forms are exact.
      for (const shape of [...shapes, `${token}=`, `${token}%00`, `${token}.`, `${token}/`, `${token} `]) {
        const submitted = await copyClient(app, who).send(path, { ...fields, token: shape });
        assert.equal(submitted.status, 410, `${path} ${shape}`);
        assert.doesNotMatch(submitted.body, /<input[^>]+name="token"/, path);
        assert.deepEqual(submitted.headers.getSetCookie(), [], path);
      }
      for (const shape of shapes.slice(1)) {
        const looked = await app.client().request("GET", link.replace(token, encodeURIComponent(shape)));
        assert.equal(looked.status, 410, `${link} ${shape}`);
      }
    }

    await assertAllAccepted(links);
  });

  it("returns 410 after its first use, in the same and in any other browser (T3, T4, T5, T8)", async () => {
    const { app, links } = await openLinks();
    await assertAllAccepted(links);

    for (const { path, who, fields } of links) {
      assert.equal((await copyClient(app, who).send(path, fields)).status, 410, path);
      const otherClient = await app.client().send(path, fields);
      assert.equal(otherClient.status, 410, path);
      assert.deepEqual(otherClient.headers.getSetCookie(), [], path);
    }
  });
});

describe("Requesting an email", () => {
  it("leaves the password, the sessions and the older links unchanged (L4)", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database, limits: HIGH_LIMITS });
    const anna = await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const kept = async () => {
      const { latchkey_accounts, latchkey_sessions, latchkey_tokens, latchkey_codes } = await everyRow(database);
      return { latchkey_accounts, latchkey_sessions, latchkey_tokens, latchkey_codes };
    };
    const before = await kept();

    for (const path of ["/forgot-password", "/sign-in-link", "/sign-up"]) {
      assert.equal((await app.client().send(path, { email: "anna@example.com" })).status, 303);
    }
    const asked = await kept();
    await app.deliver();
    const mailed = await kept();

    assert.deepEqual(asked, before);
    assert.deepEqual(mailed.latchkey_accounts, before.latchkey_accounts);
    assert.deepEqual(mailed.latchkey_sessions, before.latchkey_sessions);
    assert.ok((mailed.latchkey_tokens?.length ?? 0) > (before.latchkey_tokens?.length ?? 0), "links were emailed");
    assert.equal((await app.client().request("GET", link)).status, 200);
    assert.equal((await anna.request("GET", "/users/me")).status, 200);
  });
});

type Link = Ready & { path: string; link: string; who: TestClient };

async function openLinks(): Promise<{ app: App; database: string; links: Link[] }> {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS });
  const forms = Object.entries(await readyForms(app));
  const links = forms.flatMap(([path, { link, ...rest }]) => (link === null ? [] : [{ ...rest, path, link }]));
  return { app, database, links };
}

async function assertAllAccepted(links: Link[]): Promise<void> {
  for (const { path, send } of links) assert.equal((await send()).status, 303, path);
}
