import { createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Length of a key in bytes, and the least that a given key may have. */
export const KEY_BYTES = 32;

/** How to make a key, for error messages. */
export const MAKE_A_KEY = "Make one with: openssl rand -base64 32";

/** Fewer different characters than this cannot come from a random generator. */
const MIN_DISTINCT = 8;

/** A row of counters: `digest` is its primary key, `previous` the same under older keys. `name` is for locks and never stored. */
export interface CounterKey {
  name: string;
  digest: string;
  previous: readonly string[];
}

/** Keyed digests under `SECRET_KEY` (SECURITY.md K4). Each use has its own key, derived with HKDF-SHA-256 (RFC 5869). */
export interface Keys {
  /** One id per secret key, newest first. An id does not reveal the key. */
  ids: readonly string[];
  /** The key of a rate limit: the name of the limit in plain text, and the address, account or client as a digest. */
  limit(what: string, whose?: string): CounterKey;
  /** The part of a limit's stored key that identifies the address, account or client, under every secret key. */
  limitOwners(whose: string): readonly string[];
  /** The counter of consecutive failed attempts for an address. */
  failures(email: string): CounterKey;
  /** What is stored instead of a code: HMAC-SHA-256 over its request and its digits, under every key, newest first. */
  code(request: string, digits: string): readonly string[];
  /** Proves the outcome of a form to the page that confirms it, under every key, newest first. */
  outcome(text: string): readonly string[];
}

/** Derives the keys of every use. `secrets` are in order, newest first; at least one. */
export function createKeys(secrets: readonly Buffer[]): Keys {
  const derive = (use: string) =>
    secrets.map((secret) => Buffer.from(hkdfSync("sha256", secret, "", `latchkey ${use}`, KEY_BYTES)));
  const limits = derive("limits");
  const failures = derive("failed attempts");
  const codes = derive("codes");
  const outcomes = derive("outcomes");
  const counter = (name: string, digests: readonly string[]): CounterKey => ({
    name,
    digest: digests[0] ?? "",
    previous: digests.slice(1),
  });

  return {
    ids: derive("key id").map((key) => key.toString("hex").slice(0, 16)),
    limit(what, whose) {
      if (whose === undefined) return counter(what, [what]);
      return counter(
        `${what} ${whose}`,
        hmacs(limits, whose).map((owner) => `${what} ${owner}`),
      );
    },
    limitOwners: (whose) => hmacs(limits, whose),
    failures: (email) => counter(`failures ${email}`, hmacs(failures, email)),
    code: (request, digits) => hmacs(codes, `${request}\n${digits}`),
    outcome: (text) => hmacs(outcomes, text),
  };
}

function hmacs(keys: readonly Buffer[], text: string): string[] {
  return keys.map((key) => createHmac("sha256", key).update(text).digest("hex"));
}

/** A new secret key, as it is written into a file. */
export function newSecretKey(): string {
  return randomBytes(KEY_BYTES).toString("base64");
}

/** Reads one secret key: hex, base64, or any text that is long enough. Returns null for a key that is too weak. */
export function parseSecretKey(text: string): Buffer | null {
  const bytes = decode(text.trim());
  const distinct = new Set(text.trim().toLowerCase()).size;
  return bytes.length >= KEY_BYTES && distinct >= MIN_DISTINCT ? bytes : null;
}

function decode(text: string): Buffer {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, "hex");
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, "base64");
  return Buffer.from(text, "utf8");
}
