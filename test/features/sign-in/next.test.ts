import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openApp, PASSWORD } from "../../support/open-app.ts";

const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h" };

const GOOD = ["/users/me?tab=1", "/check-email", "/a/page/of/the/host?x=%2F%2Fevil.test", "/users/me#part"];

/** What some browser, or some parser, takes for another http, or for no path. */
const EVIL = [
  "https://evil.test/",
  "HTTPS:evil.test",
  "//evil.test",
  "///evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "\\/evil.test",
  "/./\\evil.test",
  "/.//evil.test",
  "/x/..//evil.test",
  "/x/../\\evil.test",
  "/%2e//evil.test",
  "/%2e%2e//evil.test",
  "/\t/evil.test",
  "/\n/evil.test",
  "/\r\n/evil.test",
  "\t//evil.test",
  " //evil.test",
  "/\t\\evil.test",
  "/.\t//evil.test",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,x",
  "evil.test",
  "@evil.test",
  ".evil.test",
  ":80",
  "?x",
  "#x",
  "",
  "http://localhost:3000@evil.test/",
  "http://localhost:3000.evil.test/",
  "//localhost:3000@evil.test",
  "//[",
];

/** Odd, and may lead to an odd page of ours, but nowhere else. */
const ODD = ["/%2f%2fevil.test", "/%5cevil.test", "/%09/evil.test", "/;//evil.test", "/@evil.test", "/\0/evil.test"];

describe("The redirect after signing in", () => {
  for (const baseUrl of ["http://localhost:3000", "https://acme.example/account/keys"]) {
    it(`stays on this origin for every value of \`next\`, at ${baseUrl} (B4)`, async () => {
      const app = await openApp({ baseUrl, limits: HIGH_LIMITS });
      const below = new URL(baseUrl).pathname.replace(/\/$/, "");
      await app.visit().signUp.request({ email: "anna@example.com" });
      await app.deliver();
      await app.client().post(`${below}/sign-up/confirm`, { token: app.lastLink().slice(-43), password: PASSWORD });

      for (const next of [...GOOD, ...EVIL, ...ODD]) {
        const right = { email: "anna@example.com", password: PASSWORD, next };
        const client = app.client();
        const signedIn = await client.send(`${below}/sign-in`, right);
        // A browser without cookies first shows that it keeps the new one.
        const check = signedIn.headers.get("location") ?? "";
        assert.ok(check.startsWith(`${below}/sign-in?signed-in=password`) || check.length > 1_000, check);
        const led = await client.request("GET", check);
        const shown = await app.client().request("GET", `${below}/sign-in?next=${encodeURIComponent(next)}`);
        const again = await app.client().send(`${below}/sign-in`, { ...right, email: "a slip" });

        assert.equal(signedIn.status, 303);
        const home = `${below}/users/me`;
        const hidden = [shown, again].map(({ body }) => /name="next" value="([^"]*)"/.exec(body)?.[1] ?? home);
        for (const target of [led.headers.get("location") ?? "", ...hidden]) {
          assert.match(target, /^\/(?![/\\])[\x21-\x7e]*$/, JSON.stringify(next));
          assert.equal(new URL(target, baseUrl).origin, new URL(baseUrl).origin, JSON.stringify(next));
          if (EVIL.includes(next)) assert.equal(target, home, JSON.stringify(next));
          if (GOOD.includes(next)) assert.equal(target, next);
        }
      }
    });
  }

  it("ignores a value of `next` that is too long for a proxy", async () => {
    const app = await openApp();
    await app.visit().signUp.request({ email: "anna@example.com" });
    await app.deliver();
    await app.client().post("/sign-up/confirm", { token: app.lastLink().slice(-43), password: PASSWORD });

    for (const next of [`/${"a".repeat(12_000)}`, `/${"ü".repeat(1_500)}`]) {
      const response = await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD, next });
      assert.equal(response.status, 303);
      assert.ok((response.headers.get("location") ?? "").length <= 4_096);
    }
  });
});
