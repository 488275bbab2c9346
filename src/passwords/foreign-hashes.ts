import { createHash, pbkdf2, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { verify as verifyArgon2 } from "@node-rs/argon2";

/** A stored hash that a password, taken as it is, can be checked against. */
export interface StoredHash {
  matches(password: string): Promise<boolean>;
  /** The cost of an argon2 hash. Every other kind is replaced at the next sign-in. */
  argon2: { variant: string; memoryKiB: number; passes: number } | null;
  /** How many bytes of a password the hash covers. */
  countsBytes: number;
}

/**
 * The maximum cost of a stored hash (SECURITY.md P7). The cost is read from the hash itself: an attacker who can store one
 * could otherwise make a sign-in take minutes, or all memory of the process.
 */
const MAX_MEMORY = 256 * 1024 * 1024;
/** Memory times passes, in bytes: what argon2 and scrypt write in total. */
const MAX_WRITTEN = 1024 * 1024 * 1024;
/** Rounds times output blocks: PBKDF2 runs all its rounds again for each block of the digest's length (RFC 8018 §5.2). */
const MAX_PBKDF2_WORK = 5_000_000;
const PBKDF2_BLOCK_BYTES: Record<string, number> = { sha1: 20, sha256: 32 };
const BCRYPT_COSTS = { least: 4, most: 14 };

const ARGON2 =
  /^\$(argon2(?:id|i|d))(?:\$v=(?:16|19))?\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,128}\$[A-Za-z0-9+/]{16,128}$/;
// Not $2x$, which marks hashes of a faulty crypt_blowfish.
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const SCRYPT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,4}),p=(\d{1,4})\$([A-Za-z0-9+/]{0,256})\$([A-Za-z0-9+/]{22,256})$/;
const DJANGO_SCRYPT = /^scrypt\$(\d{1,10})\$([^$]{0,256})\$(\d{1,4})\$(\d{1,4})\$([A-Za-z0-9+/]{22,256}={0,2})$/;
const DJANGO_PBKDF2 = /^pbkdf2_(sha1|sha256)\$(\d{1,9})\$([^$]{0,256})\$([A-Za-z0-9+/]{22,256}={0,2})$/;

/**
 * Reads a stored hash: argon2 of every variant, bcrypt and scrypt as PHC or crypt strings, and what Django writes (argon2,
 * bcrypt, scrypt, PBKDF2). Returns null for everything else and for a cost above the maximum: no password matches it.
 */
export function parseStoredHash(stored: string): StoredHash | null {
  // Django writes its own name of the algorithm before the crypt or PHC string.
  if (stored.startsWith("argon2$")) return readArgon2(stored.slice("argon2".length));
  if (stored.startsWith("bcrypt$")) return readBcrypt(stored.slice("bcrypt$".length));
  if (stored.startsWith("bcrypt_sha256$")) return readBcryptOfSha256(stored.slice("bcrypt_sha256$".length));
  return readArgon2(stored) ?? readBcrypt(stored) ?? readScrypt(stored) ?? readDjango(stored);
}

function readArgon2(phc: string): StoredHash | null {
  const [, variant = "", ...numbers] = ARGON2.exec(phc) ?? [];
  const [memoryKiB = 0, passes = 0, lanes = 0] = numbers.map(Number);
  const isAffordable = memoryKiB * 1024 <= MAX_MEMORY && memoryKiB * 1024 * passes <= MAX_WRITTEN;
  // Eight blocks for each lane are the least (RFC 9106 §3.1).
  if (!variant || !isAffordable || passes < 1 || lanes < 1 || memoryKiB < 8 * lanes) return null;

  const matches = (password: string) => verifyArgon2(phc, password).catch(() => false);
  return { matches, argon2: { variant, memoryKiB, passes }, countsBytes: Number.POSITIVE_INFINITY };
}

function readBcrypt(crypt: string): StoredHash | null {
  const cost = Number(BCRYPT.exec(crypt)?.[1] ?? 0);
  if (cost < BCRYPT_COSTS.least || cost > BCRYPT_COSTS.most) return null;

  // bcrypt repeats its key with a NUL between, so that "abc\0abc" is the same to it as "abc".
  const matches = async (password: string) => {
    if (password.includes("\0")) return false;
    // Loaded with the first such hash, so that a start without any is faster.
    const { verify } = await import("@node-rs/bcrypt");
    return verify(password, crypt).catch(() => false);
  };
  return { matches, argon2: null, countsBytes: 72 };
}

function readBcryptOfSha256(crypt: string): StoredHash | null {
  const bcrypt = readBcrypt(crypt);
  if (!bcrypt) return null;
  const matches = (password: string) => bcrypt.matches(createHash("sha256").update(password).digest("hex"));
  return { matches, argon2: null, countsBytes: Number.POSITIVE_INFINITY };
}

function readScrypt(phc: string): StoredHash | null {
  const [, log = "", blocks, lanes, salt = "", digest = ""] = SCRYPT.exec(phc) ?? [];
  if (!log || Number(log) > 31) return null;
  const cost = { N: 2 ** Number(log), r: Number(blocks), p: Number(lanes) };
  return scryptHash(cost, Buffer.from(salt, "base64"), digest);
}

function readDjango(stored: string): StoredHash | null {
  const [, work, seasoning = "", blocks, lanes, scrypted] = DJANGO_SCRYPT.exec(stored) ?? [];
  if (scrypted) return scryptHash({ N: Number(work), r: Number(blocks), p: Number(lanes) }, seasoning, scrypted);

  const [, algorithm = "", rounds, salt = "", digest] = DJANGO_PBKDF2.exec(stored) ?? [];
  const expected = Buffer.from(digest ?? "", "base64");
  const outputBlocks = Math.ceil(expected.length / (PBKDF2_BLOCK_BYTES[algorithm] ?? 1));
  if (!digest || Number(rounds) < 1 || Number(rounds) * outputBlocks > MAX_PBKDF2_WORK) return null;
  const derive = (password: string) => pbkdf2Of(password, salt, Number(rounds), expected.length, algorithm);
  return derived(derive, expected);
}

function scryptHash(
  cost: { N: number; r: number; p: number },
  salt: string | Buffer,
  digest: string,
): StoredHash | null {
  const { N, r, p } = cost;
  const memory = 128 * N * r;
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (!isPowerOfTwo || r < 1 || p < 1 || memory > MAX_MEMORY || memory * p > MAX_WRITTEN) return null;

  const expected = Buffer.from(digest, "base64");
  // Node needs slightly more than the formula says.
  const options = { ...cost, maxmem: 2 * memory + 1024 * 1024 };
  return derived((password) => scryptOf(password, salt, expected.length, options), expected);
}

function derived(derive: (password: string) => Promise<Buffer>, expected: Buffer): StoredHash {
  const matches = (password: string) =>
    derive(password).then(
      (found) => timingSafeEqual(found, expected),
      () => false,
    );
  return { matches, argon2: null, countsBytes: Number.POSITIVE_INFINITY };
}

const pbkdf2Of = promisify(pbkdf2);
const scryptOf = promisify(scrypt) as (
  password: string,
  salt: string | Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>;
