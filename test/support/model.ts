import { DAY, HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";

export type Purpose = "password-reset" | "sign-in-link" | "sign-up";

/** What each link lives, in milliseconds, under the default settings. */
export const LIFETIME = {
  "password-reset": HOUR,
  "sign-in-link": 10 * MINUTE,
  "sign-up": DAY,
  "security-alert": 7 * DAY,
};

/** What the project promises, in its plainest form: who may do what, as a reader of the blueprint would write it down. */
export interface Model {
  accounts: Map<string, { password: string | null }>;
  requests: WaitingRequest[];
  links: Link[];
  codes: Code[];
  sessions: Session[];
  outbox: QueuedEmail[];
  /** Consecutive wrong passwords for an address, with and without an account, and the time of the last. */
  failures: Map<string, { times: number; lastAt: number }>;
  now: number;
}

export interface WaitingRequest {
  purpose: Purpose;
  email: string;
  tries: number;
  requestedAt: number;
  endsAt: number;
  isUsed: boolean;
}

export interface Link {
  purpose: Purpose | "security-alert";
  email: string;
  token: string;
  request: WaitingRequest | null;
  endsAt: number;
  isEnded: boolean;
}

export interface Code {
  digits: string;
  purpose: Purpose;
  email: string;
  request: WaitingRequest;
  endsAt: number;
  isEnded: boolean;
}

export interface Session {
  email: string;
  token: string;
  endsAt: number;
  isEnded: boolean;
}

export interface QueuedEmail {
  kind: Purpose | "password-changed" | "signed-in-by-link";
  email: string;
  request: WaitingRequest | null;
  giveUpAt: number;
}

export function newModel(now: number): Model {
  const failures = new Map();
  return { accounts: new Map(), requests: [], links: [], codes: [], sessions: [], outbox: [], failures, now };
}

export function isLive(model: Model, thing: { endsAt: number; isEnded: boolean } | undefined): boolean {
  return thing !== undefined && !thing.isEnded && thing.endsAt > model.now;
}

/** Whether the request takes another code. */
export function isWaiting(model: Model, request: WaitingRequest | null): request is WaitingRequest {
  return request !== null && isKnown(model, request) && !request.isUsed && request.tries < 5;
}

/** Whether the request's cookie is still known. */
export function isKnown(model: Model, request: WaitingRequest | null): request is WaitingRequest {
  return request !== null && request.endsAt > model.now;
}

/** How long a request is kept: its email may be delayed by an outage of an hour, and then its link lives its lifetime. */
export function requestLifetime(purpose: Purpose): number {
  return Math.min(DAY, deliveryWindow(purpose) + LIFETIME[purpose]);
}

/** How long the delivery of an email with a link is tried. */
export function deliveryWindow(purpose: Purpose): number {
  return LIFETIME[purpose] + HOUR;
}

/** Whether a password may be tried for the address: after five consecutive failures only after a delay. */
export function mayAttemptPassword(model: Model, email: string): boolean {
  const { times, lastAt } = model.failures.get(email) ?? { times: 0, lastAt: 0 };
  const wait = times < 5 ? 0 : Math.min(SECOND * 2 ** (times - 5), 15 * MINUTE);
  return lastAt + wait <= model.now;
}

export function recordFailure(model: Model, email: string): void {
  model.failures.set(email, { times: (model.failures.get(email)?.times ?? 0) + 1, lastAt: model.now });
}

/** The password was right, or there is a new one. */
export function clearFailures(model: Model, email: string): void {
  model.failures.delete(email);
}

/** The request that a browser waits for after requesting: the same one if it repeats the request. */
export function recordRequest(
  model: Model,
  had: WaitingRequest | null,
  purpose: Purpose,
  email: string,
): WaitingRequest {
  const isSame = isWaiting(model, had) && had.purpose === purpose && had.email === email;
  const fresh = { purpose, email, tries: 0, requestedAt: 0, endsAt: 0, isUsed: false };
  const request = isSame ? had : fresh;
  if (!isSame) model.requests.push(request);
  queueRequestEmail(model, request);
  return request;
}

/** Queues another email of a request and restarts the lifetime of the request. */
export function queueRequestEmail(model: Model, request: WaitingRequest): void {
  const { purpose, email } = request;
  request.requestedAt = model.now;
  request.endsAt = model.now + requestLifetime(purpose);
  model.outbox.push({ kind: purpose, email, request, giveUpAt: model.now + deliveryWindow(purpose) });
}

export function notify(model: Model, kind: "password-changed" | "signed-in-by-link", email: string): void {
  model.outbox.push({ kind, email, request: null, giveUpAt: model.now + 2 * DAY });
}

/** How a queued email leaves: with a link, without one, or not at all. */
export function deliveryOutcome(
  model: Model,
  { kind, email, request, giveUpAt }: QueuedEmail,
): "link" | "no link" | "nothing" {
  if (giveUpAt <= model.now) return "nothing";
  if (kind === "password-changed" || kind === "signed-in-by-link") return "link";
  const hasAccount = model.accounts.has(email);
  if (kind === "sign-up" && hasAccount) return "no link";
  if (kind !== "sign-up" && !hasAccount) return "nothing";
  const live = model.links.filter((link) => link.purpose === kind && link.email === email && isLive(model, link));
  return request !== null && live.length >= 5 ? "nothing" : "link";
}

/** Ends what was mailed to the address: all of it, or what is of one purpose. */
export function endLinks(model: Model, email: string, purpose?: Purpose): void {
  endThese(email, [...model.links, ...model.codes], purpose);
}

/** Revokes everything emailed to the address except security alerts, which must survive a password change by an attacker. */
export function endAllExceptAlerts(model: Model, email: string): void {
  endThese(email, [...model.links.filter((link) => link.purpose !== "security-alert"), ...model.codes]);
}

function endThese(email: string, all: Array<Model["links"][number] | Model["codes"][number]>, purpose?: Purpose): void {
  for (const one of all) {
    const isOfAccount = one.purpose !== "sign-up" || purpose === "sign-up";
    if (one.email === email && isOfAccount && (!purpose || one.purpose === purpose)) one.isEnded = true;
  }
}

export function endSessions(model: Model, email: string): void {
  for (const session of model.sessions) if (session.email === email) session.isEnded = true;
}
