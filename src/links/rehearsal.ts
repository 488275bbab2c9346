import type { Core } from "../core/context.ts";
import type { Purpose, RequestPurpose } from "../core/purposes.ts";
import type { EmailKind, EmailKinds } from "../mail/delivery.ts";
import type { OutboxEmail } from "../mail/outbox.ts";
import type { EmailView } from "../mail/views.ts";
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
        if (prepared.kind === "nothing") return { ...prepared, rehearsal: await rehearseLink(core, mail) };
        // This email has no link, and would leave sooner than one to a new address.
        if (prepared.view.kind === "already-signed-up") await (await rehearseLink(core, mail)).withdraw();
        return prepared;
      },
    },
  ];
  return Object.fromEntries(Object.entries(kinds).map(withRehearsal));
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
  const about = { browser: String(mail.data.browser), requestedAt: mail.createdAt, ...link };
  const view: EmailView =
    purpose === "password-reset" ? { kind: purpose, because: "asked", ...about } : { kind: purpose, ...about };
  return { view, withdraw };
}
