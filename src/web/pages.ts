import { checkEmail } from "./pages/check-email.ts";
import { codeOver } from "./pages/code.ts";
import { alreadyDone, deadLink } from "./pages/dead-link.ts";
import { mailbox, mailboxMail } from "./pages/mailbox.ts";
import { me } from "./pages/me.ts";
import { object, objected } from "./pages/objection.ts";
import { forgotPassword, resetPassword } from "./pages/password-reset.ts";
import { notLetIn, problem, tooMany } from "./pages/problem.ts";
import { signIn } from "./pages/sign-in.ts";
import { confirmSignIn, signInLink } from "./pages/sign-in-link.ts";
import { choosePassword, signUp } from "./pages/sign-up.ts";

/** Every page, as a function from its data to markup. An app replaces some by spreading: `{ ...pages, signIn: mine }`. */
export const pages = {
  alreadyDone,
  checkEmail,
  choosePassword,
  codeOver,
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
};

export type Pages = typeof pages;
