const waiting: Array<() => void> = [];

/**
 * Resolves one waiter per event-loop tick. Work that arrives in bursts is spread out, so that a request that arrives meanwhile
 * waits for one piece of it and not for the whole burst.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
