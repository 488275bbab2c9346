import type { Core } from "../core/context.ts";
import { preparePasswordChanged, prepareSignedInByLink } from "../links/notice.ts";
import { prepareInvitation, prepareNewPasswordNeeded } from "../mail/bulk.ts";
import type { OutboxEmail } from "../mail/outbox.ts";
import type { PreparedEmail } from "../mail/views.ts";
import * as addressChange from "./email-change/flow.ts";
import { prepareEmailChanged, prepareEmailChangeUndone } from "./email-change/notice.ts";
import * as passwordReset from "./password-reset/flow.ts";
import * as signInLink from "./sign-in-link/flow.ts";
import * as signUp from "./sign-up/flow.ts";

/** Which flow makes the mail of a row, by the row's kind. */
const KINDS: Record<string, (core: Core, mail: OutboxEmail) => Promise<PreparedEmail>> = {
  "password-reset": passwordReset.prepareMail,
  "sign-up": signUp.prepareMail,
  "new-password-needed": prepareNewPasswordNeeded,
  invitation: prepareInvitation,
  "sign-in-link": signInLink.prepareMail,
  "password-changed": preparePasswordChanged,
  "signed-in-by-link": prepareSignedInByLink,
  "email-change": addressChange.prepareMail,
  "email-changed": prepareEmailChanged,
  "email-change-undone": prepareEmailChangeUndone,
};

/** Makes a mail ready as it leaves. A kind that is unknown, from a newer version say, is left alone and tried again. */
export async function prepareEmail(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const makeReady = KINDS[mail.kind];
  if (!makeReady) throw new Error(`Nobody here knows how to make a mail of the kind "${mail.kind}".`);
  return makeReady(core, mail);
}
