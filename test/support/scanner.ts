import type { Page } from "playwright-core";

/** The most pages that a scan opens. */
const MOST = 400;
/** So many buttons in a row: one on a page that was opened, and one on the page that it leads to. */
const DEEP = 2;

/** What a scanner has done, for a test to see that it did not look away, and for itself, to do nothing twice. */
export interface Scan {
  pressed: Set<string>;
  opened: Set<string>;
  known: Set<string>;
  /** Whether it had a session at any moment; it also presses "Sign out". */
  wasSignedIn: boolean;
}

/** A scanner that has seen nothing yet. */
export function newScan(): Scan {
  return { pressed: new Set(), opened: new Set(), known: new Set(), wasSignedIn: false };
}

/** A way to a page: a link, and the buttons to press one after the other from there. */
interface Way {
  url: string;
  presses: number[];
}

/**
 * A mail scanner that is a real browser and stops at nothing but typing: asks for every link with HEAD and opens it with
 * its scripts, follows every redirect and every link of the same http, presses every button and submits every form, on
 * every page that it gets to.
 */
export async function scan(page: Page, baseUrl: string, links: string[], done: Scan): Promise<void> {
  const ways: Way[] = [];
  const find = (urls: string[]) => {
    for (const url of urls) {
      // A language changes the words of a page, and not what its links and buttons do.
      if (done.opened.has(url) || !url.startsWith(`${baseUrl}/`) || /[?&]lang=/.test(url)) continue;
      done.opened.add(url);
      ways.push({ url, presses: [] });
    }
  };

  find(links);
  for (let opened = 0; ways.length > 0; opened += 1) {
    if (opened > MOST) throw new Error("The scan does not come to an end.");
    const way = ways.shift() as Way;
    if (way.presses.length === 0) await page.request.head(way.url);
    const arrived = await goAlong(page, way, done);
    const cookies = await page.context().cookies();
    if (cookies.some(({ name }) => name === "latchkey")) done.wasSignedIn = true;
    if (!arrived) continue;

    const here = await look(page);
    // A page that looks the same is pressed once, and each link that was mailed is a page of its own.
    const looks = way.presses.length === 0 ? way.url : `${here.words} after ${new URL(way.url).pathname}`;
    if (done.known.has(looks)) continue;
    done.known.add(looks);
    find(here.links);
    if (way.presses.length === DEEP) continue;
    for (let button = 0; button < here.ways; button += 1) ways.push({ ...way, presses: [...way.presses, button] });
  }
}

async function goAlong(page: Page, { url, presses }: Way, done: Scan): Promise<boolean> {
  await page.goto(url);
  for (const press of presses) {
    const name = await page.evaluate<string | null>(`(() => {
      const { ways } = ${FIND_WAYS};
      return ways[${press}]?.textContent.trim() ?? null;
    })()`);
    if (name === null) return false;
    done.pressed.add(name);
    const before = page.url();
    const loaded = page.waitForEvent("load", { timeout: 60_000 }).catch(() => {
      throw new Error(`"${name}" on ${before} led nowhere.`);
    });
    await Promise.all([loaded, page.evaluate(`(() => { const { press } = ${FIND_WAYS}; press(${press}); })()`)]);
  }
  return true;
}

/** Each button that is clicked, whatever disables it, and each form that is submitted behind the back of its buttons. */
const FIND_WAYS = `(() => {
  const buttons = [...document.querySelectorAll("button:not([type=button]), input[type=submit]")];
  const ways = [...buttons, ...document.forms];
  const press = (i) => {
    if (i >= buttons.length) return HTMLFormElement.prototype.submit.call(ways[i]);
    buttons[i].disabled = false;
    buttons[i].click();
  };
  return { ways, press };
})()`;

function look(page: Page): Promise<{ words: string; links: string[]; ways: number }> {
  return page.evaluate(`(() => ({
    words: document.querySelector("main")?.innerText ?? "",
    links: [...document.links].map((link) => link.href.split("#")[0]),
    ways: ${FIND_WAYS}.ways.length,
  }))()`);
}
