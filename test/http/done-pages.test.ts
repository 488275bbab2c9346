import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR } from "../../src/lib/clock.ts";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { openApp } from "../support/open-app.ts";
import { copyClient } from "../support/requests.ts";
import { everyRoute } from "../support/route-table.ts";
import { assertSays, words } from "../support/words.ts";
import { readyForms } from "../support/writing-routes.ts";

const DONE = {
  "/objection": words.secure.doneTitle,
  "/address-change": words.address.doneTitle,
  "/address-undo": words.undo.doneTitle,
};

describe("The page after a successful form", async () => {
  const app = await openApp({ limits: HIGH_LIMITS });
  const forms = await readyForms(app);
  const responses = new Map<string, string>();

  it("is a redirect for every POST route, to a page that opens with 200 and repeats nothing", async () => {
    const posts = everyRoute().filter(({ method }) => method === "POST");
    assert.deepEqual(Object.keys(forms).sort(), posts.map(({ path }) => path).sort());

    for (const [path, { send, who }] of Object.entries(forms)) {
      const response = await send();
      await app.deliver();
      const location = response.headers.get("location") ?? "";
      responses.set(path, location);
      assert.equal(response.status, 303, path);
      assert.equal(response.body, "", path);

      const mails = app.mails.length;
      for (let reloads = 0; reloads < 3; reloads += 1) {
        const client = copyClient(app, who);
        assert.equal((await client.open(location)).status, 200, `${path} leads to ${location}`);
      }
      await app.deliver();
      assert.equal(app.mails.length, mails, path);
    }
  });

  it("states the outcome at PATH/done, also in a browser without cookies", async () => {
    for (const [path, title] of Object.entries(DONE)) {
      const client = app.client();
      const page = await client.open(responses.get(path) ?? "");
      assert.equal(new URL(client.path, app.baseUrl).pathname, `${path}/done`);
      assertSays(page.body.split("</h1>")[0] ?? "", title);
      assert.doesNotMatch(client.text, /@/, "names no account");
    }
  });

  it("states nothing without a proof, with one of another page or outcome, or after an hour", async () => {
    const proof = (path: string) => new URL(responses.get(path) ?? "", app.baseUrl).searchParams.get("of") ?? "";
    const undone = proof("/address-undo");
    const forged = [
      "",
      "secured",
      `secured.${Date.now()}.`,
      `secured.${Date.now()}.${"0".repeat(64)}`,
      undone,
      undone.replace("restored", "locked"),
      undone.replace("restored", "secured"),
      proof("/objection").replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
    ];
    for (const of of forged) {
      const response = await app.client().request("GET", `/objection/done?of=${of}`);
      assert.deepEqual([response.status, response.headers.get("location")], [303, "/users/me"], of);
    }
    const locked = await app.client().request("GET", `/address-undo/done?of=${undone.replace("restored", "locked")}`);
    assert.equal(locked.status, 303);

    app.pass(HOUR);
    for (const path of Object.keys(DONE)) {
      assert.equal((await app.client().request("GET", responses.get(path) ?? "")).status, 303, path);
    }
  });
});
