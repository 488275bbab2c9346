import type { Answer } from "./client.ts";

/**
 * Two deeds that meet: the one named first is begun, `meanwhile` goes by, then the other is begun. The answers of both.
 * A `meanwhile` that waits for what was begun puts them one after the other.
 */
export async function meet<A extends string, B extends string>(
  deeds: Record<A | B, () => Promise<Answer>>,
  [first, second]: readonly [A, B] | readonly [B, A],
  meanwhile: (begun: Promise<Answer>) => Promise<unknown>,
): Promise<Record<A | B, Answer>> {
  const begun = deeds[first]();
  await meanwhile(begun);
  const [one, other] = await Promise.all([begun, deeds[second]()]);
  return { [first]: one, [second]: other } as Record<A | B, Answer>;
}
