import { createHash, randomBytes } from "node:crypto";

/** A new UUIDv7 (RFC 9562 §5.7) as text: names a row, sorts by time, and is never a secret. `now` in epoch milliseconds. */
export function newId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return asUuid(bytes);
}

/**
 * The one id (UUIDv8, RFC 9562 §5.8) for these parts in this order: whoever makes the row a second time finds it there.
 * It does not sort by time, and is never a secret.
 */
export function idFrom(...parts: string[]): string {
  const bytes = createHash("sha256").update(parts.join("\n")).digest().subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return asUuid(bytes);
}

function asUuid(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
