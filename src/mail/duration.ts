import { DAY, HOUR, MINUTE } from "../lib/clock.ts";

/** A duration in milliseconds as people say it, exact: "60 minutes", "24 hours". */
export function duration(ms: number): string {
  if (ms >= 2 * DAY && ms % DAY === 0) return `${ms / DAY} days`;
  if (ms >= 2 * HOUR && ms % HOUR === 0) return `${ms / HOUR} hours`;
  const minutes = Math.round(ms / MINUTE);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
