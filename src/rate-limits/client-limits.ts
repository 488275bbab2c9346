import type { Db } from "../db/schema.ts";
import { clientIpRanges } from "../lib/client-ip.ts";
import type { CounterKey, Keys } from "../lib/keys.ts";
import type { RateLimit } from "../lib/rate.ts";
import { countLimit, refundLimit } from "./store.ts";

/** A limit of one client: by its address or, for IPv6, by its /64 and, 16 times as high, by its /48. */
export interface ClientLimit {
  key: CounterKey;
  rate: RateLimit;
}

/** One counted event, so that exactly this one can be given back. */
export interface CountedUnit {
  key: CounterKey;
  windowEndsAt: number;
}

/** The limits that an event of a client counts under. None if the client IP is not known. */
export function clientLimits(keys: Keys, what: string, ip: string | null, rate: RateLimit): ClientLimit[] {
  if (ip === null) return [];
  return clientIpRanges(ip).map(({ range, factor }) => ({
    key: keys.limit(what, range),
    rate: { ...rate, count: rate.count * factor },
  }));
}

/** Counts an event under each limit. An event that is refused is not counted, so that it holds back no later one. */
export async function countClient(
  tx: Db,
  limits: readonly ClientLimit[],
  now: number,
): Promise<{ within: true; units: CountedUnit[] } | { within: false; windowEndsAt: number }> {
  const units: CountedUnit[] = [];
  for (const { key, rate } of limits) {
    const { within, windowEndsAt } = await countLimit(tx, key, rate, now);
    units.push({ key, windowEndsAt });
    if (within) continue;
    await refundUnits(tx, units);
    return { within, windowEndsAt };
  }
  return { within: true, units };
}

/** Gives back exactly these events. */
export async function refundUnits(tx: Db, units: readonly CountedUnit[]): Promise<void> {
  for (const { key, windowEndsAt } of units) await refundLimit(tx, key, windowEndsAt);
}
