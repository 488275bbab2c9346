const waiting: Array<() => void> = [];

/**
 * Resolves in a turn of the event loop that nobody else who waits here gets. Work that comes in lumps is spread out so, and
 * what arrives meanwhile, a page that somebody opens, waits for one piece of it and not for the whole lump.
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
