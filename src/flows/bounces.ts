import { type Bounce, find, forget, list } from "../store/bounces.ts";
import type { Core } from "./core.ts";

export type { Bounce } from "../store/bounces.ts";

/**
 * The addresses that a mail server refused for good in the last 30 days, the newest first. They are shown and not obeyed:
 * the next mail that somebody asks for is tried all the same, for mailboxes are set right, and one that is accepted
 * takes its address off the list.
 */
export function listBounces(core: Core, atMost = 100): Promise<Bounce[]> {
  return list(core.database.query, atMost, core.clock());
}

/** What is known of one address, or null. */
export function findBounce(core: Core, email: string): Promise<Bounce | null> {
  return find(core.database.query, email, core.clock());
}

/** Takes an address off the list. */
export function forgetBounce(core: Core, email: string): Promise<void> {
  return forget(core.database.query, email);
}
