import { settleEmail } from "./basics/email-address.ts";
import { deleteAccount, disableAccount, enableAccount } from "./flows/account-state.ts";
import { trail } from "./flows/audit.ts";
import { listBounces } from "./flows/bounces.ts";
import type { Core } from "./flows/core.ts";
import { endAllLinks, endAllSessions, endThePast } from "./flows/end-all.ts";
import { invite, type Listed } from "./flows/invite.ts";
import { makeLink } from "./flows/link-by-hand.ts";
import { listMail, retryAllGivenUp, retryOne, showMail } from "./flows/mail-list.ts";
import { heldMails, lettingGo, manyPerDay } from "./flows/many-at-once.ts";
import { beginResetAll, countConcerned, endEverything, type ResetAll, stateOfResetAll } from "./flows/reset-all.ts";
import type { Mailing } from "./mail/delivery.ts";
import { sendTestMail } from "./mail/test-mail.ts";
import { ownAccounts } from "./store/accounts.ts";

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
