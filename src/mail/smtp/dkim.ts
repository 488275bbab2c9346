import { createPrivateKey, type KeyObject } from "node:crypto";
import { buffer } from "node:stream/consumers";

/** With what mails are signed (RFC 6376). The public key stands in the DNS at `selector._domainkey.domain`. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** In PEM; RSA, with 2048 bits as a rule. */
  privateKey: string;
}

/** Signs an email (RFC 6376), so that its receiver can verify its content and domain. */
export async function signMessage(source: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const { default: DKIM } = await import("nodemailer/lib/dkim");
  return buffer(new DKIM({ domainName: domain, keySelector: selector, privateKey }).sign(source));
}

/** Why a text cannot be the key that mails are signed with, or null where it can. */
export function dkimKeyProblem(pem: string): string | null {
  const key = readKey(pem);
  if (!key) return "is no private key in PEM, as it begins with -----BEGIN PRIVATE KEY-----, or has a passphrase.";
  if (key.asymmetricKeyType !== "rsa") return "must be an RSA key, which every mail server knows.";
  // RFC 8301 §3.2: receivers take nothing below 1024 bits for a signature.
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < 1_024 ? `has ${bits} bits. Make one with 2048.` : null;
}

/** The key with real line ends, for an environment that holds only lines: there they are written as \n. */
export function unfoldPem(pem: string): string {
  return pem.includes("\n") ? pem : pem.replaceAll("\\n", "\n");
}

function readKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
