import { noticeEmails } from "../links/notice.ts";
import { rehearsed } from "../links/rehearsal.ts";
import type { EmailKinds } from "../mail/delivery.ts";
import { emailChangeEmails } from "./email-change/emails.ts";
import { passwordResetEmails } from "./password-reset/emails.ts";
import { signInLinkEmails } from "./sign-in-link/emails.ts";
import { signUpEmails } from "./sign-up/emails.ts";

/** Every kind of email, by the name that outbox rows hold. */
export const emailKinds: EmailKinds = rehearsed({
  ...passwordResetEmails,
  ...signUpEmails,
  ...signInLinkEmails,
  ...noticeEmails,
  ...emailChangeEmails,
});
