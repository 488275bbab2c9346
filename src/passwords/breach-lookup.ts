import { createHash } from "node:crypto";
import { SECOND } from "../lib/clock.ts";

/** Whether a password is in a collection of leaks. Resolves to false if the lookup failed. */
export type BreachLookup = (password: string) => Promise<boolean>;

/** The part of a logger that the lookup uses. */
interface Log {
  error(fields: object, message: string): void;
}

/** Lookup timeout. When it expires the password is accepted. */
const TIMEOUT = SECOND;
/** Maximum size of an answer in bytes. A padded answer has about 40 kB. */
const MAX_BYTES = 1024 * 1024;

/** The lookup if none is configured: every password counts as not breached. */
export async function noBreachLookup(): Promise<boolean> {
  return false;
}

/**
 * Queries a k-anonymity service with Have I Been Pwned's range API. Only the first five characters of the password's SHA-1
 * are sent, which hundreds of passwords share. Padding hides the length of the answer. Every failure returns false: an outage
 * of the service must not keep users out of their accounts.
 */
export function breachLookup(url: string, log: Log): BreachLookup {
  return async (password) => {
    const digest = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
    const answer = await ask(`${url.replace(/\/$/, "")}/${digest.slice(0, 5)}`).catch((err: unknown) => {
      log.error(
        { err: { name: (err as Error).name, message: (err as Error).message } },
        "breached-password lookup failed, password accepted",
      );
      return "";
    });
    // Padding lines have a count of 0.
    return answer.split(/\r?\n/).some((line) => {
      const [rest = "", count = ""] = line.split(":");
      return rest.toUpperCase() === digest.slice(5) && Number(count) > 0;
    });
  };
}

async function ask(url: string): Promise<string> {
  const headers = { "add-padding": "true", "user-agent": "Latchkey" };
  const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT) });
  if (response.status !== 200) throw new Error(`response status ${response.status}`);

  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`response longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("latin1");
}
