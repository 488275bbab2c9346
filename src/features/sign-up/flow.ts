import { record } from "../../audit/store.ts";
import type { Client, Core } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { newId } from "../../lib/ids.ts";
import { deleteCodes } from "../../links/codes.ts";
import { type CompletionResult, completeWithPassword, type PreviewResult, previewLink } from "../../links/preview.ts";
import { type RequestResult, requestEmail } from "../../links/request.ts";
import { useRequest } from "../../links/requests-store.ts";
import { consumeToken, revokeTokens } from "../../links/tokens.ts";
import { startSession } from "../../sessions/start.ts";
import { clearAttempts } from "../../sign-in-attempts/attempts.ts";

/** Somebody asks for an account. The answer says nothing about whether the address has one. */
export function request(core: Core, typed: string, client: Client): Promise<RequestResult> {
  return requestEmail(core, { purpose: "sign-up", typed }, client);
}

/** Looks at a link and changes nothing. */
export function preview(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, "sign-up", token);
}

/** Makes the account with its first password and signs the person in, in one transaction. Throws HashingBusy. */
export function complete(core: Core, token: string, password: string, client: Client): Promise<CompletionResult> {
  const submitted = { purpose: "sign-up", token, password } as const;
  return completeWithPassword(core, submitted, client, (tx, _link, passwordHash) =>
    signUp(core, tx, token, passwordHash, client),
  );
}

async function signUp(core: Core, tx: Db, token: string, passwordHash: string, client: Client): Promise<string | null> {
  const now = core.clock();
  const used = await consumeToken(tx, "sign-up", token, now);
  if (!used) return null;

  const owner = { email: used.email, purpose: "sign-up" } as const;
  await revokeTokens(tx, owner, "replaced", now);
  await deleteCodes(tx, owner);
  if (used.request !== null) await useRequest(tx, { digest: used.request, brought: client.request }, now);
  const account = await core.accounts.create(tx, { id: newId(now), email: used.email, passwordHash, now });
  if (!account) return null;

  // Whoever guessed at the address while nobody had it must not keep its owner out now.
  await clearAttempts(tx, account.email);
  const { ip, browser } = client;
  await record(tx, { kind: "signed-up", accountId: account.id, email: account.email, client: ip, browser }, now);
  return startSession(core, tx, account, "sign-up", client);
}
