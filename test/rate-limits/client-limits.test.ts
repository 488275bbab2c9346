import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TestClient } from "../support/client.ts";
import { type App, openApp } from "../support/open-app.ts";

describe("The request limit of a client", () => {
  it("holds for an IPv6 /64, and 16 times as high for its /48 (item 29)", async () => {
    const app = await openApp({ limits: { requestsPerIp: "1/1h" } });
    const statuses: number[] = [];
    for (let network = 0; network < 17; network += 1) {
      statuses.push(await ask(app, `2001:db8:1:${network.toString(16)}::1`, `p${network}@example.com`));
    }

    assert.deepEqual(statuses, [...Array(16).fill(303), 429]);
    assert.equal(await ask(app, "2001:db8:2:0::1", "other@example.com"), 303);
    assert.equal(await ask(app, "2001:db8:2:0::2", "other@example.com"), 429);
  });

  it("counts addresses that are malformed or invalid (item 24)", async () => {
    const app = await openApp({ limits: { requestsPerIp: "3/1h" } });

    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push(await ask(app, "192.0.2.7", "not an address"));

    assert.deepEqual(statuses, [422, 422, 422, 429]);
  });

  it("counts each form that cannot be read or lacks a field once (item 24)", async () => {
    const app = await openApp({ limits: { requestsPerIp: "4/1h" } });
    const browser = clientAt(app, "192.0.2.7");
    const post = async (body: string) => (await browser.request("POST", "/sign-in", body)).status;

    const malformed = [await post("email=%zz"), await post("password=x"), await post("x".repeat(16_385))];
    const asked = await ask(app, "192.0.2.7", "anna@example.com");
    const over = await browser.request("POST", "/sign-in", "email=%zz");

    assert.deepEqual([malformed, asked, over.status], [[400, 400, 413], 303, 429]);
    assert.match(over.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
    assert.equal(await ask(app, "192.0.2.8", "anna@example.com"), 303);
  });

  it("does not count forms that another site sent from the client's browser", async () => {
    const app = await openApp({ limits: { requestsPerIp: "1/1h" } });
    const foreign = clientAt(app, "192.0.2.7", { "sec-fetch-site": "cross-site" });
    for (let i = 0; i < 3; i += 1) assert.equal((await foreign.request("POST", "/sign-in", "email=%zz")).status, 403);

    assert.equal(await ask(app, "192.0.2.7", "anna@example.com"), 303);
  });
});

describe("The email limit of an address (item 30)", () => {
  it("holds for all sub-addresses of a mailbox together, and not for the mailbox's own address", async () => {
    const app = await openApp({ limits: { mailsPerAddress: "2/1h", requestsPerIp: "1000/1h" } });
    for (let i = 0; i < 10; i += 1) await ask(app, "192.0.2.7", `anna+${i}@example.com`, "/sign-up");
    await app.deliver();
    assert.equal(app.mails.length, 6);

    await ask(app, "192.0.2.7", "anna@example.com", "/sign-up");
    await app.deliver();

    assert.equal(app.mails.length, 7);
  });
});

async function ask(app: App, peer: string, email: string, path = "/forgot-password"): Promise<number> {
  return (await clientAt(app, peer).send(path, { email })).status;
}

function clientAt(app: App, peer: string, headers?: Record<string, string>): TestClient {
  return new TestClient((request) => app.latchkey.fetch(request, { ip: peer }), app.baseUrl, headers);
}
