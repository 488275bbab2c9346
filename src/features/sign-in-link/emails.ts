import type { Core } from "../../core/context.ts";
import { browserWords } from "../../i18n/browser.ts";
import { mintLink } from "../../links/mint.ts";
import type { EmailKinds } from "../../mail/delivery.ts";
import type { OutboxEmail } from "../../mail/outbox.ts";
import type { PreparedEmail } from "../../mail/views.ts";

export const signInLinkEmails: EmailKinds = { "sign-in-link": { purpose: "sign-in-link", prepare: prepareSignInLink } };

/** Prepares the email as it leaves. */
async function prepareSignInLink(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  if (!core.settings.signInLinks) return { kind: "nothing", why: "sign-in links are turned off" };
  const account = await core.accounts.findByEmail(core.database.query, mail.email);
  if (!account || account.disabled) return { kind: "nothing", why: "no account for this address", noAccount: !account };

  const { id: accountId, email } = account;
  const minted = await mintLink(core, mail, { purpose: "sign-in-link", accountId, email });
  if (!minted) return { kind: "nothing", why: "maximum number of active links reached" };
  const { withdraw, ...link } = minted;
  const browser = browserWords(String(mail.data.browser));
  return {
    kind: "mail",
    to: email,
    view: { kind: "sign-in-link", browser, requestedAt: mail.createdAt, ...link },
    withdraw,
  };
}
