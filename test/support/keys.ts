import { type CounterKey, createKeys, parseSecretKey } from "../../src/lib/keys.ts";

/** The secret key of every app that a test opens. */
export const SECRET_KEY = "test-key-0123456789-abcdefghijklmnopqrstuvwxyz";

/** The digests that such an app stores. */
export const KEYS = createKeys([parseSecretKey(SECRET_KEY) as Buffer]);

/** A limit by its plain name. */
export function limit(name: string): CounterKey {
  return KEYS.limit(name);
}
