import type { EmailKinds } from "../../mail/delivery.ts";
import { prepareMail } from "./flow.ts";
import { prepareEmailChanged, prepareEmailChangeUndone } from "./notice.ts";

export const emailChangeEmails: EmailKinds = {
  "email-change": { purpose: "email-change", prepare: prepareMail },
  "email-changed": { purpose: "email-change-undo", prepare: prepareEmailChanged },
  "email-change-undone": { purpose: "email-change-undo", prepare: prepareEmailChangeUndone },
};
