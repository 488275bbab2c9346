import { record } from "../../audit/store.ts";
import type { Client, Core } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { queueNotice } from "../../links/notice.ts";
import { type CompletionResult, completeWithPassword, type PreviewResult, previewLink } from "../../links/preview.ts";
import { type RequestResult, requestEmail } from "../../links/request.ts";
import { useRequest } from "../../links/requests-store.ts";
import { revokeAccess } from "../../links/revoke-all.ts";
import { consumeToken, type Token } from "../../links/tokens.ts";
import { startSession } from "../../sessions/start.ts";
import { clearAttempts } from "../../sign-in-attempts/attempts.ts";

/** Somebody asks for a reset link. The answer says nothing about whether the address has an account. */
export function request(core: Core, typed: string, client: Client): Promise<RequestResult> {
  return requestEmail(core, { purpose: "password-reset", typed }, client);
}

/** Looks at a link and changes nothing. */
export function preview(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, "password-reset", token);
}

/**
 * Sets the new password and signs the person in. One transaction uses the link up, sets the password, ends every session
 * and every other link, and queues the notice: all of it happens, or nothing does. Throws HashingBusy.
 */
export async function complete(core: Core, token: string, password: string, client: Client): Promise<CompletionResult> {
  const submitted = { purpose: "password-reset", token, password } as const;
  const finished = await completeWithPassword(core, submitted, client, (tx, link, passwordHash) =>
    reset(core, tx, { token, link, passwordHash }, client),
  );
  if (finished.kind === "done") core.notifyWorker();
  return finished;
}

async function reset(
  core: Core,
  tx: Db,
  { token, link, passwordHash }: { token: string; link: Token; passwordHash: string },
  client: Client,
): Promise<string | null> {
  const now = core.clock();
  const account = link.accountId === null ? null : await core.accounts.findById(tx, link.accountId);
  // A link belongs to the address that it was mailed to, and dies with it.
  if (!account || account.disabled || account.email !== link.email) return null;

  // The account is locked first, as everywhere, so that no two deeds wait for each other; null undoes it with the rest.
  if (!(await core.accounts.setPassword(tx, account.id, passwordHash, "any"))) return null;
  if (!(await consumeToken(tx, "password-reset", token, now))) return null;

  await revokeAccess(core, tx, account.id, "replaced");
  if (link.request !== null) await useRequest(tx, { digest: link.request, brought: client.request }, now);
  await clearAttempts(tx, account.email);
  const session = await startSession(core, tx, account, "password-reset", client);
  await queueNotice(core, tx, { kind: "password-changed", account }, client);
  const { ip, browser } = client;
  await record(tx, { kind: "password-reset", accountId: account.id, email: account.email, client: ip, browser }, now);
  return session;
}
