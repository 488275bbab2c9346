import * as addressChange from "../flows/address-change.ts";
import { prepareAddressChanged, prepareAddressUndone } from "../flows/address-notice.ts";
import type { Core } from "../flows/core.ts";
import type { PreparedMail } from "../flows/mail.ts";
import { prepareInvitation, prepareNewPasswordNeeded } from "../flows/many-at-once.ts";
import { preparePasswordChanged, prepareSignedInByLink } from "../flows/notice.ts";
import * as passwordReset from "../flows/password-reset.ts";
import * as signInLink from "../flows/sign-in-link.ts";
import * as signUp from "../flows/sign-up.ts";
import type { OutboxMail } from "../store/outbox.ts";

/** Which flow makes the mail of a row, by the row's kind. */
const KINDS: Record<string, (core: Core, mail: OutboxMail) => Promise<PreparedMail>> = {
  "password-reset": passwordReset.prepareMail,
  "sign-up": signUp.prepareMail,
  "new-password-needed": prepareNewPasswordNeeded,
  invitation: prepareInvitation,
  "sign-in-link": signInLink.prepareMail,
  "password-changed": preparePasswordChanged,
  "signed-in-by-link": prepareSignedInByLink,
  "address-change": addressChange.prepareMail,
  "address-changed": prepareAddressChanged,
  "address-undone": prepareAddressUndone,
};

/** Makes a mail ready as it leaves. A kind that is unknown, from a newer version say, is left alone and tried again. */
export async function prepare(core: Core, mail: OutboxMail): Promise<PreparedMail> {
  const makeReady = KINDS[mail.kind];
  if (!makeReady) throw new Error(`Nobody here knows how to make a mail of the kind "${mail.kind}".`);
  return makeReady(core, mail);
}
