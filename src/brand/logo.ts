import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { contentHash } from "../lib/secrets.ts";

/** A logo that this server serves under a path of its own. */
export interface ServedLogo {
  /** Below `BASE_URL`. Changes with the content, so that browsers may cache it for ever. */
  path: string;
  type: string;
  body: Buffer;
}

/** A logo on the origin of `BASE_URL`, which pages reference and the server never fetches. */
export interface ReferencedLogo {
  url: string;
}

export type Logo = ServedLogo | ReferencedLogo;

/** The largest logo, in bytes. */
export const MAX_LOGO_BYTES = 64 * 1024;

/** A logo that can't be used. */
export class LogoError extends Error {
  override name = "LogoError";
}

const TYPES = { svg: "image/svg+xml", png: "image/png", webp: "image/webp" } as const;
type Format = keyof typeof TYPES;

/**
 * Reads a logo: a file, a `data:` URI, or a URL on the origin of `baseUrl`. The type is found in the content, not in the name.
 * Throws a LogoError whose message completes "<setting> …".
 */
export function readLogo(given: string, baseUrl: URL): Logo {
  if (/^https?:/i.test(given)) return referenced(given, baseUrl);
  const body = given.startsWith("data:") ? fromDataUri(given) : fromFile(given);
  if (body.length > MAX_LOGO_BYTES) tooLarge(body.length);
  const format = formatOf(body);
  if (format === null) throw new LogoError("is not an SVG, PNG or WebP image.");
  return { path: `/latchkey-logo-${contentHash(body.toString("latin1"))}.${format}`, type: TYPES[format], body };
}

function referenced(given: string, baseUrl: URL): ReferencedLogo {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.origin === baseUrl.origin) return { url: url.href };
  throw new LogoError(
    `is on another host. Use a file, a data: URI or a URL that begins with ${baseUrl.origin}: the pages load nothing from other hosts, so that none learns who recovers an account.`,
  );
}

function fromDataUri(uri: string): Buffer {
  const match = /^data:image\/[\w.+-]+(?:;charset=[\w-]+)?(;base64)?,(.*)$/s.exec(uri);
  if (!match) throw new LogoError("is not a data: URI of an image, for example data:image/svg+xml;base64,…");
  const [, base64, data = ""] = match;
  if (base64) return Buffer.from(data, "base64");
  try {
    return Buffer.from(decodeURIComponent(data));
  } catch {
    throw new LogoError("is not a data: URI of an image, for example data:image/svg+xml;base64,…");
  }
}

function fromFile(given: string): Buffer {
  const path = given.startsWith("file:") ? fileURLToPath(given) : given;
  try {
    const file = statSync(path);
    // A device or a very large file is not read into memory.
    if (!file.isFile()) throw new Error("not a file");
    return file.size > MAX_LOGO_BYTES ? tooLarge(file.size) : readFileSync(path);
  } catch (error) {
    if (error instanceof LogoError) throw error;
    throw new LogoError(`points to "${given}", which can't be read.`);
  }
}

function tooLarge(bytes: number): never {
  throw new LogoError(`has ${Math.ceil(bytes / 1024)} kB. Use a logo of at most ${MAX_LOGO_BYTES / 1024} kB.`);
}

function formatOf(body: Buffer): Format | null {
  if (body.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "png";
  if (body.toString("latin1", 0, 4) === "RIFF" && body.toString("latin1", 8, 12) === "WEBP") return "webp";
  const text = body.toString("utf8").replace(/^\uFEFF/, "");
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/i.test(
    text,
  )
    ? "svg"
    : null;
}
