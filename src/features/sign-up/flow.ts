import { savePreferences } from "../../accounts/preferences-store.ts";
import { recordEvent } from "../../audit/store.ts";
import type { Client, Core } from "../../core/context.ts";
import { newPasswordProblem } from "../../core/new-password.ts";
import { newId } from "../../lib/ids.ts";
import { clearCodeAttempts } from "../../links/code-attempts.ts";
import { deleteCodes } from "../../links/codes.ts";
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
import { consumeToken, revokeTokens } from "../../links/tokens.ts";
import { askSessionHook, startSession } from "../../sessions/start.ts";
import { clearAttempts } from "../../sign-in-attempts/attempts.ts";

const PURPOSE = "sign-up";

/** Requests a sign-up link. The answer says nothing about whether the address has an account. */
export function request(core: Core, input: RequestInput, client: Client): Promise<RequestResult> {
  return requestEmail(core, { ...input, purpose: PURPOSE }, client);
}

/** Looks at a link and changes nothing. */
export function preview(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, PURPOSE, token);
}

/**
 * Creates the account with its first password and signs its owner in, in one transaction. A dead link costs no hash, and a
 * refused password does not consume the link. Throws HashingBusy.
 */
export async function complete(
  core: Core,
  { token, password }: { token: string; password: string },
  client: Client,
): Promise<CompletionResult> {
  const state = await linkState(core, PURPOSE, token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const { email, request } = state.token;

  const problem = await newPasswordProblem(core, { password, email });
  if (problem) return { kind: "refused-password", problem, email };
  const refusal = await askSessionHook(core, { id: null, email }, PURPOSE, client);
  if (refusal) return refusal;
  const tooMany = await countLinkHash(core, PURPOSE, token);
  if (tooMany) return tooMany;
  const passwordHash = await core.hashing.hash(password);
  const origin = await originOf(core.database.query, { digest: request, brought: client.request }, core.clock());

  const started = await core.database.transaction(async (tx) => {
    const now = core.clock();
    if (!(await consumeToken(tx, PURPOSE, token, now))) return null;

    const owner = { email, purpose: PURPOSE } as const;
    await revokeTokens(tx, owner, "replaced", now);
    await deleteCodes(tx, owner);
    await useRequests(tx, { brought: client.request, request, email }, now);
    const account = await core.accounts.create(tx, { id: newId(now), email, passwordHash, now });
    if (!account) return null;

    // Failed sign-ins from before the account existed must not lock its owner out.
    await clearAttempts(core, tx, account.email);
    await clearCodeAttempts(core, tx, { purpose: "sign-up", email: account.email });
    await savePreferences(tx, account.id, client);
    await recordEvent(tx, { kind: "signed-up", account, now }, client);
    return startSession(tx, { account, method: PURPOSE, now }, client);
  });
  return started === null ? deadLinkResult(core, PURPOSE, token) : { kind: "done", ...started, origin };
}
