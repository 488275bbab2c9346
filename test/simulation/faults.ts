import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Change, changeSource } from "../support/change-source.ts";

const SRC = join(import.meta.dirname, "../../src");

/** Faults that the simulation must find. Each was reported for a comparable product. */
export const FAULTS: Record<string, Change[]> = {
  "the result of consuming a token is ignored": [
    {
      file: "features/password-reset/flow.ts",
      from: "if (!(await consumeToken(tx, PURPOSE, token, now))) return null;",
      to: "await consumeToken(tx, PURPOSE, token, now);",
    },
  ],
  "a reset keeps sessions": [{ file: "links/revoke-all.ts", from: "await deleteSessions(tx, accountId);", to: "" }],
  "an email is marked as sent before delivery": [
    {
      file: "mail/delivery.ts",
      from: "const startedAt = performance.now();",
      to: `const startedAt = performance.now();\n  await markSent(core.database.query, mail.id, "250", core.clock());`,
    },
  ],
  "a rate limit is kept in memory": [
    {
      file: "rate-limits/store.ts",
      from: "  const { number, windowEndsAt } = await countOne(db, { key: key.digest, now, window_ends_at: now + rate.windowMs });",
      to: `  const held = (countLimit as any).held ??= { db: null, rows: new Map() };
  if (held.db !== (db as any).getExecutor().adapter) held.rows.clear();
  held.db = (db as any).getExecutor().adapter;
  const known = held.rows.get(key.digest);
  const row = known && known.window_ends_at > now ? known : { count: 0, window_ends_at: now + rate.windowMs };
  row.count += 1;
  held.rows.set(key.digest, row);
  const { count: number, window_ends_at: windowEndsAt } = row;`,
    },
  ],
  "the purpose of a token is not checked": [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of the source
    { file: "lib/secrets.ts", from: "`${purpose}\\n${token}`", to: "token" },
    { file: "links/tokens.ts", from: `.where("purpose", "=", purpose)`, to: "" },
  ],
};

/** The replacements of a fault whose text no longer exists in the source. */
export function staleChanges(name: string): string[] {
  const changes = FAULTS[name] ?? [];
  return changes
    .filter(({ file, from }) => !readFileSync(join(SRC, file), "utf8").includes(from))
    .map(({ file, from }) => `${file} has no ${from}`);
}

/** Injects a fault into source files that this process loads from now on. Throws if the fault no longer applies. */
export function injectFault(name: string): void {
  const changes = FAULTS[name];
  if (!changes) throw new Error(`unknown fault "${name}"`);
  const stale = staleChanges(name);
  if (stale.length > 0) throw new Error(stale.join("\n"));
  changeSource(changes);
}
