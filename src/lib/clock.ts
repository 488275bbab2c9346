/** Returns the time in epoch milliseconds. Passed as a dependency, so that tests can advance it. */
export type Clock = () => number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A clock that never steps back, for intervals within a process. In tests the test clock replaces both. */
export function monotonicClock(clock: Clock): Clock {
  return clock === Date.now ? () => performance.now() : clock;
}
