import type { Core } from "../../core/context.ts";
import { browserWords } from "../../i18n/browser.ts";
import { mintLink } from "../../links/mint.ts";
import type { EmailKinds } from "../../mail/delivery.ts";
import type { OutboxEmail } from "../../mail/outbox.ts";
import type { PreparedEmail } from "../../mail/views.ts";

export const signUpEmails: EmailKinds = { "sign-up": { purpose: "sign-up", prepare: prepareSignUp } };

/** Prepares the email as it leaves: a link for a new address, and a hint to the owner of an address that has an account. */
async function prepareSignUp(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const { email, createdAt: requestedAt } = mail;
  const browser = browserWords(String(mail.data.browser));
  const account = await core.accounts.findByEmail(core.database.query, email);
  if (account?.disabled) return { kind: "nothing", why: "account is disabled" };
  if (account) {
    const view = { kind: "already-signed-up", browser, requestedAt } as const;
    return { kind: "mail", to: account.email, view, withdraw: async () => {} };
  }

  const minted = await mintLink(core, mail, { purpose: "sign-up", accountId: null, email });
  if (!minted) return { kind: "nothing", why: "maximum number of active links reached" };
  const { withdraw, ...link } = minted;
  return { kind: "mail", to: email, view: { kind: "sign-up", browser, requestedAt, ...link }, withdraw };
}
