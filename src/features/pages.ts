import { httpPages } from "../http/problem-page.ts";
import { linkPages } from "../links/dead-link-page.ts";
import { accountPages } from "./account/pages.ts";
import { checkEmailPages } from "./check-email/pages.ts";
import { mailboxPages } from "./dev-mailbox/pages.ts";
import { emailChangePages } from "./email-change/pages.ts";
import { passwordResetPages } from "./password-reset/pages.ts";
import { securityAlertPages } from "./security-alert/pages.ts";
import { signInPages } from "./sign-in/pages.ts";
import { signInLinkPages } from "./sign-in-link/pages.ts";
import { signUpPages } from "./sign-up/pages.ts";

/** Every page, as a function from its data to markup. A host app replaces some with the option `pages`. */
export const pages = {
  ...httpPages,
  ...linkPages,
  ...accountPages,
  ...checkEmailPages,
  ...emailChangePages,
  ...mailboxPages,
  ...passwordResetPages,
  ...securityAlertPages,
  ...signInLinkPages,
  ...signInPages,
  ...signUpPages,
};

export type Pages = typeof pages;

/** Pages of a host app, each instead of a built-in one. */
export type PageOverrides = {
  [Name in keyof Pages]?:
    | ((...view: Parameters<Pages[Name]>) => ReturnType<Pages[Name]> | Promise<ReturnType<Pages[Name]>>)
    | undefined;
};
