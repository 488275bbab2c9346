import { createHash } from "node:crypto";
import { get, type Route } from "./route.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

const VERSION = createHash("sha256").update(style).update(script).digest("hex").slice(0, 8);

/** The names change with the content, so that browsers may keep the files for ever. */
export const STYLE_PATH = `/latchkey-${VERSION}.css`;
export const SCRIPT_PATH = `/latchkey-${VERSION}.js`;

export const assets: Route[] = [
  get(STYLE_PATH, () => asset(style, "text/css")),
  get(SCRIPT_PATH, () => asset(script, "text/javascript")),
];

function asset(body: string, type: string): Response {
  const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "public, max-age=31536000, immutable" };
  return new Response(body, { headers });
}
