import type { Brand } from "../brand/brand.ts";
import type { ServedLogo } from "../brand/logo.ts";
import type { HttpContext } from "./context.ts";
import { get, type Route } from "./route.ts";
import { SCRIPT_PATH, script } from "./script.ts";

/** The stylesheet, the script and the logos. */
export function assetRoutes({
  brand,
  stylesheet,
  stylePath,
}: Pick<HttpContext, "brand" | "stylesheet" | "stylePath">): Route[] {
  return [
    get(stylePath, () => asset(stylesheet, "text/css; charset=utf-8")),
    get(SCRIPT_PATH, () => asset(script, "text/javascript; charset=utf-8")),
    ...servedLogos(brand).map(({ path, type, body }) =>
      get(path, () => asset(body, type, { "content-security-policy": LOGO_POLICY })),
    ),
  ];
}

/** An SVG can hold scripts and links. Opened by itself it may load nothing, run nothing and reach nothing (CSP level 3). */
const LOGO_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

function servedLogos({ logo, logoDark }: Brand): ServedLogo[] {
  const served = [logo, logoDark].filter((one): one is ServedLogo => one !== null && "path" in one);
  return served.filter(({ path }, i) => served.findIndex((other) => other.path === path) === i);
}

/** File names change with the content, so browsers may cache them for ever. */
function asset(body: string | Buffer, type: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    headers: { ...headers, "content-type": type, "cache-control": "public, max-age=31536000, immutable" },
  });
}
