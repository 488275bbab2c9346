import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY } from "../../src/lib/clock.ts";
import { changeAddress, HIGH_LIMITS, linkTo } from "../support/email-change.ts";
import { openApp, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { alertLinkIn } from "../support/requests.ts";
import { anyLink, assertSays, PRODUCT, when, words } from "../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

const SECURE_ACCOUNT = [words.dead.helpObjection, words.dead.resetPassword];
const HELP = [words.dead.helpUndo({ ...PRODUCT, support: anyLink }), words.dead.resetPassword];

/** How the link of each notice ends. `isUsed` marks a used link. */
const ENDINGS: { name: string; isUsed?: true; end: (setup: Setup, link: string) => Promise<unknown> }[] = [
  {
    name: "was used",
    isUsed: true,
    end: ({ app }, link) => app.client().send(pathOf(link), { token: tokenOf(link) }),
  },
  { name: "has expired", end: async ({ app }) => app.pass(7 * DAY) },
  {
    name: "was withdrawn by the operator",
    // The effect of `links end-all`, in one statement.
    async end({ sql, app }) {
      await sql.rows(
        "update latchkey_tokens set ended_at = ?, end_reason = 'withdrawn' where ended_at is null",
        app.now(),
      );
    },
  },
  {
    name: "ended with a reset",
    async end({ app }) {
      const token = tokenOf(await requestReset(app, NEW));
      await app.client().send("/reset-password", { token, password: NEW_PASSWORD });
    },
  },
];

describe("A dead “This wasn’t me” link", () => {
  for (const { name, isUsed, end } of ENDINGS) {
    it(`that ${name} offers a password reset and no new link, because notices cannot be requested`, async () => {
      const setup = await setUp();
      await end(setup, setup.objection);

      const client = setup.app.client();
      assert.equal((await client.open(setup.objection)).status, 410);

      assert.ok(!client.text.includes(words.dead.newLink));
      const used = [
        words.dead.usedObjection({ when: when(setup.app.now(), setup.app.now()) }),
        words.dead.resetPassword,
      ];
      assertSays(client.text, ...(isUsed ? used : SECURE_ACCOUNT));
      assert.equal(client.text.includes(words.dead.signIn), !isUsed, "after it was used, no password works");
    });
  }

  for (const { name, isUsed, end } of ENDINGS.slice(0, 3)) {
    it(`that would have undone an email change and ${name} leads to help`, async () => {
      const setup = await setUp();
      await end(setup, setup.undo);

      const client = setup.app.client();
      assert.equal((await client.open(setup.undo)).status, 410);

      assert.ok(!client.text.includes(words.dead.newLink));
      assertSays(client.text, ...HELP);
      assert.equal(client.text.includes(words.dead.signIn), !isUsed, "after it was used, no password works");
      assert.doesNotMatch(client.page.body, /class="button[^"]*" href="\/sign-in"/);
    });
  }

  it("that is unknown shows the general message and the advice for its kind", async () => {
    const { app } = await setUp();
    for (const [path, help] of [
      ["/objection", SECURE_ACCOUNT],
      ["/address-undo", HELP],
    ] as const) {
      const client = app.client();
      await client.open(`${path}/${"A".repeat(43)}`);
      assertSays(client.text, words.dead.unknown);
      assertSays(client.text, ...help);
      assert.ok(!client.text.includes(words.dead.newLink));
    }
  });
});

function pathOf(link: string): string {
  return link.slice(0, link.lastIndexOf("/"));
}

type Setup = Awaited<ReturnType<typeof setUp>>;

/** An app whose account has changed its address, with the links of the notices to both addresses. */
async function setUp() {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS });
  const anna = await signUp(app, ANNA);
  await changeAddress(app, anna, NEW);
  const sql = await openRaw(database);
  return { app, anna, sql, objection: alertLinkIn(app), undo: linkTo(app, ANNA, "email-change-undo") };
}
