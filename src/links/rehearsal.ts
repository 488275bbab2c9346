import type { Core } from "../core/context.ts";
import type { Purpose, RequestPurpose } from "../core/purposes.ts";
import { browserWords } from "../i18n/browser.ts";
import { DAY } from "../lib/clock.ts";
import type { EmailKind, EmailKinds } from "../mail/delivery.ts";
import type { OutboxEmail } from "../mail/outbox.ts";
import type { EmailView, PreparedEmail } from "../mail/views.ts";
import { countLimitBelow, refundLimit } from "../rate-limits/store.ts";
import { mintLink } from "./mint.ts";
import { wasLinkUsed } from "./tokens.ts";

/** The content of an email that is not sent. `withdraw` deletes what was minted for it. */
interface Rehearsal {
  view: EmailView;
  withdraw(): Promise<void>;
}

/**
 * The kinds of email, with a rehearsal wherever a visitor's request needs no email or no link. An attempt that may have been
 * accepted is not repeated if its link was used: it arrived.
 */
export function rehearsed(kinds: EmailKinds): EmailKinds {
  const withRehearsal = ([name, { purpose, prepare }]: [string, EmailKind]): [string, EmailKind] => [
    name,
    {
      purpose,
      async prepare(core, mail) {
        if (await isDone(core, mail, purpose)) {
          return { kind: "nothing", why: "an earlier attempt arrived: its link was used" };
        }
        const prepared = await prepare(core, mail);
        if (!isRequested(mail)) return prepared;
        if (prepared.kind === "nothing") {
          const rehearsal = await rehearseLink(core, mail);
          const giveBack = prepared.noAccount ? await takeUnknownAddress(core, mail) : null;
          if (giveBack === null) return { ...prepared, rehearsal };
          await rehearsal.withdraw();
          return unknownAddress(mail, giveBack);
        }
        // This email has no link, and would leave sooner than one to a new address.
        if (prepared.view.kind === "already-signed-up") await (await rehearseLink(core, mail)).withdraw();
        return prepared;
      },
    },
  ];
  return Object.fromEntries(Object.entries(kinds).map(withRehearsal));
}

/** The part of the daily budget for emails that say that an address has no account. */
const UNKNOWN_ADDRESS_SHARE = 0.2;

/**
 * A place for the email that says that an address has no account: one a day for each address, and a part of the daily budget.
 * Null if the option is off or there is no place; else a function that gives the place back.
 */
async function takeUnknownAddress(core: Core, mail: OutboxEmail): Promise<(() => Promise<void>) | null> {
  if (!core.settings.unknownAddress) return null;
  // An earlier attempt has taken the place.
  if (mail.attempts > 1) return async () => {};
  const { query } = core.database;
  const now = core.clock();
  const ofAddress = core.keys.limit("unknown-address", mail.email);
  const address = await countLimitBelow(query, ofAddress, { count: 1, windowMs: DAY }, now);
  if (!address.within) return null;
  const ofDay = core.keys.limit("unknown-address emails of the day");
  const most = Math.ceil(core.settings.mailsPerDay * UNKNOWN_ADDRESS_SHARE);
  const day = await countLimitBelow(query, ofDay, { count: most, windowMs: DAY }, now);
  const giveBack = async () => {
    await refundLimit(query, ofAddress, address.windowEndsAt);
    if (day.within) await refundLimit(query, ofDay, day.windowEndsAt);
  };
  if (day.within) return giveBack;
  await giveBack();
  return null;
}

function unknownAddress(mail: OutboxEmail, withdraw: () => Promise<void>): PreparedEmail {
  const view = {
    kind: "unknown-address",
    browser: browserWords(String(mail.data.browser)),
    requestedAt: mail.createdAt,
  } as const;
  return { kind: "mail", to: mail.email, view, forgetsAddress: true, withdraw };
}

/** Whether an earlier attempt of the email may have been accepted, and its link was used. */
async function isDone(core: Core, mail: OutboxEmail, purpose: Purpose): Promise<boolean> {
  if (!(Number(mail.data.uncertain) > 0)) return false;
  return wasLinkUsed(core.database.query, { purpose, email: mail.email, since: mail.createdAt });
}

/** Whether a visitor requested the email by typing an address, and so could compare how long two requests take. */
function isRequested({ kind, request }: OutboxEmail): boolean {
  return request !== null && ["password-reset", "sign-up", "sign-in-link"].includes(kind);
}

/**
 * Mints a link and a code as for an email to an account, for a request that needs none: an unknown address, a disabled
 * account, or too many live links. The worker does the same work in both cases, so that the time at which the next email
 * arrives does not reveal which one it was (guarantee 1). The token is never shown and belongs to no account.
 */
async function rehearseLink(core: Core, mail: OutboxEmail): Promise<Rehearsal> {
  const purpose = mail.kind as RequestPurpose;
  const unlimited = { ...mail, attempts: 1_000_000 };
  const minted = await mintLink(core, unlimited, { purpose, accountId: null, email: mail.email });
  if (!minted) throw new Error("a required link was not created");
  const { withdraw, ...link } = minted;
  const about = { browser: browserWords(String(mail.data.browser)), requestedAt: mail.createdAt, ...link };
  const view: EmailView =
    purpose === "password-reset" ? { kind: purpose, because: "asked", ...about } : { kind: purpose, ...about };
  return { view, withdraw };
}
