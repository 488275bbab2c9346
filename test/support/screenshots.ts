/** Photographs every page, wide and narrow, light and dark: `node test/support/screenshots.ts FOLDER`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser, openSite, openUser } from "./browser.ts";
import { everyPage, LIMITS } from "./every-page.ts";

const folder = process.argv[2];
if (!folder) throw new Error("Write where to: node test/support/screenshots.ts FOLDER");
await mkdir(folder, { recursive: true });

const open: Array<() => Promise<void>> = [];
const browser = await openBrowser((close) => open.push(close));
const http = await openSite({ limits: LIMITS }, (close) => open.push(close));
const { page, complaints } = await openUser(browser, http);

for (const sight of everyPage) {
  await page.context().clearCookies();
  await sight.open(page, http);
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 320]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 720 });
      await page.screenshot({ path: join(folder, `${sight.name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
}
for (const complaint of complaints) console.error(complaint);
for (const close of open.reverse()) await close();
