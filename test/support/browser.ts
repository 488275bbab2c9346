import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { createAdaptorServer } from "@hono/node-server";
import bundled from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { createLatchkey, type Latchkey } from "../../src/latchkey.ts";
import type { Options } from "../../src/options/options.ts";
import { TestClient } from "./client.ts";
import { until } from "./until.ts";

/** Called with what closes a thing; in a test file, `after`. */
type WhenDone = (close: () => Promise<void>) => void;

/** Starts one real Chromium; it is closed when the test file is done. */
export async function openBrowser(whenDone: WhenDone = after, flags: string[] = []): Promise<Browser> {
  const binary = process.platform === "linux" ? { executablePath: await chromiumPath() } : { channel: "chrome" };
  const browser = await chromium.launch({
    ...binary,
    args: ["--no-sandbox", "--disable-background-networking", ...flags],
  });
  whenDone(() => browser.close());
  return browser;
}

/**
 * The Chromium that npm brought, unpacked. Test files run side by side: each unpacks into a folder of its own, and the
 * first to be done moves it into place, so that no one starts a half-written one.
 */
async function chromiumPath(): Promise<string> {
  const place = join(import.meta.dirname, "../../node_modules/.cache/chromium");
  if (!existsSync(place)) {
    await mkdir(dirname(place), { recursive: true });
    const own = await mkdtemp(`${place}-`);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = own;
    await bundled.executablePath();
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rename(own, place).catch(() => rm(own, { recursive: true, force: true }));
  }
  return join(place, "chromium");
}

/** A Latchkey that runs as it does under `npm start`: on a real port, with its worker and its mailbox. */
export interface Site {
  baseUrl: string;
  /** The path of every form that arrived, oldest first. */
  forms: string[];
  /** Holds the next form back before it is acted upon, or its answer after. */
  holdNext(what: "form" | "answer"): HeldRequest;
  /** Sends what is due. */
  deliver(): Promise<void>;
  /** Advances the clock of the server; a page has its own clock. */
  pass(ms: number): void;
  /** A browser without its engine, for what a test needs and is not about. */
  client(headers?: Record<string, string>): TestClient;
}

/** A form or an answer that is late. */
export interface HeldRequest {
  /** Resolves when it is held. */
  held: Promise<void>;
  /** Lets it go, and resolves when it is answered. */
  release(): Promise<void>;
}

/** Serves a fresh Latchkey in memory on a port of its own; it is stopped when the test is done. */
export async function openSite(options: Partial<Options> = {}, whenDone: WhenDone = after): Promise<Site> {
  const forms: string[] = [];
  const holds: Hold[] = [];
  let passed = 0;
  let latchkey: Latchkey | undefined;

  /** Delivers requested email at once, so that tests need not wait up to half a second for the worker. */
  async function fetch(request: Request, peer?: string): Promise<Response> {
    if (!latchkey) throw new Error("No one knows the port yet.");
    const response = await latchkey.fetch(request, { ip: peer ?? null });
    // A browser that blocks cookies: Chromium without a window has no setting for it.
    if (request.headers.has("x-blocks-cookies")) response.headers.delete("set-cookie");
    if (request.method === "POST") latchkey.deliverDue().catch(() => {});
    return response;
  }

  async function answer(request: Request, peer: string | undefined): Promise<Response> {
    if (request.method === "GET") return fetch(request, peer);

    forms.push(new URL(request.url).pathname);
    const hold = holds.shift();
    if (hold?.what === "form") await hold.wait();
    const response = await fetch(request, peer);
    if (hold?.what === "answer") await hold.wait();
    hold?.done();
    return response;
  }

  const server = createAdaptorServer({
    fetch: (request, { incoming }) => answer(request, (incoming as IncomingMessage).socket.remoteAddress),
    overrideGlobalObjects: false,
  }) as Server;
  // The port is taken first: links are made from baseUrl, which holds it.
  await once(server.listen(0, "127.0.0.1"), "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = () => Date.now() + passed;
  const opened = await createLatchkey({ baseUrl, database: "sqlite::memory:", mode: "development", clock, ...options });
  opened.worker.start();
  latchkey = opened;
  whenDone(async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
    await opened.close();
  });

  return {
    baseUrl,
    forms,
    holdNext(what) {
      const { hold, held } = newHold(what);
      holds.push(hold);
      return held;
    },
    deliver: async () => void (await opened.deliverDue()),
    pass(ms) {
      passed += ms;
    },
    client: (headers) => new TestClient((request) => fetch(request, "127.0.0.1"), baseUrl, headers),
  };
}

interface Hold {
  what: "form" | "answer";
  /** Says that it is held, and waits to be let go. */
  wait(): Promise<void>;
  done(): void;
}

function newHold(what: Hold["what"]): { hold: Hold; held: HeldRequest } {
  const held = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const wait = () => {
    held.resolve();
    return go.promise;
  };
  const release = () => {
    go.resolve();
    return done.promise;
  };
  return { hold: { what, wait, done: done.resolve }, held: { held: held.promise, release } };
}

/** A person at a browser of their own, with no cookies yet. */
export interface BrowserUser {
  page: Page;
  /** What the browser complained of: scripts that failed, resources that the content security policy kept away. */
  complaints: string[];
}

export async function openUser(
  browser: Browser,
  http: Site,
  options: BrowserContextOptions = {},
): Promise<BrowserUser> {
  const context = await browser.newContext({ baseURL: http.baseUrl, locale: "en-GB", ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();

  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Chromium also notes each page that answers 4xx: that is the page, and no complaint.
    const isThePage = message.location().url === page.url() && /^Failed to load resource.* 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isThePage) complaints.push(message.text());
  });
  return { page, complaints };
}

/** Fills in the fields with those labels, presses the button, and waits for the page that answers. */
export async function submit(page: Page, fields: Record<string, string>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await navigateBy(page, () => page.getByRole("button", { name: button, exact: true }).click());
}

/** The page as a person reads it, in single spaces. */
export async function visibleText(page: Page): Promise<string> {
  const text = await page.evaluate<string>("document.querySelector('main').innerText");
  return text.replace(/\s+/g, " ").trim();
}

/** Opens a form of the account page in its row. */
export async function openRow(page: Page, label: string): Promise<void> {
  await page.locator(`summary[aria-label="${label}"]`).click();
}

/** The mouse over a button: each call clicks there, and waits for nothing that comes of it. */
export async function mouseClicker(page: Page, button: Locator): Promise<() => Promise<void>> {
  const box = await button.boundingBox();
  if (!box) throw new Error("There is no such button to be seen.");
  return () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Does what leads to another page, and waits until that is there. */
export async function navigateBy(page: Page, action: () => Promise<unknown>): Promise<void> {
  const there = page.waitForEvent("load");
  await Promise.all([there, action()]);
}

/** Opens the newest email with that subject in the development mailbox, as soon as it is there. */
export async function openEmail(page: Page, subject: string): Promise<void> {
  const mail = page.getByRole("link", { name: subject }).first();
  await until(`a mail "${subject}"`, async () => {
    await page.goto("/mailbox");
    return mail.isVisible();
  });
  await navigateBy(page, () => mail.click());
}

/** Clicks the button in the open email. */
export async function followEmailLink(page: Page, label: string): Promise<void> {
  await navigateBy(page, () => page.frameLocator("iframe").getByRole("link", { name: label }).click());
}
