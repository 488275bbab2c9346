import { record } from "../audit/store.ts";
import type { Client, Core, SessionRefused } from "../core/context.ts";
import { lockOwner } from "../core/lock-account.ts";
import type { Db } from "../db/schema.ts";
import { askSessionHook, startSession } from "../sessions/start.ts";
import { deleteCodes } from "./codes.ts";
import { queueNotice } from "./notice.ts";
import { useRequest } from "./requests-store.ts";
import { revokeTokens } from "./tokens.ts";

/**
 * Signs in whoever proved that they read the account's mail. One transaction locks the account, uses up what was brought,
 * ends every other sign-in link and code, begins the session and queues the notice. Null: somebody was quicker. Where the
 * app does not say yes, nothing is used up.
 */
export async function signInByEmail(
  core: Core,
  proof: { accountId: string | null; email: string; request: string | null },
  useUp: (tx: Db) => Promise<boolean>,
  client: Client,
): Promise<{ kind: "done"; session: string } | SessionRefused | null> {
  const refusal = await askSessionHook(core, { id: proof.accountId, email: proof.email }, "sign-in-link", client);
  if (refusal) return refusal;
  const session = await core.database.transaction(async (tx) => {
    const account = await lockOwner(core, tx, proof);
    if (!account) return null;
    if (!(await useUp(tx))) return null;

    const others = { accountId: account.id, purpose: "sign-in-link" } as const;
    await revokeTokens(tx, others, "replaced", core.clock());
    await deleteCodes(tx, others);
    if (proof.request !== null) await useRequest(tx, { digest: proof.request, brought: client.request }, core.clock());
    await queueNotice(core, tx, { kind: "signed-in-by-link", account }, client);
    return startSession(core, tx, account, "sign-in-link", client);
  });
  if (session === null) return null;
  core.notifyWorker();
  return { kind: "done", session };
}

/** Notes a wrong code. */
export async function recordWrongCode(core: Core, email: string, { ip, browser }: Client): Promise<void> {
  await record(core.database.query, { kind: "code-refused", email, client: ip, browser }, core.clock());
}
