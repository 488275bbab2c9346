import { savePreferences } from "../../accounts/preferences-store.ts";
import { recordEvent } from "../../audit/store.ts";
import type { Client, Core } from "../../core/context.ts";
import { newPasswordProblem } from "../../core/new-password.ts";
import { clearCodeAttempts } from "../../links/code-attempts.ts";
import { queueNotice } from "../../links/notice.ts";
import {
  type CompletionResult,
  countLinkHash,
  deadLinkResult,
  linkState,
  type PreviewResult,
  previewLink,
} from "../../links/preview.ts";
import { type RequestInput, type RequestResult, requestEmail } from "../../links/request.ts";
import { originOf, useRequests } from "../../links/requests-store.ts";
import { revokeAccess } from "../../links/revoke-all.ts";
import { consumeToken } from "../../links/tokens.ts";
import { askSessionHook, startSession } from "../../sessions/start.ts";
import { clearAttempts } from "../../sign-in-attempts/attempts.ts";

const PURPOSE = "password-reset";

/** Requests a reset link. The answer says nothing about whether the address has an account. */
export function request(core: Core, input: RequestInput, client: Client): Promise<RequestResult> {
  return requestEmail(core, { ...input, purpose: PURPOSE }, client);
}

/** Looks at a link and changes nothing. */
export function preview(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, PURPOSE, token);
}

/**
 * Sets the new password and signs the owner in. One transaction consumes the link, sets the password, revokes every session,
 * link and code, starts a session and queues the notice. A dead link costs no hash, and a refused password does not consume
 * the link. Throws HashingBusy.
 */
export async function complete(
  core: Core,
  { token, password }: { token: string; password: string },
  client: Client,
): Promise<CompletionResult> {
  const state = await linkState(core, PURPOSE, token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const { accountId, email, request } = state.token;

  const problem = await newPasswordProblem(core, { password, email });
  if (problem) return { kind: "refused-password", problem, email };
  const refusal = await askSessionHook(core, { id: accountId, email }, PURPOSE, client);
  if (refusal) return refusal;
  const tooMany = await countLinkHash(core, PURPOSE, token);
  if (tooMany) return tooMany;
  const passwordHash = await core.hashing.hash(password);
  const origin = await originOf(core.database.query, { digest: request, brought: client.request }, core.clock());

  const started = await core.database.transaction(async (tx) => {
    const now = core.clock();
    const account = accountId === null ? null : await core.accounts.findById(tx, accountId);
    if (!account || account.disabled || account.email !== email) return null;

    // Setting the password locks the account, which comes before every other lock. Returning null rolls it back.
    if (!(await core.accounts.setPassword(tx, account.id, passwordHash, "any"))) return null;
    if (!(await consumeToken(tx, PURPOSE, token, now))) return null;

    await revokeAccess(core, tx, account.id, "replaced", now);
    await useRequests(tx, { brought: client.request, request, email }, now);
    await clearAttempts(core, tx, account.email);
    await clearCodeAttempts(core, tx, { purpose: "password-reset", email: account.email });
    const started = await startSession(tx, { account, method: PURPOSE, now }, client);
    // After the notice, which is written in the language that was kept before.
    await queueNotice(tx, { kind: "password-changed", account, now }, client);
    await savePreferences(tx, account.id, client);
    await recordEvent(tx, { kind: "password-reset", account, now }, client);
    return started;
  });
  if (started === null) return deadLinkResult(core, PURPOSE, token);

  core.notifyWorker();
  return { kind: "done", ...started, origin };
}
