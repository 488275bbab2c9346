import { setTimeout as wait } from "node:timers/promises";

/** Looks again and again until something is so, and returns it. Fails, saying what was waited for, after `within` ms. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { within = 60_000, every = 20 }: { within?: number; every?: number } = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`Waited ${within / 1_000} seconds in vain: ${what}.`);
    await wait(every);
  }
}
