import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openApp, PASSWORD, tokenOf } from "../../support/open-app.ts";
import { anyLink, assertSays, plain, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const RESET = /href="\/auth\/forgot-password">Reset it by email</g;
const FORGOT = words.password.forgot({ reset: anyLink });

describe("A user who does not know the current password", () => {
  it("finds a link to a reset below each field that requires it", async () => {
    const { anna } = await setUp();

    await anna.open("/auth/users/me");
    assert.equal(anna.page.body.match(RESET)?.length, 2);
    assertSays(anna.text, `${words.password.yourLabel} ${plain(FORGOT)}`);
    assertSays(anna.text, `${words.password.currentLabel} ${plain(FORGOT)}`);

    const wrong = { current_password: "not the right password", password: PASSWORD };
    await anna.submit(wrong, "/auth/users/me/password");
    assert.equal(anna.page.status, 422);
    assert.equal(anna.page.body.match(RESET)?.length, 2);
  });

  it("can confirm a new address in a signed-in browser, and learns that a reset revokes the link", async () => {
    const { app, anna } = await setUp();
    await anna.open("/auth/users/me");
    await anna.submit({ email: NEW, current_password: PASSWORD }, "/auth/users/me/email");
    await app.deliver();
    const elsewhere = app.client();

    await elsewhere.open(app.lastLink());
    const told = words.address.forgot({ reset: anyLink });
    assertSays(elsewhere.text, told);
    assert.match(elsewhere.page.body, /href="\/auth\/forgot-password"/);
    await elsewhere.post("/auth/address-change", { token: tokenOf(app.lastLink()), password: "not it" });
    assertSays(elsewhere.text, told);

    await anna.open(app.lastLink());
    assert.ok(!anna.text.includes(plain(told)));
    await anna.submit({});
    assertSays(anna.text, words.address.doneTitle);
  });

  it("finds one link to a reset on the sign-in page", async () => {
    const { app } = await setUp();
    const client = app.client();

    await client.open("/auth/sign-in");

    assert.equal(client.page.body.match(/forgot-password/g)?.length, 1);
  });
});

/** An app below a path, with Anna in it. */
async function setUp() {
  const app = await openApp({ baseUrl: "http://localhost:3000/auth" });
  const anna = app.client();
  await anna.post("/auth/sign-up", { email: ANNA });
  await app.deliver();
  await anna.open(app.lastLink());
  await anna.submit({ password: PASSWORD });
  return { app, anna };
}
