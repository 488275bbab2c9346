export type { Account, Accounts } from "./accounts/accounts-table.ts";
export type { Operator } from "./admin/operator.ts";
export type { Client as Visitor, SessionAnswer, SessionQuestion } from "./core/context.ts";
export type { Db } from "./db/schema.ts";
export type { CodeResult as CodeTyped } from "./features/check-email/code.ts";
export type {
  EmailChangePreview as AddressLook,
  EmailChangeRequestResult as AddressAsked,
  EmailChangeResult as AddressChanged,
} from "./features/email-change/flow.ts";
export type { UndoResult as AddressUndone } from "./features/email-change/undo.ts";
export { type Pages, pages } from "./features/pages.ts";
export type { SecurityAlertResult as Objected } from "./features/security-alert/flow.ts";
export type { SignInResult as SignInOutcome } from "./features/sign-in/flow.ts";
export type { SignInLinkPreview as LinkLook, SignInLinkResult as LinkUsed } from "./features/sign-in-link/flow.ts";
export type { Page } from "./http/layout.ts";
export { createLatchkey, type Latchkey, type SignedInAccount as SignedIn } from "./latchkey.ts";
export type { CompletionResult as Finished, PreviewResult as Look } from "./links/preview.ts";
export type { RequestResult as Asked } from "./links/request.ts";
export type { PendingRequest as Waiting, ResendResult as SentAgain } from "./links/waiting.ts";
export { type Letter, type LetterParts, letter } from "./mail/letter.ts";
export { type Templates, templates } from "./mail/templates.ts";
export { type Message, SendError, type Sender, type Transport } from "./mail/transport.ts";
export type { EmailView as MailView } from "./mail/views.ts";
export { type OptionProblem, type Options, OptionsError } from "./options/options.ts";
export { HashingBusy } from "./passwords/hashing.ts";
