/** The first match wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari. */
const BROWSERS: Array<[RegExp, string]> = [
  [/\bEdgA?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
];
const SYSTEMS: Array<[RegExp, string]> = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/**
 * A readable name for the browser that sent this `User-Agent`: "Firefox on Windows". It consists of fixed words only, so
 * that a request cannot put text into another person's email. Returns "an unknown browser" if nothing is recognised.
 */
export function browserLabel(userAgent: string | null): string {
  // Longer ones are attempts to make parsing slow.
  const header = (userAgent ?? "").slice(0, 512);
  const browser = firstMatch(BROWSERS, header);
  const system = firstMatch(SYSTEMS, header);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? "an unknown browser";
}

function firstMatch(table: Array<[RegExp, string]>, header: string): string | null {
  return table.find(([pattern]) => pattern.test(header))?.[1] ?? null;
}
