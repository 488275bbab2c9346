import { ago, moment, timeOfDay } from "./format.ts";
import { type Rich, time } from "./rich.ts";
import type { Words } from "./shape.ts";

/**
 * When something happened, as an adverbial that fits into a sentence: "12 minutes ago, at 15:43 UTC" within a day, else "on
 * 28 November 2026 at 15:43 UTC". The page's script words it again in the reader's time zone.
 */
export function when(
  words: Words,
  { locale, at, now, timeZone }: { locale: string; at: number; now: number; timeZone: string | null },
): Rich {
  const relative = ago(locale, { at, now });
  const text =
    relative === null
      ? words.when.on({ moment: moment(locale, { at, timeZone }) })
      : words.when.ago({ relative, time: timeOfDay(locale, { at, timeZone }) });
  return time({ at, text, form: "when" });
}
