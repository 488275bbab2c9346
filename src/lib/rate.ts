import { DAY, HOUR, MINUTE, SECOND } from "./clock.ts";

/** At most `count` times in any one window of `windowMs` milliseconds. */
export interface RateLimit {
  count: number;
  windowMs: number;
}

const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Reads a rate such as `30/10m`: a whole number, a slash, and a duration in s, m, h or d. Returns null for anything else. */
export function parseRate(text: string): RateLimit | null {
  const [, count, amount, unit] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})?([smhd])$/.exec(text) ?? [];
  if (!count || !unit) return null;
  return { count: Number(count), windowMs: Number(amount ?? 1) * (UNITS[unit] ?? 0) };
}

/** Reads a duration such as `90s`, `10m`, `1h` or `7d` into milliseconds. Returns null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  return amount && unit ? Number(amount) * (UNITS[unit] ?? 0) : null;
}
