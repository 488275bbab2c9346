import { setImmediate } from "node:timers/promises";

/** Does work that wants to know how many turns the event loop has made since it began. */
export async function withTurnCount<T>(work: (turns: () => number) => Promise<T>): Promise<T> {
  let turns = 0;
  let isDone = false;
  const counting = (async () => {
    for (; !isDone; turns += 1) await setImmediate();
  })();
  const result = await work(() => turns).finally(() => {
    isDone = true;
  });
  await counting;
  return result;
}
