import { createPrivateKey, type KeyObject } from "node:crypto";
import { buffer } from "node:stream/consumers";

/** The key that signs emails (RFC 6376). Its public key is in the DNS at `selector._domainkey.domain`. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** RSA, in PEM, usually with 2048 bits. */
  privateKey: string;
}

/** Signs an email (RFC 6376), so that its receiver can verify its content and domain. */
export async function signMessage(source: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const { default: DKIM } = await import("nodemailer/lib/dkim");
  return buffer(new DKIM({ domainName: domain, keySelector: selector, privateKey }).sign(source));
}

/** Why a text is not a usable signing key, or null if it is. */
export function dkimKeyProblem(pem: string): string | null {
  const key = readKey(pem);
  if (!key) return "isn't a PEM private key (-----BEGIN PRIVATE KEY-----), or has a passphrase.";
  if (key.asymmetricKeyType !== "rsa") return "must be an RSA key: not every mail server accepts other types.";
  // RFC 8301 §3.2: receivers must not accept keys below 1024 bits.
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < 1_024 ? `is only ${bits} bits. Use a 2048-bit key.` : null;
}

/** Replaces the text \n by line ends, for environments that cannot hold a value of several lines. */
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
