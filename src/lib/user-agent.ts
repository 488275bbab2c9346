/** The browser and the system of a client, in fixed words. Null: not recognised. */
export interface Browser {
  browser: string | null;
  system: string | null;
}

/**
 * The first match wins. Browsers built on Chromium also call themselves Chrome and Safari; on iOS they have tokens of their
 * own (`EdgiOS`, `OPT`, `CriOS`, `FxiOS`), and apps that show pages add theirs to that of the system's browser.
 */
const BROWSERS: Array<[RegExp, string]> = [
  [/\b(?:FBAN|FBAV|FB_IAB)\b/, "Facebook"],
  [/\bInstagram\b/, "Instagram"],
  [/\bLinkedInApp\b/, "LinkedIn"],
  [/\bMicroMessenger\//, "WeChat"],
  [/\b(?:BytedanceWebview|musical_ly|trill_)/, "TikTok"],
  [/\bGSA\//, "Google"],
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|OPT|OPX|OPiOS|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bYaBrowser\//, "Yandex Browser"],
  [/\b(?:DuckDuckGo|Ddg)\//, "DuckDuckGo"],
  [/\bUCBrowser\//, "UC Browser"],
  [/\bSilk\//, "Silk"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
];
const SYSTEMS: Array<[RegExp, string]> = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  // An iPad asks for desktop pages as a Macintosh. Only the tokens of iOS give it away; Safari has none there.
  [/\bMacintosh\b.*\b(?:Mobile|CriOS|FxiOS|EdgiOS|OPT|OPX|OPiOS|GSA)\//, "iPad"],
  [/\bWindows\b/, "Windows"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** Longer headers are attempts to make matching slow. */
const MAX_HEADER_LENGTH = 512;

/**
 * Recognises the browser that sent this `User-Agent`. The result consists of fixed words only, so that a request cannot put
 * text into another person's email.
 */
export function detectBrowser(userAgent: string | null): Browser {
  const header = (userAgent ?? "").slice(0, MAX_HEADER_LENGTH);
  return { browser: firstMatch(BROWSERS, header), system: firstMatch(SYSTEMS, header) };
}

function firstMatch(table: Array<[RegExp, string]>, header: string): string | null {
  return table.find(([pattern]) => pattern.test(header))?.[1] ?? null;
}

/** The form in which a browser is stored: `Firefox|Windows`, `|Windows`, `Firefox|`, `|`. It is worded when it is shown. */
export function formatBrowser({ browser, system }: Browser): string {
  return `${browser ?? ""}|${system ?? ""}`;
}

/** Reads a stored browser, also in the English form of before 0.3: `Firefox on Windows`, `Windows`, `an unknown browser`. */
export function parseBrowser(stored: string): Browser {
  const parts = stored.includes("|") ? stored.split("|") : earlierForm(stored);
  const [browser, system] = parts;
  return { browser: browser || null, system: system || null };
}

function earlierForm(text: string): string[] {
  if (text === "an unknown browser") return [];
  if (SYSTEMS.some(([, system]) => system === text)) return ["", text];
  return text.split(" on ");
}
