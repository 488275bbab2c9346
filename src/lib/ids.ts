import { createHash, randomUUID } from "node:crypto";

/** A new UUIDv7 (RFC 9562 §5.7) as text: names a row, sorts by time, and is never a secret. `now` in epoch milliseconds. */
export function newId(now: number): string {
  const time = now.toString(16).padStart(12, "0");
  // The variant and the random bits are those of a UUIDv4, which Node makes from buffered random bytes.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/**
 * The one id (UUIDv8, RFC 9562 §5.8) for these parts in this order: a second insert of the same row finds the first.
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
