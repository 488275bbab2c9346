const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Browsers choose the locale and the time zone, so the number of kept formatters is bounded. */
const MAX_FORMATTERS = 200;
const formatters = new Map<string, unknown>();

/** A lifetime in the largest whole unit, as ICU words it: "1 hour", "24 hours", "7 days", "10 minutes". */
export function duration(locale: string, ms: number): string {
  if (ms >= 2 * DAY && ms % DAY === 0) return inUnit(locale, "day", ms / DAY);
  if (ms >= HOUR && ms % HOUR === 0) return inUnit(locale, "hour", ms / HOUR);
  if (ms >= MINUTE) return inUnit(locale, "minute", Math.round(ms / MINUTE));
  return inUnit(locale, "second", Math.max(1, Math.round(ms / SECOND)));
}

/** A wait, rounded up, so that the next attempt after it succeeds: "42 seconds", "5 minutes", "3 hours". */
export function wait(locale: string, ms: number): string {
  if (ms < MINUTE) return duration(locale, Math.ceil(Math.max(ms, 1) / SECOND) * SECOND);
  if (ms < 90 * MINUTE) return duration(locale, Math.ceil(ms / MINUTE) * MINUTE);
  return duration(locale, Math.ceil(ms / HOUR) * HOUR);
}

/** A moment with the name of its time zone: "28 November 2026 at 15:43 CET". UTC, which is named too, if the zone is null. */
export function moment(locale: string, { at, timeZone }: { at: number; timeZone: string | null }): string {
  const parts = { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return dateTime(locale, { ...parts, timeZoneName: "short", timeZone: timeZone ?? "UTC" }).format(at);
}

/** The time of a day with the name of its zone: "15:43 CET". */
export function timeOfDay(locale: string, { at, timeZone }: { at: number; timeZone: string | null }): string {
  const parts = { hour: "numeric", minute: "2-digit", timeZoneName: "short" } as const;
  return dateTime(locale, { ...parts, timeZone: timeZone ?? "UTC" }).format(at);
}

/** A day: "28 Nov 2026". */
export function date(locale: string, { at, timeZone }: { at: number; timeZone: string | null }): string {
  return dateTime(locale, { dateStyle: "medium", timeZone: timeZone ?? "UTC" }).format(at);
}

/** "12 minutes ago", within a day; null further back and for the future, which need a date. */
export function ago(locale: string, { at, now }: { at: number; now: number }): string | null {
  const ms = now - at;
  if (ms < 0 || ms >= DAY) return null;
  const format = kept("relative", locale, {}, () => new Intl.RelativeTimeFormat(tagOf(locale), { numeric: "auto" }));
  if (ms < MINUTE) return format.format(0, "second");
  if (ms < HOUR) return format.format(-Math.floor(ms / MINUTE), "minute");
  return format.format(-Math.floor(ms / HOUR), "hour");
}

export function number(locale: string, value: number): string {
  return kept("number", locale, {}, () => new Intl.NumberFormat(tagOf(locale))).format(value);
}

/** "a, b and c". */
export function list(locale: string, items: readonly string[]): string {
  return kept("list", locale, {}, () => new Intl.ListFormat(tagOf(locale), { type: "conjunction" })).format(items);
}

/** Whether a string names a time zone of the IANA database. Browsers report theirs in a form field, so it can be anything. */
export function isTimeZone(value: string): boolean {
  // Offsets such as +01:00 are accepted by Intl, but no browser reports one.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/.test(value) || value.length > 64) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function inUnit(locale: string, unit: string, value: number): string {
  const options = { style: "unit", unit, unitDisplay: "long" } as const;
  return kept("number", locale, options, () => new Intl.NumberFormat(tagOf(locale), options)).format(value);
}

function dateTime(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept("date", locale, options, () => new Intl.DateTimeFormat(tagOf(locale), options));
}

/**
 * Arabic with Latin digits, so that numbers look like the code in the email, and with the Gregorian calendar in every region,
 * so that a page and an email show the same date.
 */
function tagOf(locale: string): string {
  return /^ar\b/.test(locale) ? `${locale}-u-ca-gregory-nu-latn` : locale;
}

function kept<T>(kind: string, locale: string, options: object, make: () => T): T {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known as T;
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  const made = make();
  formatters.set(key, made);
  return made;
}
