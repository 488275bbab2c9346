/** Tells the time in epoch milliseconds. Handed in everywhere, so that tests can let an hour pass without waiting. */
export type Clock = () => number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A clock that never steps back, for intervals within a process. A test's clock stands for both. */
export function monotonicClock(clock: Clock): Clock {
  return clock === Date.now ? () => performance.now() : clock;
}
