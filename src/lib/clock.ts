/** Tells the time in epoch milliseconds. Handed in everywhere, so that tests can let an hour pass without waiting. */
export type Clock = () => number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
