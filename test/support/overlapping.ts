import type { TestResponse } from "./client.ts";

/**
 * Two deeds that meet: the one named first is begun, `meanwhile` goes by, then the other is begun. The answers of both.
 * A `meanwhile` that waits for what was begun puts them one after the other.
 */
export async function runOverlapping<A extends string, B extends string>(
  actions: Record<A | B, () => Promise<TestResponse>>,
  [first, second]: readonly [A, B] | readonly [B, A],
  meanwhile: (begun: Promise<TestResponse>) => Promise<unknown>,
): Promise<Record<A | B, TestResponse>> {
  const begun = actions[first]();
  await meanwhile(begun);
  const [one, other] = await Promise.all([begun, actions[second]()]);
  return { [first]: one, [second]: other } as Record<A | B, TestResponse>;
}
