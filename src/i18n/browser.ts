import { parseBrowser } from "../lib/user-agent.ts";
import { words } from "./en.ts";
import type { Words } from "./shape.ts";

/** Words a stored browser in English, within a sentence: "Firefox on Windows", "Windows", "an unknown browser". */
export function browserWords(stored: string): string {
  const { browser, system } = parseBrowser(stored);
  if (browser && system) return words.browser.onSystem({ browser, system });
  return browser ?? system ?? "an unknown browser";
}

/** Words a browser, stored or in English, in a language, standing alone: "Firefox auf Windows". */
export function browserName({ browser: sentences }: Pick<Words, "browser">, stored: string): string {
  const { browser, system } = parseBrowser(stored);
  if (browser && system) return sentences.onSystem({ browser, system });
  return browser ?? system ?? sentences.unknown;
}
