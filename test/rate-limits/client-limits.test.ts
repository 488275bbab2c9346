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
  const browser = new TestClient((request) => app.latchkey.fetch(request, { ip: peer }), app.baseUrl);
  return (await browser.send(path, { email })).status;
}
