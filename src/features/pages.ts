import { problem, sessionRefused, tooMany } from "../http/problem-page.ts";
import { alreadyDone, deadLink } from "../links/dead-link-page.ts";
import { account } from "./account/pages.ts";
import { codeEnded } from "./check-email/code-page.ts";
import { checkEmail } from "./check-email/pages.ts";
import { mailbox, mailboxMail } from "./dev-mailbox/pages.ts";
import { confirmEmailChange, emailChanged } from "./email-change/pages.ts";
import { emailChangeUndone, undoEmailChange } from "./email-change/undo-page.ts";
import { forgotPassword, resetPassword } from "./password-reset/pages.ts";
import { securityAlert, securityAlertDone } from "./security-alert/pages.ts";
import { signIn } from "./sign-in/pages.ts";
import { confirmSignIn, signInLink } from "./sign-in-link/pages.ts";
import { choosePassword, signUp } from "./sign-up/pages.ts";

/** Every page, as a function from its data to markup. An app replaces some by spreading: `{ ...pages, signIn: mine }`. */
export const pages = {
  emailChanged,
  emailChangeUndone,
  alreadyDone,
  checkEmail,
  choosePassword,
  codeEnded,
  confirmEmailChange,
  confirmSignIn,
  deadLink,
  forgotPassword,
  mailbox,
  mailboxMail,
  account,
  sessionRefused,
  securityAlert,
  securityAlertDone,
  problem,
  resetPassword,
  signIn,
  signInLink,
  signUp,
  tooMany,
  undoEmailChange,
};

export type Pages = typeof pages;
