import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createProxyWarnings } from "../../src/http/proxy-warnings.ts";
import { trustedProxies, UNIX_SOCKET } from "../../src/lib/client-ip.ts";

const FORWARDED = { "x-forwarded-for": "203.0.113.9" };

describe("A proxy that does not fit the configuration", () => {
  it("is reported once if it is private and untrusted, with the setting to write (C4)", () => {
    const { warnings, check } = setUp({ trusted: [] });
    for (let i = 0; i < 3; i += 1) check("/sign-in", "10.0.0.5", FORWARDED);

    assert.equal(warnings.length, 1);
    assert.match(warnings[0]?.message ?? "", /untrusted peer ignored; all users behind it share one rate limit/);
    assert.match(JSON.stringify(warnings[0]), /TRUSTED_PROXIES=10\.0\.0\.5/);
    assert.doesNotMatch(JSON.stringify(warnings), /203\.0\.113\.9/);
  });

  for (const peer of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "192.168.7.7", "172.20.0.2", "fd00::2", "100.64.1.1"]) {
    it(`is reported at ${peer}`, () => {
      const { warnings, check } = setUp({ trusted: [] });
      check("/sign-in", peer, FORWARDED);
      assert.equal(warnings.length, 1);
    });
  }

  it("is not reported for a public peer, a trusted peer, a unix socket, or without X-Forwarded-For", () => {
    const { warnings, check } = setUp({ trusted: ["10.0.0.0/8"] });
    check("/sign-in", "198.51.100.7", FORWARDED);
    check("/sign-in", "::ffff:10.0.0.5", FORWARDED);
    check("/sign-in", UNIX_SOCKET, FORWARDED);
    check("/sign-in", "192.168.1.1", {});
    check("/sign-in", undefined, FORWARDED);
    assert.deepEqual(warnings, []);
  });

  it("is reported if it is trusted and sends another header than X-Forwarded-For", () => {
    const { warnings, check } = setUp({ trusted: ["10.0.0.0/8"] });
    check("/sign-in", "10.0.0.5", { "x-real-ip": "203.0.113.9" });
    assert.match(warnings[0]?.message ?? "", /trusted proxy sends no X-Forwarded-For/);
  });

  it("is reported once if it strips the path of BASE_URL, without a token", () => {
    const { warnings, check } = setUp({ baseUrl: "https://acme.example/account" });
    const token = "t".repeat(43);
    check(`/reset-password/${token}`, "198.51.100.7", {}, 404);
    check("/sign-in", "198.51.100.7", {}, 404);

    assert.equal(warnings.length, 1);
    assert.match(JSON.stringify(warnings[0]), /"path":"\/reset-password".*keep the path \/account/);
    assert.ok(!JSON.stringify(warnings).includes(token));
  });

  it("is not reported for an unknown path, a path below BASE_URL, or without a path in BASE_URL", () => {
    const below = setUp({ baseUrl: "https://acme.example/account" });
    below.check("/favicon.ico", "198.51.100.7", {}, 404);
    below.check("/account/nothing", "198.51.100.7", {}, 404);
    const root = setUp({});
    root.check("/sign-in/nothing", "198.51.100.7", {}, 404);
    assert.deepEqual([...below.warnings, ...root.warnings], []);
  });
});

function setUp({ baseUrl = "https://acme.example", trusted = [] as string[] }) {
  const warnings: Array<{ message: string }> = [];
  const log = {
    info() {},
    error() {},
    warn: (fields: object, message: string) => void warnings.push({ ...fields, message }),
  };
  const http = { baseUrl: new URL(baseUrl), trustedProxies: trustedProxies(trusted), log };
  const observe = createProxyWarnings(http, ["/sign-in", "/reset-password/:token"]);
  const check = (path: string, peer: string | undefined, headers: Record<string, string>, status = 200) =>
    observe(new Request(`https://acme.example${path}`, { headers }), peer, status);
  return { warnings, check };
}
