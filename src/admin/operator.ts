import { ownAccounts } from "../accounts/accounts-table.ts";
import type { Core } from "../core/context.ts";
import { linkUrl } from "../core/purposes.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { bulkPerDay, bulkStatus, releaseBulk } from "../mail/bulk.ts";
import type { MailContext } from "../mail/delivery.ts";
import { querySuppressions } from "../mail/suppression-queries.ts";
import { sendTestMail } from "../mail/test-mail.ts";
import { deleteAccount, disableAccount, enableAccount } from "./account-status.ts";
import { auditLog } from "./audit.ts";
import { type InviteRow, invite } from "./invite.ts";
import { listMail, retryAllFailed, retryOne, showMail } from "./mail-queue.ts";
import { createManualLink } from "./manual-link.ts";
import { beginResetAll, countAffected, type ResetAll, revokeEverything, stateOfResetAll } from "./reset-all.ts";
import { afterRestore, revokeAllLinks, revokeAllSessions } from "./revoke-all.ts";

/** What an operator can see and do. The command line is built on it; a host app can build its own pages on it. */
export type Operator = ReturnType<typeof createOperator>;

/** `account`, `invite` and `resetAll` know Latchkey's own table of accounts only, and throw where an app has its own. */
export function createOperator(core: Core, mailing: MailContext) {
  /** Core, for what would change our table and none other: an app must not read "done" where nothing of its own changed. */
  function withOwnAccounts(what: string): Core {
    if (core.accounts === ownAccounts) return core;
    throw new Error(`operator.${what} knows Latchkey's own table of accounts only, and this app has its own.`);
  }

  return {
    mail: {
      list: (filter: Parameters<typeof listMail>[1]) => listMail(core, filter),
      show: (id: string) => showMail(core, id),
      retry: (id: string) => retryOne(core, id),
      retryAllGivenUp: () => retryAllFailed(core),
      bounces: (filter: Parameters<typeof querySuppressions>[1]) => querySuppressions(core, filter),
      /** The mail server's answer. Throws what the transport throws, and a TypeError for what is no address. */
      async test(to: string): Promise<string> {
        const settled = normaliseEmail(to);
        if (settled.kind !== "address") throw new TypeError(`"${to}" is no email address.`);
        return sendTestMail(core, mailing, settled.email);
      },
      held: () => bulkStatus(core),
      lettingGo: (perMinute: number) => releaseBulk(core, perMinute),
      manyPerDay: () => bulkPerDay(core),
    },

    /** A one-time reset link without a mail; `url` is the whole link. */
    async link(email: string) {
      const made = await createManualLink(core, email);
      if (made.kind !== "made") return made;
      const { token, ...rest } = made;
      return { ...rest, url: linkUrl(mailing, "password-reset", token) };
    },

    events: (filter: Parameters<typeof auditLog>[1]) => auditLog(core, filter),

    account: {
      disable: async (email: string) => disableAccount(withOwnAccounts("account"), email),
      enable: async (email: string) => enableAccount(withOwnAccounts("account"), email),
      delete: async (email: string) => deleteAccount(withOwnAccounts("account"), email),
    },
    endAllSessions: () => revokeAllSessions(core),
    endAllLinks: () => revokeAllLinks(core),
    endThePast: () => afterRestore(core),

    invite: async (list: InviteRow[]) => invite(withOwnAccounts("invite"), list),
    resetAll: {
      state: async () => stateOfResetAll(withOwnAccounts("resetAll")),
      count: async (run?: ResetAll) => countAffected(withOwnAccounts("resetAll"), run),
      begin: async () => beginResetAll(withOwnAccounts("resetAll")),
      endEverything: (run: ResetAll) => revokeEverything(withOwnAccounts("resetAll"), run),
    },
  };
}
