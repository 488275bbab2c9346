export type { Account, Accounts } from "./accounts/accounts-table.ts";
export type { AccountStatusResult } from "./admin/account-status.ts";
export type { AuditEntry, AuditFilter } from "./admin/audit.ts";
export type { InvalidRow, InviteResult, InviteRow } from "./admin/invite.ts";
export type { EmailFilter, RetryResult } from "./admin/mail-queue.ts";
export type { ListedEmail, ListedState } from "./admin/mail-queue-store.ts";
export type { Operator, OperatorLinkResult } from "./admin/operator.ts";
export type { ResetAll, ResetAllState } from "./admin/reset-all.ts";
export type { RestoreResult } from "./admin/revoke-all.ts";
export type { Brand, BrandLink } from "./brand/brand.ts";
export type { SessionAnswer, SessionQuestion, SignInMethod } from "./core/context.ts";
export type { Db } from "./db/schema.ts";
export { type PageOverrides, type Pages, pages } from "./features/pages.ts";
export type { Log } from "./http/context.ts";
export type { Page } from "./http/layout.ts";
export type { PageContext } from "./http/page-context.ts";
export type { OwnLanguage, WordChanges } from "./i18n/catalogues.ts";
export { plural } from "./i18n/plural.ts";
export { address, type LinkSlot, ltr, Rich, rich, strong } from "./i18n/rich.ts";
export type { MailWords, Words } from "./i18n/shape.ts";
export { createLatchkey, type Latchkey, type Peer } from "./latchkey.ts";
export type { BulkStatus, ReleaseStep } from "./mail/bulk.ts";
export { type Letter, type LetterParts, letter, type MailSentence } from "./mail/letter.ts";
export type { Letterhead } from "./mail/letterhead.ts";
export type { DkimKey } from "./mail/smtp/dkim.ts";
export type { Suppression } from "./mail/suppressions.ts";
export { type Templates, templates } from "./mail/templates.ts";
export { type Message, SendError, type Sender, type Transport } from "./mail/transport.ts";
export type { EmailView } from "./mail/views.ts";
export type { OptionProblem } from "./options/option-problem.ts";
export { type Options, OptionsError } from "./options/options.ts";
export type { PasswordProblem } from "./passwords/policy.ts";
export type {
  Busy,
  CodeResult,
  CompletionResult,
  DeadLink,
  DeadLinkReason,
  Done,
  EmailChangePreview,
  EmailChangeRequestResult,
  EmailChangeResult,
  EmailChangeUndoResult,
  GoTo,
  InvalidCode,
  InvalidEmail,
  LivePreview,
  Malformed,
  NotSignedIn,
  PasswordChangeResult,
  PendingEmail,
  PreviewResult,
  Queued,
  RefusedPassword,
  RequestResult,
  ResendResult,
  SecurityAlertResult,
  SessionEndResult,
  SessionRefused,
  SessionSummary,
  SessionsEndResult,
  SignedInAccount,
  SignInLinkPreview,
  SignInLinkResult,
  SignInResult,
  StartSessionResult,
  TooMany,
  Visit,
  WrongCode,
  WrongCurrentPassword,
} from "./visit.ts";
