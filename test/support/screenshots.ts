/**
 * Photographs every page and email into contact sheets: `node test/support/screenshots.ts FOLDER`. Each sheet shows one page at
 * 1280, 390 and 320 px, light and dark, and, where its address can be opened again, in Arabic too.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser, openSite, openUser } from "./browser.ts";
import { everyPage, LIMITS } from "./every-page.ts";
import { EMAIL_VIEWS, writeEmail } from "./letterhead.ts";

const folder = process.argv[2];
if (!folder) throw new Error("Name a folder: node test/support/screenshots.ts FOLDER");
await mkdir(join(folder, "pages"), { recursive: true });
await mkdir(join(folder, "emails"), { recursive: true });

const WIDTHS = [1280, 390, 320];
const SCHEMES = ["light", "dark"] as const;

interface Shot {
  caption: string;
  width: number;
  image: Buffer;
}

const open: Array<() => Promise<void>> = [];
const browser = await openBrowser((close) => open.push(close));
const http = await openSite({ limits: LIMITS }, (close) => open.push(close));
const { page } = await openUser(browser, http);
const sheet = await browser.newPage();

for (const view of everyPage) {
  await page.context().clearCookies();
  await view.open(page, http);
  const shots = await shotsOf(page, "");
  const url = new URL(page.url());
  const again = await page.goto(`${url.pathname}${url.search}${url.search ? "&" : "?"}lang=ar`).catch(() => null);
  // A page that a form answered with has no address of its own, and another page is there.
  if (again?.status() === view.status) shots.push(...(await shotsOf(page, ", Arabic")));
  await write(join("pages", view.name), shots);
}
for (const [name, view] of Object.entries(EMAIL_VIEWS)) {
  const shots: Shot[] = [];
  for (const language of ["en", "ar"]) {
    const letter = await writeEmail(view, language);
    await page.setContent(letter.html);
    shots.push(...(await shotsOf(page, language === "ar" ? ", Arabic" : "", [1280, 390])));
  }
  await write(join("emails", name.replaceAll(" ", "-")), shots);
}
for (const close of open.reverse()) await close();

async function shotsOf(from: Page, note: string, widths: readonly number[] = WIDTHS): Promise<Shot[]> {
  const shots: Shot[] = [];
  for (const colorScheme of SCHEMES) {
    await from.emulateMedia({ reducedMotion: "reduce", colorScheme });
    for (const width of widths) {
      await from.setViewportSize({ width, height: 800 });
      const image = await from.screenshot({ fullPage: true, type: "jpeg", quality: 80 });
      shots.push({ caption: `${width} px, ${colorScheme}${note}`, width, image });
    }
  }
  return shots;
}

/** One picture with all shots, the wide ones at a third of their size and the narrow ones at half of it. */
async function write(name: string, shots: readonly Shot[]): Promise<void> {
  const figures = shots.map(
    ({ caption, width, image }) =>
      `<figure><img width="${Math.round(width * (width > 600 ? 0.34 : 0.5))}" src="data:image/jpeg;base64,${image.toString("base64")}"><figcaption>${caption}</figcaption></figure>`,
  );
  await sheet.setViewportSize({ width: 1700, height: 600 });
  await sheet.setContent(
    `<style>body{margin:12px;font:13px sans-serif;background:#c9ccd3;display:flex;flex-wrap:wrap;gap:12px;align-items:start}figure{margin:0}img{display:block;box-shadow:0 0 4px #0006}</style>${figures.join("")}`,
  );
  await sheet.screenshot({ path: join(String(folder), `${name}.jpg`), fullPage: true, type: "jpeg", quality: 62 });
}
