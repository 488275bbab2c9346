import { ownAccounts } from "../accounts/accounts-table.ts";
import type { Core } from "../core/context.ts";
import { linkUrl } from "../core/purposes.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { type BulkStatus, bulkPerDay, bulkStatus, type ReleaseStep, releaseBulk } from "../mail/bulk.ts";
import type { MailContext } from "../mail/delivery.ts";
import { querySuppressions } from "../mail/suppression-queries.ts";
import type { Suppression } from "../mail/suppressions.ts";
import { sendTestMail } from "../mail/test-mail.ts";
import { type AccountStatusResult, deleteAccount, disableAccount, enableAccount } from "./account-status.ts";
import { type AuditEntry, type AuditFilter, auditLog } from "./audit.ts";
import { type InviteResult, type InviteRow, invite } from "./invite.ts";
import { type EmailFilter, listMail, type RetryResult, retryAllFailed, retryOne, showMail } from "./mail-queue.ts";
import type { ListedEmail } from "./mail-queue-store.ts";
import { createManualLink } from "./manual-link.ts";
import {
  beginResetAll,
  countAffected,
  type ResetAll,
  type ResetAllState,
  revokeEverything,
  stateOfResetAll,
} from "./reset-all.ts";
import { afterRestore, type RestoreResult, revokeAllLinks, revokeAllSessions } from "./revoke-all.ts";

/**
 * The outcome of `operator.link`. Anyone who has `url`, the whole link, can set the password: hand it to the account owner only.
 * `lifetimeMs` in milliseconds, from now.
 */
export type OperatorLinkResult =
  | { kind: "made"; email: string; lifetimeMs: number; url: string }
  | { kind: "unknown" }
  | { kind: "disabled" };

/**
 * What an operator can see and do. The command line is built on it, and a host app can build its own admin pages on it. Do
 * not expose it to users. Addresses may be written in any case; an address that is not valid matches no account and no email.
 *
 * `account`, `invite` and `resetAll` work on Latchkey's own accounts table only. With the option `accounts` they throw an
 * Error. Every method rejects if the database is unavailable.
 */
export interface Operator {
  /** The outbox: email that waits, was sent, or was given up. Nothing in it is a secret. */
  readonly mail: {
    /** Lists emails, newest first, at most `atMost`. */
    list(filter: EmailFilter): Promise<ListedEmail[]>;
    /** Returns the email with this id, or null. */
    show(id: string): Promise<ListedEmail | null>;
    /** Retries one email now and for up to a day: one that was given up, or one that waits for its next attempt. */
    retry(id: string): Promise<RetryResult>;
    /** Retries every email that was given up. Returns how many. */
    retryAllGivenUp(): Promise<number>;
    /**
     * Lists the addresses that a mail server refused permanently in the last 30 days, newest first, at most `atMost`; with
     * `to`, only that address.
     */
    bounces(filter: { to?: string | undefined; atMost: number }): Promise<Suppression[]>;
    /**
     * Sends one plain email at once, without the outbox, and returns the mail server's answer. Throws the transport's error,
     * and a TypeError if `to` is not an email address.
     */
    test(to: string): Promise<string>;
    /** Counts the bulk emails that are held, and those that were released and not sent. */
    held(): Promise<BulkStatus>;
    /**
     * Releases held emails at a rate per minute. Returns a function that does one step; call it about once a second until
     * nothing is held.
     */
    bulkRelease(perMinute: number): () => Promise<ReleaseStep>;
    /** How many bulk emails are sent in a day at most. */
    manyPerDay(): number;
  };

  /** Creates a one-time reset link without an email, for when email is down. It works once, for the lifetime of a reset link. */
  link(email: string): Promise<OperatorLinkResult>;

  /**
   * Returns the newest entries of the audit log, at most `atMost`, oldest first. `account` is an address or an account id;
   * `since` is in epoch milliseconds.
   */
  events(filter: AuditFilter): Promise<AuditEntry[]>;

  /** One account of Latchkey's own table, by its address. */
  readonly account: {
    /** Disables the account and ends its sessions and links, which stay ended when it is enabled again. */
    disable(email: string): Promise<AccountStatusResult>;
    /** Enables the account again, with the password it had. */
    enable(email: string): Promise<AccountStatusResult>;
    /** Deletes the account and every row that belongs to it. The audit log keeps masked entries. */
    delete(email: string): Promise<AccountStatusResult>;
  };

  /** Ends every session of every account. Returns how many. */
  endAllSessions(): Promise<number>;
  /** Ends every live link and code, except links that undo an email change. Returns how many links. */
  endAllLinks(): Promise<number>;
  /**
   * Run after a backup was restored. Ends all sessions and links, links that undo an email change included, and closes all
   * queued email, because the backup may hold sessions and links that had ended and email that was sent. Returns the counts.
   */
  endThePast(): Promise<RestoreResult>;

  /**
   * Creates an account without a password for each address and holds an invitation email for it; `mail.bulkRelease` sends them.
   * A list with an invalid line changes nothing. An account without a password gets the invitation again, and every other account is left
   * alone.
   */
  invite(list: InviteRow[]): Promise<InviteResult>;

  /** A reset of every password, after a breach. It can be resumed after a crash. */
  readonly resetAll: {
    /** Returns what an earlier, interrupted reset has left to do. */
    state(): Promise<ResetAllState>;
    /** Counts the accounts that a reset affects; with `run`, those that this reset affects. */
    count(run?: ResetAll): Promise<number>;
    /** Records the start of a reset, so that a later process can resume it. */
    begin(): Promise<ResetAll>;
    /**
     * Removes the passwords, ends the sessions, links and codes, and holds an email for each account, one page of accounts per
     * transaction. Yields how many accounts are done. Accounts that are done already are skipped.
     */
    endEverything(run: ResetAll): AsyncGenerator<number>;
  };
}

/** Binds the operations to an instance. */
export function createOperator(core: Core, mailing: MailContext): Operator {
  /** Throws if the host app has an accounts table of its own: "done" would be wrong if its table was not changed. */
  function withOwnAccounts(what: string): Core {
    if (core.accounts === ownAccounts) return core;
    throw new Error(`operator.${what} only works with Latchkey's own accounts table, but this app uses its own.`);
  }

  return {
    mail: {
      list: (filter) => listMail(core, filter),
      show: (id) => showMail(core, id),
      retry: (id) => retryOne(core, id),
      retryAllGivenUp: () => retryAllFailed(core),
      bounces: (filter) => querySuppressions(core, filter),
      async test(to) {
        const settled = normaliseEmail(to);
        if (settled.kind !== "address") throw new TypeError(`"${to}" isn't an email address.`);
        return sendTestMail(core, mailing, settled.email);
      },
      held: () => bulkStatus(core),
      bulkRelease: (perMinute) => releaseBulk(core, perMinute),
      manyPerDay: () => bulkPerDay(core),
    },

    async link(email) {
      const made = await createManualLink(core, email);
      if (made.kind !== "made") return made;
      const { token, ...rest } = made;
      return { ...rest, url: linkUrl(mailing, "password-reset", token) };
    },

    events: (filter) => auditLog(core, filter),

    account: {
      disable: async (email) => disableAccount(withOwnAccounts("account"), email),
      enable: async (email) => enableAccount(withOwnAccounts("account"), email),
      delete: async (email) => deleteAccount(withOwnAccounts("account"), email),
    },
    endAllSessions: () => revokeAllSessions(core),
    endAllLinks: () => revokeAllLinks(core),
    endThePast: () => afterRestore(core),

    invite: async (list) => invite(withOwnAccounts("invite"), list),
    resetAll: {
      state: async () => stateOfResetAll(withOwnAccounts("resetAll")),
      count: async (run) => countAffected(withOwnAccounts("resetAll"), run),
      begin: async () => beginResetAll(withOwnAccounts("resetAll")),
      endEverything: (run) => revokeEverything(withOwnAccounts("resetAll"), run),
    },
  };
}
