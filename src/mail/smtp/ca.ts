import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import tls from "node:tls";

/** What is wrong with a file of CA certificates, or null. */
export function caFileProblem(path: string): string | null {
  try {
    new X509Certificate(readFileSync(path));
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall) return `is "${path}", which can't be read.`;
    return `is "${path}", which isn't a PEM certificate (-----BEGIN CERTIFICATE-----).`;
  }
}

/** The certificates of a file besides the ones that Node trusts, for the TLS option `ca`. */
export function trustedCas(path: string): string[] {
  // `getCACertificates` came with Node 22.15; it includes NODE_EXTRA_CA_CERTS.
  const defaults = tls.getCACertificates?.("default") ?? tls.rootCertificates;
  return [...defaults, readFileSync(path, "utf8")];
}
