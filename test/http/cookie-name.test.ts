import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OptionsError } from "../../src/options/options.ts";
import type { TestClient } from "../support/client.ts";
import { type App, openApp, signUp } from "../support/open-app.ts";

describe("Two instances on one host", () => {
  for (const [what, first, second] of [
    ["two paths over https", "https://acme.example/shop", "https://acme.example/forum"],
    ["two ports over http", "http://localhost:3000", "http://localhost:3001"],
  ] as const) {
    it(`keep a browser signed in at both with names of their own: ${what}`, async () => {
      const shop = await openApp({ baseUrl: first, cookieName: "shop" });
      const forum = await openApp({ baseUrl: second, cookieName: "forum" });

      const atShop = await signUp(shop, "anna@example.com", undefined, browserAt(shop));
      const atForum = sharingCookies(browserAt(forum), atShop);
      await signUp(forum, "anna@example.com", undefined, atForum);

      assert.equal(await statusOfAccount(atForum), 200);
      assert.equal(await statusOfAccount(sharingCookies(browserAt(shop), atForum)), 200);

      await atForum.post(`${pathOf(forum)}/sign-out`, {});
      assert.equal(await statusOfAccount(atForum), 303);
      assert.equal(await statusOfAccount(sharingCookies(browserAt(shop), atForum)), 200);
    });
  }

  it("keep what the browser waits for at each", async () => {
    const shop = await openApp({ cookieName: "shop" });
    const forum = await openApp({ cookieName: "forum" });
    const client = shop.client();

    await client.post("/sign-up", { email: "anna@shop.example" });
    const atForum = sharingCookies(forum.client(), client);
    await atForum.post("/sign-up", { email: "anna@forum.example" });

    const back = sharingCookies(shop.client(), atForum);
    await back.open("/check-email");
    assert.match(back.text, /anna@shop\.example/);
    await atForum.open("/check-email");
    assert.match(atForum.text, /anna@forum\.example/);
  });
});

describe("The cookie name", () => {
  it("is part of every cookie, after __Host- over https", async () => {
    const app = await openApp({ baseUrl: "https://acme.example", cookieName: "Shop2" });
    const anna = await signUp(app, "anna@example.com");
    const ended = await anna.send("/sign-out", {});

    assert.deepEqual(namesIn(anna.response), ["__Host-Shop2"]);
    assert.deepEqual(namesIn(ended), ["__Host-Shop2", "__Host-Shop2-request"]);
  });

  it("is latchkey by default, so that sessions from before the option go on", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");

    assert.deepEqual(namesIn(anna.response), ["latchkey"]);
    assert.deepEqual(namesIn(await anna.send("/sign-out", {})), ["latchkey", "latchkey-request"]);
  });

  for (const name of ["", "two words", "shop-2", "shop;Path=/x", "__Host-shop", "läden", "x".repeat(33)]) {
    it(`is refused: ${JSON.stringify(name)}`, async () => {
      await assert.rejects(openApp({ cookieName: name }), (error) => {
        return error instanceof OptionsError && /cookieName.*1 to 32 letters and digits/s.test(error.message);
      });
    });
  }
});

/** A browser sends a cookie to every port and, with `Path=/`, every path of its host. */
function sharingCookies(to: TestClient, from: TestClient): TestClient {
  for (const [name, value] of from.cookies) to.cookies.set(name, value);
  return to;
}

function pathOf(app: App): string {
  return new URL(app.baseUrl).pathname.replace(/\/$/, "");
}

/** Its paths begin below `BASE_URL`, as a person's who follows its links. */
function browserAt(app: App): TestClient {
  const client = app.client();
  const open = client.open.bind(client);
  client.open = (path) => open(path.startsWith(`${pathOf(app)}/`) ? path : pathOf(app) + path);
  return client;
}

async function statusOfAccount(client: TestClient): Promise<number> {
  await client.open("/users/me");
  return client.response.status;
}

function namesIn({ headers }: { headers: Headers }): string[] {
  return headers.getSetCookie().map((line) => line.split("=")[0] ?? "");
}
