import type { Page } from "playwright-core";

/** As long as RFC 5321 allows a local part, without a place to break. */
export const LONG_LOCAL_PART = `christopher${"montgomery".repeat(5)}abc`;
export const LONG_ADDRESS = `${LONG_LOCAL_PART}@mail.department.example.com`;
/** As long as `brand.name` allows, without a space. */
export const LONG_NAME = "DonaudampfschifffahrtsgesellschaftskapitaensmuetzenverleihAG";

const WIDTHS = [320, 390];

/**
 * Puts the longest address and the longest product name in place of those on the open page and in the email that it shows.
 * Returns what then makes the page wider than a phone: "320 px: button Send a new mail …".
 */
export async function overflowOfLongNames(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) await frame.evaluate(LENGTHEN);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 720 });
    for (const frame of page.frames()) {
      const wide = await frame.evaluate<string[]>(WIDER_THAN_THE_WINDOW);
      found.push(...wide.map((element) => `${width} px: ${element}`));
    }
  }
  return found;
}

const LENGTHEN = `(() => {
  const lengthen = (text) => text
    .replaceAll(/[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+/g, ${JSON.stringify(LONG_ADDRESS)})
    .replaceAll("Latchkey", ${JSON.stringify(LONG_NAME)});
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = lengthen(texts.currentNode.data);
  for (const input of document.querySelectorAll("input")) input.value = lengthen(input.value);
})()`;

/** Text is measured too: an element may be narrow while its text leaves it. */
const WIDER_THAN_THE_WINDOW = `(() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.scrollWidth > innerWidth || element.getBoundingClientRect().right > innerWidth)
    .filter((element, _, all) => !all.some((other) => other !== element && element.contains(other)))
    .map((element) => element.localName + " " + element.textContent.trim().slice(0, 40));
})()`;
