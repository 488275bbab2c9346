import { timingSafeEqual } from "node:crypto";
import { HOUR } from "../lib/clock.ts";
import { type AnswerOptions, redirectTo } from "./answers.ts";
import type { RequestContext } from "./route.ts";

/** For how long the page that confirms an action can be opened again. */
const SHOWN_FOR = HOUR;

/**
 * Redirects to `PATH/done`, the page that confirms what a form did, so that Back and Reload repeat nothing. The query proves
 * the outcome, so that a link from a stranger cannot claim one, and works where cookies are blocked. It identifies no account.
 */
export function redirectToDone(c: RequestContext, path: string, outcome: string, options?: AnswerOptions): Response {
  return redirectTo(c, `${path}/done?${provenQuery(c, path, outcome)}`, options);
}

/** The query that tells a page what the form at `path` did, with the proof of it. The outcome contains no dot. */
export function provenQuery(c: RequestContext, path: string, outcome: string): string {
  const { clock, keys } = c.http.core;
  const stated = `${outcome}.${clock()}`;
  const [proof] = keys.outcome(`${path} ${stated}`);
  return `of=${encodeURIComponent(`${stated}.${proof}`)}`;
}

/** The outcome of the form at `path`, or null without a proof that is younger than an hour. */
export function provenOutcome(c: RequestContext, path: string): string | null {
  const { clock, keys } = c.http.core;
  const [outcome = "", at = "", proof = ""] = c.query("of")?.split(".") ?? [];
  const isProven = keys.outcome(`${path} ${outcome}.${at}`).some((one) => isSame(one, proof));
  return isProven && clock() - Number(at) < SHOWN_FOR ? outcome : null;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
