import type { Db } from "../db/schema.ts";

/** How an account's owner reads: for emails that the owner did not request. */
export interface Preferences {
  /** The tag for dates and numbers, such as `en-GB`; its language is one that is served. */
  locale: string;
  /** IANA name; null if no browser reported one. */
  timeZone: string | null;
}

/** Keeps the preferences of an account. A time zone that is not known does not replace one that is. */
export async function savePreferences(tx: Db, accountId: string, { locale, timeZone }: Preferences): Promise<void> {
  await tx
    .insertInto("latchkey_preferences")
    .values({ account_id: accountId, locale, time_zone: timeZone })
    .onConflict((conflict) =>
      conflict.column("account_id").doUpdateSet({ locale, ...(timeZone === null ? {} : { time_zone: timeZone }) }),
    )
    .execute();
}

/** Null if none are kept, for an account that was imported or invited. */
export async function findPreferences(db: Db, accountId: string): Promise<Preferences | null> {
  const row = await db
    .selectFrom("latchkey_preferences")
    .select(["locale", "time_zone"])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row ? { locale: row.locale, timeZone: row.time_zone } : null;
}
