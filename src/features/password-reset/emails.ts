import { isInvited } from "../../audit/store.ts";
import type { Core } from "../../core/context.ts";
import { lockCurrentAccount } from "../../core/lock-account.ts";
import { linkLifetime, type Purpose } from "../../core/purposes.ts";
import { browserWords } from "../../i18n/browser.ts";
import { mintLink } from "../../links/mint.ts";
import { mintToken, withdrawToken } from "../../links/tokens.ts";
import type { EmailKinds } from "../../mail/delivery.ts";
import type { OutboxEmail } from "../../mail/outbox.ts";
import type { PreparedEmail } from "../../mail/views.ts";

export const passwordResetEmails: EmailKinds = {
  "password-reset": { purpose: "password-reset", prepare: preparePasswordReset },
  "new-password-needed": { purpose: "password-reset", prepare: prepareNewPasswordNeeded },
  invitation: { purpose: "password-reset", prepare: prepareInvitation },
};

/** Prepares the email as it leaves: the account is looked up and the token minted only now, so the queue holds no secret. */
async function preparePasswordReset(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const account = await core.accounts.findByEmail(core.database.query, mail.email);
  if (!account || account.disabled) return { kind: "nothing", why: "no account for this address", noAccount: !account };

  const { id: accountId, email } = account;
  const minted = await mintLink(core, mail, { purpose: "password-reset", accountId, email });
  if (!minted) return { kind: "nothing", why: "maximum number of active links reached" };

  const { withdraw, ...link } = minted;
  // An invited person has forgotten no password. The link of the invitation may have expired.
  if (account.passwordHash === null && (await isInvited(core.database.query, accountId))) {
    const { token, lifetimeMs } = link;
    return { kind: "mail", to: email, view: { kind: "invitation", token, lifetimeMs }, withdraw };
  }
  const because = mail.data.because === "security-alert" ? "security-alert" : "asked";
  const browser = browserWords(String(mail.data.browser));
  const view = { kind: "password-reset", because, browser, requestedAt: mail.createdAt, ...link } as const;
  return { kind: "mail", to: email, view, withdraw };
}

/** Prepares the email that asks an account owner for a new password after the operator reset all of them. */
function prepareNewPasswordNeeded(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  return prepareLink(core, mail, { kind: "new-password-needed", lifetimeOf: "password-reset" });
}

/** Prepares the email that asks the owner of an account made by invitation to choose a password. */
function prepareInvitation(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  return prepareLink(core, mail, { kind: "invitation", lifetimeOf: "sign-up" });
}

type MintedLink = { kind: "minted"; token: string; email: string };
type Skipped = { kind: "nothing"; why: string };

async function prepareLink(
  core: Core,
  mail: OutboxEmail,
  { kind, lifetimeOf }: { kind: "new-password-needed" | "invitation"; lifetimeOf: Purpose },
): Promise<PreparedEmail> {
  const { accountId } = mail;
  const lifetimeMs = linkLifetime(core, lifetimeOf);
  const minted = await core.database.transaction(async (tx): Promise<MintedLink | Skipped> => {
    const account = accountId === null ? null : await lockCurrentAccount(core, tx, accountId);
    if (!account || account.disabled) return { kind: "nothing", why: "account disabled or deleted" };
    if (account.passwordHash !== null) return { kind: "nothing", why: "a password has been chosen since" };
    const { id, email } = account;
    const link = { purpose: "password-reset", accountId: id, email, lifetimeMs, unlimited: true } as const;
    const token = await mintToken(tx, link, core.clock());
    if (!token) throw new Error("a required link was not created");
    return { kind: "minted", token: token.token, email };
  });
  if (minted.kind === "nothing") return minted;
  const { token, email } = minted;
  return {
    kind: "mail",
    to: email,
    view: { kind, token, lifetimeMs },
    withdraw: () => withdrawToken(core.database.query, "password-reset", token),
  };
}
