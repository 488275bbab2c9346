import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";

const SRC = join(import.meta.dirname, "../../src");

/** A change of one place in the source, by which a promise is broken. */
interface Change {
  file: string;
  from: string;
  to: string;
}

/** Faults that the simulation must find: what others in the field have got wrong. */
export const FAULTS: Record<string, Change[]> = {
  "a token is looked up, and then deleted": [
    {
      file: "features/password-reset/flow.ts",
      from: `if (!(await consume(tx, "password-reset", token, now))) return null;`,
      to: `await consume(tx, "password-reset", token, now);`,
    },
  ],
  "sessions are kept": [{ file: "links/revoke-all.ts", from: "await endAll(tx, accountId);", to: "" }],
  "a mail is marked as sent before it is": [
    {
      file: "mail/delivery.ts",
      from: "const messageId =",
      to: `await sent(core.database.query, mail.id, "250", core.clock());\n  const messageId =`,
    },
  ],
  "a limit is kept in memory": [
    {
      file: "rate-limits/store.ts",
      from: "  const { number, windowEndsAt } = await countOne(db, { key, now, window_ends_at: now + rate.windowMs });",
      to: `  const held = (count as any).held ??= { db: null, rows: new Map() };
  if (held.db !== (db as any).getExecutor().adapter) held.rows.clear();
  held.db = (db as any).getExecutor().adapter;
  const known = held.rows.get(key);
  const row = known && known.window_ends_at > now ? known : { count: 0, window_ends_at: now + rate.windowMs };
  row.count += 1;
  held.rows.set(key, row);
  const { count: number, window_ends_at: windowEndsAt } = row;`,
    },
  ],
  "the purpose is not checked": [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of the source
    { file: "lib/secrets.ts", from: "`${purpose}\\n${token}`", to: "token" },
    { file: "links/tokens.ts", from: `.where("purpose", "=", purpose)`, to: "" },
  ],
};

/** Puts a fault into the source as it is loaded from now on, in this process alone. Throws where its place is not there. */
export function putIn(name: string): void {
  const changes = FAULTS[name];
  if (!changes) throw new Error(`There is no fault "${name}".`);
  for (const { file, from } of changes) {
    if (!readFileSync(join(SRC, file), "utf8").includes(from)) throw new Error(`${file} no longer has: ${from}`);
  }
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const here = changes.filter(({ file }) => url.endsWith(`/src/${file}`));
      if (here.length === 0) return loaded;
      const source = here.reduce((text, { from, to }) => text.replaceAll(from, to), String(loaded.source));
      return { ...loaded, source };
    },
  });
}
