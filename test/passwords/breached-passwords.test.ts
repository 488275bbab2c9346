import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, describe, it } from "node:test";
import { OptionsError, resolveOptions } from "../../src/options/options.ts";
import { breachLookup } from "../../src/passwords/breach-lookup.ts";
import { BASE_URL, openApp, PASSWORD, requestReset, signUp } from "../support/open-app.ts";
import { words } from "../support/words.ts";

const LEAKED = "a long one that was in a leak";
const CLEAN = "a long one that was never in a leak";
const SHA1 = createHash("sha1").update(LEAKED).digest("hex").toUpperCase();

describe("A breached password", () => {
  it("is refused with its own reason without consuming the link, and another password is accepted (T5, P2)", async () => {
    const { url } = await openService();
    const app = await openApp({ passwords: { breachLookup: url } });
    const anna = app.client();
    await anna.open("/sign-up");
    await anna.submit({ email: "anna@example.com" });
    await app.deliver();

    await anna.open(app.lastLink());
    const refused = await anna.submit({ password: LEAKED });
    assert.equal(refused.status, 422);
    assert.match(anna.text, new RegExp(words.password.breached));
    assert.ok(!refused.body.includes(LEAKED));
    await anna.submit({ password: CLEAN });

    assert.equal(anna.path, "/users/me");
  });

  it("is refused by a reset and by a password change", async () => {
    const { url } = await openService();
    const app = await openApp({ passwords: { breachLookup: url } });
    const anna = await signUp(app, "anna@example.com");

    await anna.open("/users/me");
    const changed = await anna.submit({ current_password: PASSWORD, password: LEAKED }, "/users/me/password");
    const link = await requestReset(app, "anna@example.com", anna);
    await anna.open(link);
    const reset = await anna.submit({ password: LEAKED });

    assert.deepEqual([changed.status, reset.status], [422, 422]);
    assert.match(anna.text, new RegExp(words.password.breached));
    assert.equal((await app.client().open(link)).status, 200);
  });

  it("is not looked up if the link is dead or the password fails another check (T9)", async () => {
    const { url, asked } = await openService();
    const app = await openApp({ passwords: { breachLookup: url } });
    await signUp(app, "anna@example.com");
    const before = asked.length;

    const link = await requestReset(app, "anna@example.com");
    const anna = app.client();
    await anna.open(link);
    await anna.submit({ password: "short" });
    await anna.submit({ password: "passwordpassword" });
    await app.client().send("/reset-password", { token: "A".repeat(43), password: LEAKED });

    assert.equal(asked.length, before);
  });
});

describe("The breached-password lookup", () => {
  it("sends five characters of the SHA-1 with padding, and nothing else of the password (T5, P2)", async () => {
    const { url, asked } = await openService();
    const lookup = breachLookup(url, { error: assert.fail });

    assert.equal(await lookup(LEAKED), true);
    assert.equal(await lookup(CLEAN), false);

    assert.equal(asked[0]?.url, `/range/${SHA1.slice(0, 5)}`);
    assert.equal(asked[0]?.headers["add-padding"], "true");
    assert.deepEqual(
      Object.keys(asked[0]?.headers ?? {}).filter((name) => /cookie|referer|auth/.test(name)),
      [],
    );
  });

  it("ignores padding entries with a count of 0", async () => {
    const { url } = await openService((_, response) => response.end(`${SHA1.slice(5)}:0\r\n`));

    assert.equal(await breachLookup(url, { error: assert.fail })(LEAKED), false);
  });

  for (const [what, answer] of [
    ["answers with an error", (_, response) => response.writeHead(503).end(`${SHA1.slice(5)}:9`)],
    ["leads elsewhere", (_, response) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["hangs up", (request) => request.socket.destroy()],
    ["never answers", () => {}],
    ["never ends", (_, response) => response.write("00000:1\r\n")],
    ["says more than can be", (_, response) => response.end(`${SHA1.slice(5)}:9\r\n`.padEnd(2 * 1024 * 1024, "x"))],
  ] as Array<[string, Answering]>) {
    it(`accepts the password if the service ${what}, and logs that (T5, P2)`, async () => {
      const { url } = await openService(answer);
      const log: string[] = [];
      const lookup = breachLookup(url, { error: (fields, message) => void log.push(message + JSON.stringify(fields)) });

      assert.equal(await lookup(LEAKED), false);

      assert.match(log.join(), /breached-password lookup failed, password accepted/);
      assert.ok(!log.join().includes(SHA1.slice(5)));
    });
  }

  it("is allowed only over https or on this host", () => {
    const settle = (url: string) =>
      resolveOptions({ baseUrl: BASE_URL, mode: "development", passwords: { breachLookup: url } });

    for (const url of [
      "https://api.pwnedpasswords.com/range",
      "https://leaks.acme.example/",
      "http://127.0.0.1:8080/range",
    ]) {
      assert.equal(settle(url).passwords.breachLookup, url);
    }
    for (const url of [
      "http://leaks.acme.example",
      "ftp://x.example",
      "range",
      "https://a:b@x.example",
      "https://x.example/?q=",
    ]) {
      assert.throws(() => settle(url), OptionsError, url);
    }
    assert.equal(resolveOptions({ baseUrl: BASE_URL, mode: "development" }).passwords.breachLookup, undefined);
  });
});

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A local service that knows the one leaked password, or responds as configured. */
async function openService(answer?: Answering): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (answer) return answer(request, response);
    const padding = `${"0".repeat(35)}:0\r\n`.repeat(50);
    response.end(request.url === `/range/${SHA1.slice(0, 5)}` ? `${padding}${SHA1.slice(5)}:37\r\n` : padding);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/range`, asked };
}
