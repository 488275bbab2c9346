import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { askForAddress, changeAddress, linkTo } from "./support/address-change.ts";
import { askForReset, openApp, signUp, tokenOf } from "./support/open-app.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";
const ROOMY = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("A token of each purpose", () => {
  it("is dead at every other route, as a cookie and as a code, and stays good at home", async () => {
    const app = await openApp({ limits: ROOMY });
    const anna = await signUp(app, ANNA);
    await changeAddress(app, anna, NEW);
    await askForAddress(app, anna, "third@new.example");
    const asker = app.visitor();
    await asker.post("/sign-in-link", { email: NEW });
    await app.visitor().post("/sign-up", { email: "new@example.com" });
    await app.deliver();
    await askForReset(app, NEW);
    const homes = {
      "/reset-password": [linkTo(app, NEW, "reset-password"), "/reset-password"],
      "/sign-up": [linkTo(app, "new@example.com", "sign-up"), "/sign-up/confirm"],
      "/sign-in-link": [linkTo(app, NEW, "sign-in-link"), "/sign-in-link/confirm"],
      "/objection": [linkTo(app, NEW, "objection"), "/objection"],
      "/address-change": [linkTo(app, "third@new.example", "address-change"), "/address-change"],
      "/address-undo": [linkTo(app, ANNA, "address-undo"), "/address-undo"],
    } as const;

    for (const [home, [link]] of Object.entries(homes)) {
      const token = tokenOf(link);
      for (const [foreign, [, target]] of Object.entries(homes)) {
        if (foreign === home) continue;
        assert.equal((await app.visitor().open(`${foreign}/${token}`)).status, 410, `${home} at ${foreign}`);
        const posted = await app.visitor().send(target, { token, password: NEW_PASSWORD, code: token });
        assert.equal(posted.status, 410, `${home} sent to ${target}`);
      }
      const thief = app.visitor();
      thief.cookies.set("latchkey", token);
      assert.equal((await thief.request("GET", "/users/me")).status, 303, home);
      const typed = await asker.send("/code", { code: token });
      assert.equal(typed.status, 422, home);
    }
    for (const [home, [link]] of Object.entries(homes)) {
      assert.equal((await asker.open(link)).status, 200, home);
    }
  });
});
