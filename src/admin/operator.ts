import { ownAccounts } from "../accounts/accounts-table.ts";
import type { Core } from "../core/context.ts";
import { settleEmail } from "../lib/email-address.ts";
import { heldMails, lettingGo, manyPerDay } from "../mail/bulk.ts";
import type { Mailing } from "../mail/delivery.ts";
import { listBounces } from "../mail/suppression-queries.ts";
import { sendTestMail } from "../mail/test-mail.ts";
import { deleteAccount, disableAccount, enableAccount } from "./account-status.ts";
import { trail } from "./audit.ts";
import { invite, type Listed } from "./invite.ts";
import { listMail, retryAllGivenUp, retryOne, showMail } from "./mail-queue.ts";
import { makeLink } from "./manual-link.ts";
import { beginResetAll, countConcerned, endEverything, type ResetAll, stateOfResetAll } from "./reset-all.ts";
import { endAllLinks, endAllSessions, endThePast } from "./revoke-all.ts";

/** What whoever runs Latchkey can see and do. The command line is made of these, and so can an app's own pages be. */
export type Operator = ReturnType<typeof operatorOf>;

/** `account`, `invite` and `resetAll` know Latchkey's own table of accounts only, and throw where an app has its own. */
export function operatorOf(core: Core, mailing: Mailing) {
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
      retryAllGivenUp: () => retryAllGivenUp(core),
      bounces: (filter: Parameters<typeof listBounces>[1]) => listBounces(core, filter),
      /** The mail server's answer. Throws what the transport throws, and a TypeError for what is no address. */
      async test(to: string): Promise<string> {
        const settled = settleEmail(to);
        if (settled.kind !== "address") throw new TypeError(`"${to}" is no email address.`);
        return sendTestMail(core, mailing, settled.email);
      },
      held: () => heldMails(core),
      lettingGo: (perMinute: number) => lettingGo(core, perMinute),
      manyPerDay: () => manyPerDay(core),
    },

    /** A one-time reset link without a mail; `url` is the whole link. */
    async link(email: string) {
      const made = await makeLink(core, email);
      if (made.kind !== "made") return made;
      const { token, ...rest } = made;
      return { ...rest, url: `${mailing.baseUrl}/reset-password/${token}` };
    },

    events: (filter: Parameters<typeof trail>[1]) => trail(core, filter),

    account: {
      disable: async (email: string) => disableAccount(withOwnAccounts("account"), email),
      enable: async (email: string) => enableAccount(withOwnAccounts("account"), email),
      delete: async (email: string) => deleteAccount(withOwnAccounts("account"), email),
    },
    endAllSessions: () => endAllSessions(core),
    endAllLinks: () => endAllLinks(core),
    endThePast: () => endThePast(core),

    invite: async (list: Listed[]) => invite(withOwnAccounts("invite"), list),
    resetAll: {
      state: async () => stateOfResetAll(withOwnAccounts("resetAll")),
      count: async (run?: ResetAll) => countConcerned(withOwnAccounts("resetAll"), run),
      begin: async () => beginResetAll(withOwnAccounts("resetAll")),
      endEverything: (run: ResetAll) => endEverything(withOwnAccounts("resetAll"), run),
    },
  };
}
