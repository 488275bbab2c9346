/** Chance that can be had again: the same seed gives the same numbers. */
export interface Random {
  /** A whole number from 0 to `below`, without it. */
  int(below: number): number;
  /** True that often, from 0 to 1. */
  chance(probability: number): boolean;
  /** One of them. Throws where there is none. */
  pick<T>(things: readonly T[]): T;
}

/** Mulberry32: small, fast and even enough for choosing what people do. Nothing secret comes from it. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    int: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick(things) {
      const thing = things[Math.floor(next() * things.length)];
      if (thing === undefined) throw new Error("There is nothing to pick from.");
      return thing;
    },
  };
}
