import { PURPOSES, type Purpose, type RequestPurpose } from "../core/purposes.ts";
import { redirectSignedIn, redirectTo, sessionRefused, showPage, tooMany } from "../http/answers.ts";
import type { HttpContext } from "../http/context.ts";
import { requestCookie, sessionCookie } from "../http/cookies.ts";
import { checkedNext } from "../http/next.ts";
import { linkPath, pathWithNext } from "../http/page-context.ts";
import type { HttpPages } from "../http/problem-page.ts";
import type { RequestContext } from "../http/route.ts";
import { MINUTE } from "../lib/clock.ts";
import { currentSession } from "../sessions/list.ts";
import type { linkPages } from "./dead-link-page.ts";
import type { CompletionResult, DeadLink } from "./preview.ts";
import type { RequestResult } from "./request.ts";
import type { Origin } from "./requests-store.ts";
import { ownRequests } from "./waiting.ts";

/** For how long after its use a link that is submitted again counts as submitted twice. */
const JUST_USED = MINUTE;

/** The pages that answers to links can show. */
export type LinkPages = HttpPages & typeof linkPages;

/** Answers a form that requests an email: the same for every well-formed address. */
export function respondToRequest(
  c: RequestContext,
  asked: Exclude<RequestResult, { kind: "invalid-email" }>,
  next: string | null,
): Promise<Response> | Response {
  switch (asked.kind) {
    case "queued":
      return redirectTo(c, "/check-email", { cookie: requestCookie(c.http, asked.request) });
    case "malformed":
      return showPage(c, "problem", { status: 400, id: null }, { status: 400 });
    case "too-many":
      return tooMany(c, asked, "asking", next);
  }
}

/** Answers a form with a new password that was accepted, or whose link was refused. */
export async function respondToCompletion(
  c: RequestContext<LinkPages>,
  completed: Exclude<CompletionResult, { kind: "refused-password" }>,
  purpose: "password-reset" | "sign-up",
): Promise<Response> {
  switch (completed.kind) {
    case "done":
      return redirectSignedIn(c, {
        to: pathAfterUse(c.http, purpose, completed.origin),
        by: purpose,
        cookie: sessionCookie(c.http, completed),
      });
    case "session-refused":
    case "go-to":
      return sessionRefused(c, completed, { behindLink: true });
    case "too-many":
      return tooMany(c, completed, "asking");
    case "dead":
      return respondToDeadSubmission(c, purpose, completed.link);
  }
}

/**
 * Answers the submission of a dead link. Right after its use the form was most likely submitted twice. The response never
 * sets a cookie: exactly one submission of a link starts a session.
 */
export async function respondToDeadSubmission(
  c: RequestContext<LinkPages>,
  purpose: RequestPurpose,
  link: DeadLink,
): Promise<Response> {
  const { core } = c.http;
  const isJustUsed = link.kind === "ended" && link.reason === "used" && core.clock() - link.at < JUST_USED;
  if (!isJustUsed) return showDeadLink(c, purpose, link);
  return showPage(c, "justUsed", { purpose, ...(await knownHere(c, purpose, link)) }, { status: 410 });
}

/** Says why a link is dead. 410: it is not coming back (RFC 9110 §15.5.11). */
export async function showDeadLink(c: RequestContext<LinkPages>, purpose: Purpose, link: DeadLink): Promise<Response> {
  const isUsed = link.kind === "ended" && link.reason === "used";
  const address = isUsed ? { address: linkPath(c.http, purpose, "") } : {};
  return showPage(
    c,
    "deadLink",
    { purpose, link, ...(await knownHere(c, purpose, link)) },
    { status: 410, ...address },
  );
}

/**
 * What this browser may see: whether it is signed in, and only if it requested such an email itself the address and where it
 * was going.
 */
async function knownHere(
  c: RequestContext,
  purpose: Purpose,
  link: DeadLink,
): Promise<{ signedIn: boolean; email: string | null; next: string | null }> {
  const signedIn = (await currentSession(c.http.core, c.client.session)) !== null;
  const ofPurpose = (await ownRequests(c.http.core, c.client)).filter((request) => request.purpose === purpose);
  const asked = ofPurpose.find(({ digest }) => "request" in link && link.request === digest) ?? ofPurpose[0];
  return { signedIn, email: asked?.email ?? null, next: checkedNext(c.http, asked?.next) };
}

/**
 * Where a browser goes after it used a link or code. In the browser of the request to its `next`. In any other browser a
 * stranger may have chosen that path, so it goes to the account page, which offers it as a link.
 */
export function pathAfterUse(http: HttpContext, purpose: RequestPurpose, { isOwn, next }: Origin): string {
  const checked = checkedNext(http, next);
  return isOwn && checked !== null ? checked : pathWithNext(http, PURPOSES[purpose].pathAfterUse, checked);
}

/** The address of another account that is signed in in this browser, and whose session using the link would end; or null. */
export async function otherAccount(c: RequestContext, email: string): Promise<{ signedInAs: string | null }> {
  const person = await currentSession(c.http.core, c.client.session);
  return { signedInAs: person && person.account.email !== email ? person.account.email : null };
}
