import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY } from "../../src/lib/clock.ts";
import { changeAddress, linkTo, ROOMY } from "../support/email-change.ts";
import { askForReset, openApp, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { alertLinkIn } from "../support/requests.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

const SOMEBODY_IN =
  /If someone else is in your account, set a new password: that signs out every other browser\. Set a new password/;
const HELP =
  /If an account of yours has an address that is not yours, contact the team that runs this service\. Set a new password/;

/** How the link of each notice dies; a used one is told apart by `isUsed`. */
const DEATHS: { name: string; isUsed?: true; die: (town: Town, link: string) => Promise<unknown> }[] = [
  {
    name: "was used",
    isUsed: true,
    die: ({ app }, link) => app.client().send(pathOf(link), { token: tokenOf(link) }),
  },
  { name: "has expired", die: async ({ app }) => app.pass(7 * DAY) },
  {
    name: "was withdrawn by the operator",
    // What `links end-all` leaves behind, in one statement.
    async die({ sql, app }) {
      await sql.rows(
        "update latchkey_tokens set ended_at = ?, end_reason = 'withdrawn' where ended_at is null",
        app.now(),
      );
    },
  },
  {
    name: "ended with a reset",
    async die({ app }) {
      const token = tokenOf(await askForReset(app, NEW));
      await app.client().send("/reset-password", { token, password: NEW_PASSWORD });
    },
  },
];

describe("A dead “This wasn’t me”", () => {
  for (const { name, isUsed, die } of DEATHS) {
    it(`that ${name} offers what helps, and no new one, which no one can ask for`, async () => {
      const town = await openTown();
      await die(town, town.objection);

      const client = town.app.client();
      assert.equal((await client.open(town.objection)).status, 410);

      assert.doesNotMatch(client.text, /new one|new link/);
      assert.match(client.text, isUsed ? /Look for that mail\. Set a new password/ : SOMEBODY_IN);
      assert.equal(/Sign in/.test(client.text), !isUsed, "after it was used, no password works");
    });
  }

  for (const { name, isUsed, die } of DEATHS.slice(0, 3)) {
    it(`that would have taken an address back and ${name} leads to help`, async () => {
      const town = await openTown();
      await die(town, town.undo);

      const client = town.app.client();
      assert.equal((await client.open(town.undo)).status, 410);

      assert.doesNotMatch(client.text, /new one|new link/);
      assert.match(client.text, HELP);
      assert.equal(/Sign in/.test(client.text), !isUsed, "after it was used, no password works");
      assert.doesNotMatch(client.page.body, /button wide-button" href="\/sign-in"/);
    });
  }

  it("that no one knows says the same as far as we can tell", async () => {
    const { app } = await openTown();
    for (const [path, words] of [
      ["/objection", SOMEBODY_IN],
      ["/address-undo", HELP],
    ] as const) {
      const client = app.client();
      await client.open(`${path}/${"A".repeat(43)}`);
      assert.match(client.text, /Perhaps it was not copied whole/);
      assert.match(client.text, words);
      assert.doesNotMatch(client.text, /A new one takes a minute/);
    }
  });
});

function pathOf(link: string): string {
  return link.slice(0, link.lastIndexOf("/"));
}

type Town = Awaited<ReturnType<typeof openTown>>;

/** An app in which Anna has moved to another address, with the links of the notices to both. */
async function openTown() {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: ROOMY });
  const anna = await signUp(app, ANNA);
  await changeAddress(app, anna, NEW);
  const sql = await openRaw(database);
  return { app, anna, sql, objection: alertLinkIn(app), undo: linkTo(app, ANNA, "email-change-undo") };
}
