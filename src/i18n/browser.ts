import { parseBrowser } from "../lib/user-agent.ts";
import { words } from "./en.ts";
import type { Words } from "./shape.ts";

/** English, within a sentence. */
const IN_SENTENCE = { browser: { ...words.browser, unknown: "an unknown browser" } };

/** Words a stored browser in English, within a sentence: "Firefox on Windows", "Windows", "an unknown browser". */
export function browserWords(stored: string): string {
  return browserName(IN_SENTENCE, stored);
}

/** Words a browser, stored or in English, in a language, standing alone: "Firefox auf Windows". */
export function browserName({ browser: sentences }: Pick<Words, "browser">, stored: string): string {
  const { browser, system } = parseBrowser(stored);
  if (browser && system) return sentences.onSystem({ browser, system });
  return browser ?? system ?? sentences.unknown;
}
