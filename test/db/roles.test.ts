import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, describe, it } from "node:test";
import pg from "pg";
import { openDatabase } from "../../src/db/database.ts";
import { freshPostgres } from "../support/engine.ts";
import { openApp, signUp } from "../support/open-app.ts";
import "../support/use-postgres.ts";

describe("Two PostgreSQL roles with the grants of docs/postgresql.md", () => {
  it("migrate with the owner and serve with the other, which cannot change tables (C4)", async () => {
    const admin = await freshPostgres({ migrated: false });
    const suffix = randomUUID().slice(0, 8);
    const [owner, app] = [`owner_${suffix}`, `app_${suffix}`];
    // The database with all objects of the roles is dropped first.
    after(async () => {
      const server = Object.assign(new URL(admin), { pathname: "/postgres" }).href;
      for (const role of [owner, app]) await run(server, `drop role if exists ${role}`);
    });
    await run(
      admin,
      `create role ${owner} login;
      create role ${app} login;
      revoke create on schema public from public;
      grant create, usage on schema public to ${owner};
      grant usage on schema public to ${app};
      alter default privileges for role ${owner} in schema public
        grant select, insert, update, delete on tables to ${app}`,
    );
    const as = (role: string) => Object.assign(new URL(admin), { username: role }).href;

    await assert.rejects(openDatabase(as(app), { migrate: false }), /Run `latchkey migrate`/);
    await assert.rejects(openDatabase(as(app)), /permission denied/);
    await (await openDatabase(as(owner))).close();
    const served = await openApp({ database: as(app), migrate: false });
    await signUp(served, "anna@example.com");

    await assert.rejects(
      served.latchkey.close().then(() => run(as(app), "drop table latchkey_accounts")),
      /must be owner/,
    );
  });
});

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
