import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type App, openApp, PASSWORD, requestReset, signUp } from "../support/open-app.ts";

const NEW_PASSWORD = "a new and rather long password";
const ORIGIN = "http://localhost:3000";
const AFTER_A_FORM = { "sec-fetch-site": "same-origin" };

/** What a browser that keeps no cookies is shown after the redirect of its form. */
async function shownAfter(app: App, path: string, fields: Record<string, string>, headers = AFTER_A_FORM) {
  const { headers: sent } = await app.client().send(path, fields);
  const blocked = app.client(headers);
  await blocked.open(sent.get("location") ?? "");
  return blocked;
}

describe("A browser that keeps no cookies", () => {
  it("is told that the right password was right", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");

    const blocked = await shownAfter(app, "/sign-in", { email: "anna@example.com", password: PASSWORD });

    assert.match(blocked.text, /Your password is right, but your browser blocked the cookie/);
  });

  it("is told that the password was changed, and which page follows", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const token = (await requestReset(app, "anna@example.com")).split("/").at(-1) ?? "";

    const blocked = await shownAfter(app, "/reset-password", { token, password: NEW_PASSWORD });

    assert.match(blocked.text, /Your password has been changed, but your browser blocked the cookie/);
    assert.match(blocked.page.body, /href="\/sign-in"/);
  });

  it("is told that the account is ready", async () => {
    const app = await openApp();
    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    const token = app.lastLink().split("/").at(-1) ?? "";

    const blocked = await shownAfter(app, "/sign-up/confirm", { token, password: PASSWORD });

    assert.match(blocked.text, /Your account is ready, but your browser blocked the cookie/);
  });

  it("is told that the sign-in link worked", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    await app.client().post("/sign-in-link", { email: "anna@example.com" });
    await app.deliver();
    const token = app.lastLink().split("/").at(-1) ?? "";
    const code = /^ *(\d{4} \d{4})$/m.exec(app.lastMail().text)?.[1] ?? "";

    const blocked = await shownAfter(app, "/sign-in-link/confirm", { token, code });

    assert.match(blocked.text, /Your link worked, but your browser blocked the cookie/);
  });

  it("keeps where it wanted to go", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const form = { email: "anna@example.com", password: PASSWORD, next: "/orders/17?a=1&b=%26" };

    const blocked = await shownAfter(app, "/sign-in", form);

    assert.match(blocked.page.body, /href="\/sign-in\?next=%2Forders%2F17%3Fa%3D1%26b%3D%2526"/);
  });

  it("is recognised by its Referer where it sends no Sec-Fetch-Site", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const form = { email: "anna@example.com", password: PASSWORD };

    const ours = await shownAfter(app, "/sign-in", form, { referer: `${ORIGIN}/` } as never);
    const foreign = await shownAfter(app, "/sign-in", form, { referer: "https://evil.test/" } as never);

    assert.match(ours.text, /blocked the cookie/);
    assert.doesNotMatch(foreign.text, /blocked the cookie/);
  });
});

describe("A browser that keeps cookies", () => {
  it("is led on to the exact next, without the marker", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const client = app.client();

    const form = { email: "anna@example.com", password: PASSWORD, next: "/orders/17?a=1&b=%26" };
    const { headers } = await client.send("/sign-in", form);
    const checked = await client.request("GET", headers.get("location") ?? "");

    assert.equal(checked.status, 303);
    assert.equal(checked.headers.get("location"), "/orders/17?a=1&b=%26");
  });

  it("is redirected at once if it brought a cookie of ours", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");

    const { headers } = await anna.send("/sign-in", { email: "anna@example.com", password: PASSWORD });

    assert.equal(headers.get("location"), "/users/me");
  });
});

describe("A link with the marker, sent by a stranger", () => {
  for (const from of ["cross-site", "same-site", "none"]) {
    it(`claims nothing: Sec-Fetch-Site ${from}`, async () => {
      const app = await openApp();
      for (const method of ["password", "password-reset", "sign-up", "sign-in-link", "email-change", "toString"]) {
        const plain = await app.client({ "sec-fetch-site": from }).request("GET", "/sign-in");
        const marked = await app
          .client({ "sec-fetch-site": from })
          .request("GET", `/sign-in?signed-in=${method}&next=%2Fusers%2Fme`);
        assert.equal(mainOf(marked.body), mainOf(plain.body));
      }
    });
  }

  it("leads a signed-in browser to a path of this site only", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");

    const { headers } = await anna.request("GET", "/sign-in?signed-in=password&next=https%3A%2F%2Fevil.test%2F");

    assert.equal(headers.get("location"), "/users/me");
  });
});

/** The page without the footer, whose links repeat the query. */
function mainOf(body: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0];
  assert.ok(main);
  return main;
}
