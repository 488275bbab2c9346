import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createLatchkeyWith } from "../../src/latchkey.ts";
import { BASE_URL, openApp } from "../support/open-app.ts";

const boom = () => {
  throw new Error("boom");
};
const PEER = { ip: "192.0.2.1" };
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Collects error log lines. */
function collect() {
  const lines: Array<{ fields: Record<string, unknown>; message: string }> = [];
  const error = (fields: object, message: string) => void lines.push({ fields: { ...fields }, message });
  return { lines, logger: { info() {}, error } };
}

describe("latchkey.fetch never rejects", () => {
  it("answers 500 with the id that is in the log if a page of the app throws", async () => {
    const { lines, logger } = collect();
    const { latchkey } = await openApp({ pages: { signIn: boom }, logger });

    const response = await latchkey.fetch(new Request(`${BASE_URL}/sign-in`), PEER);

    assert.equal(response.status, 500);
    assert.equal(UUID.exec(await response.text())?.[0], lines[0]?.fields.id);
  });

  it("answers 500 with an id and the security headers if the app's problem page throws too", async () => {
    const { lines, logger } = collect();
    const { latchkey } = await openApp({ pages: { signIn: boom, problem: boom }, logger });

    for (const path of ["/sign-in", "/no-such-page"]) {
      lines.length = 0;
      const response = await latchkey.fetch(new Request(BASE_URL + path), PEER);

      assert.equal(response.status, 500, path);
      const id = UUID.exec(await response.text())?.[0];
      assert.ok(id && lines.some(({ fields }) => fields.id === id), path);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      assert.equal(response.headers.get("cache-control"), "no-store");
    }
  });

  it("answers if the logger throws", async () => {
    const { latchkey } = await openApp({ pages: { signIn: boom, problem: boom }, logger: { info: boom, error: boom } });

    assert.equal((await latchkey.fetch(new Request(`${BASE_URL}/sign-in`), PEER)).status, 500);
  });

  it("answers if the session hook throws", async () => {
    const { latchkey } = await openApp({ mayBeginSession: boom });
    const body = new URLSearchParams({ email: "anna@example.com", password: "some password or other" });

    const response = await latchkey.fetch(new Request(`${BASE_URL}/sign-in`, { method: "POST", body }), PEER);

    assert.equal(response.status, 401);
  });

  it("answers if the accounts table throws", async () => {
    const accounts = { findByEmail: boom, findById: boom, create: boom, setPassword: boom };
    const { latchkey } = await openApp({ accounts });
    const body = new URLSearchParams({ email: "anna@example.com", password: "some password or other" });

    const response = await latchkey.fetch(new Request(`${BASE_URL}/sign-in`, { method: "POST", body }), PEER);

    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /boom/);
  });

  it("answers a request whose body was read before, or breaks off", async () => {
    const { latchkey } = await openApp();
    const read = new Request(`${BASE_URL}/sign-in`, { method: "POST", body: new URLSearchParams({ email: "a" }) });
    await read.text();
    const broken = new Request(`${BASE_URL}/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new ReadableStream({ pull: (stream) => stream.error(new Error("connection reset")) }),
      duplex: "half",
    } as RequestInit);

    for (const request of [read, broken]) {
      assert.ok((await latchkey.fetch(request, PEER)).status >= 400);
    }
  });

  it("answers 500 and logs an error if the arguments are unusable", async () => {
    const { lines, logger } = collect();
    const { latchkey } = await openApp({ logger });
    const request = new Request(`${BASE_URL}/sign-in`);

    for (const args of [
      [request],
      [request, {}],
      [request, { ip: undefined }],
      [undefined, PEER],
      ["/sign-in", PEER],
    ]) {
      lines.length = 0;
      const response = await (latchkey.fetch as (...args: unknown[]) => Promise<Response>)(...args);
      assert.equal(response.status, 500);
      assert.equal(lines.length, 1);
    }
  });
});

describe("latchkey.deliverDue", () => {
  it("does not reject if an email template of the app throws, and the email is tried again", async () => {
    let isBroken = true;
    const { templates } = await import("../../src/mail/templates.ts");
    const app = await openApp({
      mail: {
        transport: { send: async (message) => void app.mails.push(message) as never },
        templates: {
          "sign-up": (view, letterhead) => (isBroken ? boom() : templates["sign-up"](view, letterhead)),
        },
      },
    });
    await app.visit().signUp.request({ email: "anna@example.com" });

    await app.deliver();
    assert.equal(app.mails.length, 0);
    isBroken = false;
    app.pass(3_600_000);
    await app.deliver();
    assert.equal(app.mails.length, 1);
  });
});

describe("mayBeginSession timeout", () => {
  it("refuses the sign-in instead of waiting for a hook that never answers", async (t) => {
    const mails: string[] = [];
    const latchkey = await createLatchkeyWith(
      {
        baseUrl: BASE_URL,
        database: "sqlite::memory:",
        mode: "development",
        mail: { transport: { send: async ({ text }) => `250 ${mails.push(text)}` } },
        mayBeginSession: () => new Promise(() => {}),
      },
      { hookTimeoutMs: 20 },
    );
    t.after(() => latchkey.close());
    const visit = latchkey.for(new Headers(), { ip: null });
    await visit.signUp.request({ email: "anna@example.com" });
    await latchkey.deliverDue();
    const token = /\/sign-up\/([\w-]{43})/.exec(mails[0] ?? "")?.[1] ?? "";

    const result = await visit.signUp.complete({ token, password: "correct horse battery staple" });

    assert.deepEqual(result, { kind: "session-refused" });
    assert.equal((await visit.signUp.preview({ token })).kind, "live");
  });
});
