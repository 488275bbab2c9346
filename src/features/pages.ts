import { notLetIn, problem, tooMany } from "../http/problem-page.ts";
import { alreadyDone, deadLink } from "../links/dead-link-page.ts";
import { me } from "./account/pages.ts";
import { codeOver } from "./check-email/code-page.ts";
import { checkEmail } from "./check-email/pages.ts";
import { mailbox, mailboxMail } from "./dev-mailbox/pages.ts";
import { addressChanged, confirmAddress } from "./email-change/pages.ts";
import { addressUndone, undoAddress } from "./email-change/undo-page.ts";
import { forgotPassword, resetPassword } from "./password-reset/pages.ts";
import { object, objected } from "./security-alert/pages.ts";
import { signIn } from "./sign-in/pages.ts";
import { confirmSignIn, signInLink } from "./sign-in-link/pages.ts";
import { choosePassword, signUp } from "./sign-up/pages.ts";

/** Every page, as a function from its data to markup. An app replaces some by spreading: `{ ...pages, signIn: mine }`. */
export const pages = {
  addressChanged,
  addressUndone,
  alreadyDone,
  checkEmail,
  choosePassword,
  codeOver,
  confirmAddress,
  confirmSignIn,
  deadLink,
  forgotPassword,
  mailbox,
  mailboxMail,
  me,
  notLetIn,
  object,
  objected,
  problem,
  resetPassword,
  signIn,
  signInLink,
  signUp,
  tooMany,
  undoAddress,
};

export type Pages = typeof pages;
