import type { Rate } from "../basics/rate.ts";
import { compiled } from "./compiled.ts";
import { skippingHeld } from "./engine.ts";
import type { Db } from "./schema.ts";

/** Whether this time was still within the limit, and when the window ends (epoch milliseconds). */
export interface Counted {
  within: boolean;
  windowEndsAt: number;
}

/** Counts one more under the key, and says whether it was still within the rate. One upsert: shared by every instance. */
export async function count(db: Db, key: string, rate: Rate, now: number): Promise<Counted> {
  const [row] = await upsert(db, { key, now, windowEndsAt: now + rate.windowMs });
  if (!row) throw new Error("An upsert with returning gave no row.");
  return { within: row.count <= rate.count, windowEndsAt: row.window_ends_at };
}

const upsert = compiled((db, { key, now, windowEndsAt }: { key: string; now: number; windowEndsAt: number }) =>
  db
    .insertInto("latchkey_limits")
    .values({ key, count: 1, window_ends_at: windowEndsAt })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((row) => {
        const isOver = row("latchkey_limits.window_ends_at", "<=", now);
        return {
          count: row
            .case()
            .when(isOver)
            .then(1)
            .else(row("latchkey_limits.count", "+", 1))
            .end(),
          window_ends_at: row
            .case()
            .when(isOver)
            .then(windowEndsAt)
            .else(row.ref("latchkey_limits.window_ends_at"))
            .end(),
        };
      }),
    )
    .returning(["count", "window_ends_at"]),
);

/** Starts the key's count afresh. */
export async function clear(tx: Db, key: string): Promise<void> {
  await tx.deleteFrom("latchkey_limits").where("key", "=", key).execute();
}

/** Deletes the windows that are over. */
export async function purgeLimits(db: Db, now: number): Promise<void> {
  const over = db.selectFrom("latchkey_limits").select("key").where("window_ends_at", "<=", now);
  await db.deleteFrom("latchkey_limits").where("key", "in", skippingHeld(db, over)).execute();
}
