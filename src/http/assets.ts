import { get, type Route } from "./route.ts";
import { SCRIPT_PATH, script } from "./script.ts";
import { STYLE_PATH, style } from "./style.ts";

export const assetRoutes: Route[] = [
  get(STYLE_PATH, () => asset(style, "text/css")),
  get(SCRIPT_PATH, () => asset(script, "text/javascript")),
];

/** File names change with the content, so browsers may cache them for ever. */
function asset(body: string, type: string): Response {
  const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "public, max-age=31536000, immutable" };
  return new Response(body, { headers });
}
