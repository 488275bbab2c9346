import { createHash } from "node:crypto";
import { SECOND } from "../lib/clock.ts";

/** Tells whether a password stands in a collection of leaks. False if the look-up failed. */
export type BreachLookup = (password: string) => Promise<boolean>;

/** The part of a logger that is needed here. */
interface Log {
  error(fields: object, message: string): void;
}

/** So long an answer may take. A person waits for it, and the password is taken without it. */
const PATIENCE = SECOND;
/** The largest answer read, in bytes: a padded one has about 40 kB. */
const LARGEST = 1024 * 1024;

/** For when nothing is set: no password is in any leak. */
export async function noBreachLookup(): Promise<boolean> {
  return false;
}

/**
 * Asks a service that speaks as Have I Been Pwned's range API does. Only the first five characters of the password's SHA-1
 * leave the house, which hundreds of passwords share, and the answers are padded, so that their length tells nothing
 * either. Every failure returns false: an outage of the service must not keep users from their accounts.
 */
export function breachLookup(url: string, log: Log): BreachLookup {
  return async (password) => {
    const digest = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
    const answer = await ask(`${url.replace(/\/$/, "")}/${digest.slice(0, 5)}`).catch((err: unknown) => {
      log.error(
        { err: { name: (err as Error).name, message: (err as Error).message } },
        "leaks could not be looked up",
      );
      return "";
    });
    // Padding has a count of 0.
    return answer.split(/\r?\n/).some((line) => {
      const [rest = "", count = ""] = line.split(":");
      return rest.toUpperCase() === digest.slice(5) && Number(count) > 0;
    });
  };
}

async function ask(url: string): Promise<string> {
  const headers = { "add-padding": "true", "user-agent": "Latchkey" };
  const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  if (response.status !== 200) throw new Error(`It answered ${response.status}.`);

  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST) throw new Error("Its answer was too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("latin1");
}
