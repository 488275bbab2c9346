import type { Account, Accounts } from "../../accounts/accounts-table.ts";
import { recordEvent } from "../../audit/store.ts";
import type { Client, Core, SessionRefused, TooManyAttempts } from "../../core/context.ts";
import { lockAccount } from "../../core/lock-account.ts";
import { linkLifetime } from "../../core/purposes.ts";
import { browserWords } from "../../i18n/browser.ts";
import { displayEmail, maskEmail, normaliseEmail } from "../../lib/email-address.ts";
import { digest } from "../../lib/secrets.ts";
import { type DeadLink, deadLinkResult, linkState } from "../../links/preview.ts";
import { clientLimitNames, countRequest } from "../../links/request.ts";
import { useRequests } from "../../links/requests-store.ts";
import { revokeAccess, revokeSignUps } from "../../links/revoke-all.ts";
import { consumeToken, mintToken, withdrawToken } from "../../links/tokens.ts";
import { enqueue, type OutboxEmail } from "../../mail/outbox.ts";
import type { PreparedEmail } from "../../mail/views.ts";
import { countLimit } from "../../rate-limits/store.ts";
import { type CurrentSession, currentSession } from "../../sessions/list.ts";
import { askSessionHook, methodAfter, startSession } from "../../sessions/start.ts";
import { findSession } from "../../sessions/store.ts";
import { clearAttempts, countAttempt, signInLimit, verifyPassword } from "../../sign-in-attempts/attempts.ts";
import { clearFailures } from "../../sign-in-attempts/store.ts";
import { queueEmailChanged } from "./notice.ts";

/** The result of requesting another address. `queued` says nothing about whether that address has an account. */
export type EmailChangeRequestResult =
  | { kind: "queued"; email: string }
  | { kind: "invalid-email" }
  | { kind: "malformed" }
  | { kind: "same-address" }
  | { kind: "wrong-current-password" }
  | TooManyAttempts;

/** What the link shows before it is used. `from` is the current address, `email` the new one. */
export type EmailChangePreview =
  | { kind: "live"; from: string; email: string; needsPassword: boolean }
  | { kind: "dead"; link: DeadLink };

/** The result of confirming the change. `session` is null if the browser was not signed in to the account. */
export type EmailChangeResult =
  | { kind: "done"; email: string; session: string | null; lasting: boolean }
  | { kind: "wrong-password"; from: string; email: string }
  | { kind: "dead"; link: DeadLink }
  | SessionRefused
  | TooManyAttempts;

/** The `setEmail` of the accounts table. Throws if the table has none; the routes are absent then. */
export function setEmailOf({ accounts }: Core): NonNullable<Accounts["setEmail"]> {
  const { setEmail } = accounts;
  if (!setEmail) throw new Error("the accounts adapter has no setEmail, so email addresses can't be changed");
  return setEmail.bind(accounts);
}

/**
 * Requests another address for the signed-in account. The current password is required, also right after a reset: an
 * unattended browser must not be enough. The new address is not looked up, and nothing changes before the link in the email
 * to it is used. Throws HashingBusy.
 */
export async function request(
  core: Core,
  { account }: CurrentSession,
  { email: typed, current }: { email: string; current: string },
  client: Client,
): Promise<EmailChangeRequestResult> {
  setEmailOf(core);
  const settled = normaliseEmail(typed);
  if (settled.kind !== "address") return settled;
  const { email } = settled;
  if (email === account.email) return { kind: "same-address" };

  // Kept when the password is right: it also limits how many mailboxes one account can send emails to.
  const attempt = await countAttempt(core, account.email, client);
  if (attempt.kind === "too-many") return attempt;
  const stored = account.passwordHash;
  const matches = await verifyPassword(core, account.email, stored, current);
  if (!matches || stored === null) return { kind: "wrong-current-password" };

  const limit = core.keys.limit("address-change", email);
  const counting = [limit.name, signInLimit(core, account.email).name, ...clientLimitNames(core, client)];
  const asked = await core.database.batchTransaction(async (tx): Promise<EmailChangeRequestResult> => {
    const now = core.clock();
    await clearFailures(tx, core.keys.failures(account.email));
    const over = await countRequest(core, tx, { client, now });
    if (over) return over;
    const { locale, browser, timeZone } = client;
    const { within } = await countLimit(tx, limit, core.settings.mailsPerAddress, now);
    const accountId = account.id;
    const data = { browser, timeZone, from: account.email, state: stateOf(stored) };
    const mail = {
      kind: "email-change",
      email,
      accountId,
      locale,
      data,
      tryForMs: linkLifetime(core, "email-change"),
      closed: !within,
    };
    await enqueue(tx, mail, now);
    const kind = within ? "email-requested" : "rate-limited";
    await recordEvent(tx, { kind, account: { id: accountId, email }, now }, client);
    return { kind: "queued", email };
  }, counting);
  if (asked.kind === "queued") core.notifyWorker();
  return asked;
}

/** Prepares the email when it is sent: a link to a free address, or a hint to the owner of an address that has an account. */
export async function prepareMail(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const { query } = core.database;
  const { email, createdAt: requestedAt } = mail;
  const browser = browserWords(String(mail.data.browser));
  const requester = mail.accountId === null ? null : await core.accounts.findById(query, mail.accountId);
  if (!requester || requester.disabled || !isUnchanged(requester, mail)) {
    return { kind: "nothing", why: "the account has changed since the request, or was deleted" };
  }
  const owner = await core.accounts.findByEmail(query, email);
  if (owner?.disabled) return { kind: "nothing", why: "the account with the new address is disabled" };
  if (owner) {
    const view = { kind: "email-in-use", browser, requestedAt } as const;
    return { kind: "mail", to: owner.email, view, withdraw: async () => {} };
  }

  const token = await mintLink(core, requester, mail);
  if (!token)
    return { kind: "nothing", why: "the account has just changed, or the maximum number of active links is reached" };
  const from = displayEmail(maskEmail(requester.email));
  const view = {
    kind: "email-change",
    token,
    lifetimeMs: linkLifetime(core, "email-change"),
    from,
    browser,
    requestedAt,
  } as const;
  return { kind: "mail", to: email, view, withdraw: () => withdrawToken(query, "email-change", token) };
}

/** Looks at a link and changes nothing. A browser that is not signed in to the account needs the password. */
export async function preview(core: Core, token: string, client: Client): Promise<EmailChangePreview> {
  const opened = await open(core, token);
  if (opened.kind === "dead") return opened;
  const { account, email } = opened;
  const person = await currentSession(core, client.session);
  return { kind: "live", from: account.email, email, needsPassword: person?.account.id !== account.id };
}

/**
 * Changes the address. The link proves only access to the mailbox, which a stranger has if the address was mistyped. So the
 * account's session or its password is required too.
 *
 * One transaction locks the account, consumes the link, sets the address, ends every other link, code and session, and
 * queues a notice to both addresses. Only a browser that was signed in to the account gets a new session. Throws HashingBusy.
 */
export async function complete(
  core: Core,
  { token, password }: { token: string; password: string },
  client: Client,
): Promise<EmailChangeResult> {
  const setEmail = setEmailOf(core);
  const opened = await open(core, token);
  if (opened.kind === "dead") return opened;
  const { account, email } = opened;
  const { id: accountId, email: from } = account;

  const person = await currentSession(core, client.session);
  const method = person?.account.id === accountId ? methodAfter(person.session.method, "email-change") : null;
  const refusal = method === null ? await refusalByPassword(core, account, password, client) : null;
  if (refusal) return refusal === "wrong-password" ? { kind: refusal, from, email } : refusal;
  const refusedByHook = method === null ? null : await askSessionHook(core, account, method, client);
  if (refusedByHook) return refusedByHook;

  let taken = false;
  const done = await core.database.transaction(async (tx) => {
    const now = core.clock();
    // The account is locked before anything else, and only if it still has the password that was verified.
    if (!(await lockAccount(core, tx, account))) return null;
    if (method !== null && !(await findSession(tx, client.session ?? "", now))) return null;
    if (!(await consumeToken(tx, "email-change", token, now))) return null;
    if (!(await setEmail(tx, accountId, email, from))) {
      taken = true;
      return null;
    }
    await revokeAccess(core, tx, accountId, "email-changed", now);
    await revokeSignUps(tx, [email], now);
    await useRequests(tx, { brought: client.request, request: null, email: from }, now);
    // Failed attempts at the new address from before the change must not lock its owner out.
    await clearAttempts(core, tx, email);
    await queueEmailChanged(core, tx, { accountId, from, to: email, now }, client);
    await recordEvent(tx, { kind: "email-changed", account: { id: accountId, email }, now }, client);
    const moved = { ...account, email };
    if (method === null) return { session: null, lasting: false };
    return startSession(tx, { account: moved, method, now }, client);
  });
  if (done) {
    core.notifyWorker();
    return { kind: "done", email, ...done };
  }
  if (taken) return { kind: "dead", link: { kind: "taken" } };
  return deadLinkResult(core, "email-change", token);
}

async function open(
  core: Core,
  token: string,
): Promise<{ kind: "live"; account: Account; email: string } | { kind: "dead"; link: DeadLink }> {
  const { query } = core.database;
  const state = await linkState(core, "email-change", token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const { accountId, email } = state.token;
  const account = accountId === null ? null : await core.accounts.findById(query, accountId);
  if (!account) return { kind: "dead", link: { kind: "unknown" } };
  if (await core.accounts.findByEmail(query, email)) return { kind: "dead", link: { kind: "taken" } };
  return { kind: "live", account, email };
}

async function refusalByPassword(
  core: Core,
  account: Account,
  password: string,
  client: Client,
): Promise<TooManyAttempts | "wrong-password" | null> {
  const attempt = await countAttempt(core, account.email, client);
  if (attempt.kind === "too-many") return attempt;
  const matches = await verifyPassword(core, account.email, account.passwordHash, password);
  if (!matches || account.passwordHash === null) return "wrong-password";
  await clearFailures(core.database.query, core.keys.failures(account.email));
  return null;
}

/** Null: the account has changed since the request, or the maximum of live links is reached. */
async function mintLink(core: Core, requester: Account, mail: OutboxEmail): Promise<string | null> {
  const { email, attempts: attempt } = mail;
  return core.database.transaction(async (tx) => {
    // Locked first: a concurrent reset or change then either ends this link or is seen here.
    if (!(await lockAccount(core, tx, requester))) return null;
    const account = await core.accounts.findById(tx, requester.id);
    if (!account || !isUnchanged(account, mail)) return null;
    const link = {
      purpose: "email-change",
      accountId: requester.id,
      email,
      lifetimeMs: linkLifetime(core, "email-change"),
      attempt,
    } as const;
    return (await mintToken(tx, link, core.clock()))?.token ?? null;
  });
}

/**
 * Whether the account still has the address and the password of the time of the request. An attacker may request a change
 * whose email is delayed until after the owner's reset: it must not contain a link then.
 */
function isUnchanged({ email, passwordHash }: Account, { data }: OutboxEmail): boolean {
  return email === data.from && passwordHash !== null && stateOf(passwordHash) === data.state;
}

/** Identifies a password hash without revealing it: hashes are salted, so the digest cannot be matched to a password. */
function stateOf(passwordHash: string): string {
  return digest("password-state", passwordHash);
}
