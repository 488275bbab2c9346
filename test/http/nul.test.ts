import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { openApp, signUp } from "../support/open-app.ts";
import { everyRoute, fieldsOf, pathOf } from "../support/route-table.ts";

// PostgreSQL refuses U+0000 in text with an error, so a NUL that reaches SQL is a 500. SQLite stores it.
const NUL = "\0";

describe("A NUL character", () => {
  it("in any form field causes no server error", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    for (const route of everyRoute().filter(({ method }) => method === "POST")) {
      for (const field of [...route.fields, ...route.optional]) {
        const value = fieldsOf(route)[field] ?? "";
        for (const text of [NUL, `${value}${NUL}`, `${NUL}${value}`]) {
          const anna = await signedIn(app);
          const response = await anna.send(route.path, { ...fieldsOf(route), [field]: text });
          assert.ok(response.status < 500, `${route.path} ${field}: ${response.status}`);
        }
      }
    }
  });

  it("in any part of a path or query causes no server error", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signedIn(app);
    for (const route of everyRoute().filter(({ method }) => method === "GET")) {
      const paths = [pathOf(route, "%00"), pathOf(route, `${"A".repeat(43)}%00`)];
      for (const name of ["next", "email", "token", "id", "to", "page"]) paths.push(`${pathOf(route)}?${name}=%00`);
      for (const path of paths) {
        const response = await anna.request("GET", path);
        assert.ok(response.status < 500, `${path}: ${response.status}`);
      }
    }
  });

  it("encoded in any cookie or header causes no server error", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const encoded = `${"A".repeat(42)}%00`;
    for (const name of [
      "user-agent",
      "accept-language",
      "x-forwarded-for",
      "forwarded",
      "referer",
      "origin",
      "x-request-id",
    ]) {
      const response = await app.client({ [name]: "x%00" }).send("/forgot-password", { email: "anna@example.com" });
      assert.ok(response.status < 500, name);
    }
    for (const name of ["latchkey", "latchkey-request"]) {
      for (const value of [encoded, "%00"]) {
        const client = app.client();
        client.cookies.set(name, value);
        for (const path of ["/users/me", "/check-email", "/sign-in"]) {
          assert.ok((await client.request("GET", path)).status < 500, `${name} ${path}`);
        }
        assert.ok((await client.send("/code", { code: "12345678" })).status < 500, name);
        assert.ok((await client.send("/sign-out", {})).status < 500, name);
      }
    }
  });

  it("in an argument of the operator or host app API finds nothing", async () => {
    const { latchkey } = await openApp();
    const { operator } = latchkey;
    assert.equal(await operator.mail.show(NUL), null);
    assert.deepEqual(await operator.mail.retry(NUL), { kind: "unknown" });
    assert.deepEqual(await operator.mail.list({ to: NUL, atMost: 10 }), []);
    assert.deepEqual(await operator.events({ account: NUL, atMost: 10 }), []);
    assert.deepEqual(await operator.events({ kind: NUL, atMost: 10 }), []);
    assert.deepEqual(await operator.link(NUL), { kind: "unknown" });
    assert.deepEqual(await operator.account.disable(NUL), { kind: "unknown" });
  });
});

let people = 0;
function signedIn(app: Awaited<ReturnType<typeof openApp>>) {
  people += 1;
  return signUp(app, `anna${people}@example.com`);
}
