import { recordEvent } from "../audit/store.ts";
import type { Client, Core, SessionRefused } from "../core/context.ts";
import { lockOwner } from "../core/lock-account.ts";
import type { Db } from "../db/schema.ts";
import { askSessionHook, type StartedSession, startSession } from "../sessions/start.ts";
import { clearCodeAttempts } from "./code-attempts.ts";
import { deleteCodes } from "./codes.ts";
import { queueNotice } from "./notice.ts";
import { type Origin, originOf, useRequests } from "./requests-store.ts";
import { revokeTokens } from "./tokens.ts";

/**
 * Signs in the owner of an account after `proof` that they read its email. One transaction locks the account, consumes the
 * proof, revokes every other sign-in link and code, starts the session and queues the notice. Null: a concurrent request
 * consumed the proof first. When the host app refuses, nothing is consumed.
 */
export async function signInByEmail(
  core: Core,
  proof: { accountId: string | null; email: string; request: string | null },
  consume: (tx: Db, now: number) => Promise<boolean>,
  client: Client,
): Promise<({ kind: "done"; origin: Origin } & StartedSession) | SessionRefused | null> {
  const refusal = await askSessionHook(core, { id: proof.accountId, email: proof.email }, "sign-in-link", client);
  if (refusal) return refusal;
  const key = { digest: proof.request, brought: client.request };
  const origin = await originOf(core.database.query, key, core.clock());
  const started = await core.database.transaction(async (tx) => {
    const account = await lockOwner(core, tx, proof);
    if (!account) return null;
    const now = core.clock();
    if (!(await consume(tx, now))) return null;

    const others = { accountId: account.id, purpose: "sign-in-link" } as const;
    await revokeTokens(tx, others, "replaced", now);
    await deleteCodes(tx, others);
    await clearCodeAttempts(core, tx, { purpose: "sign-in-link", email: account.email });
    const { request, email } = proof;
    await useRequests(tx, { brought: client.request, request, email, purpose: "sign-in-link" }, now);
    await queueNotice(tx, { kind: "signed-in-by-link", account, now }, client);
    return startSession(tx, { account, method: "sign-in-link", now }, client);
  });
  if (started === null) return null;
  core.notifyWorker();
  return { kind: "done", ...started, origin };
}

/** Records a wrong code in the audit log. */
export async function recordWrongCode(core: Core, email: string, client: Client): Promise<void> {
  const event = { kind: "code-refused", account: { id: null, email }, now: core.clock() } as const;
  await recordEvent(core.database.query, event, client);
}
