/** What a mail with a link is made of. Times in epoch milliseconds, durations in milliseconds. */
export interface LinkView {
  token: string;
  lifetimeMs: number;
  /** For the browser that asked, where one waits. */
  code: { digits: string; lifetimeMs: number } | null;
  browser: string;
  requestedAt: number;
}

/** What each kind of mail says, without how it looks. */
export type EmailView =
  | ({ kind: "password-reset"; because: "asked" | "security-alert" } & LinkView)
  | ({ kind: "sign-up" } & LinkView)
  | ({ kind: "sign-in-link" } & LinkView)
  | { kind: "already-signed-up"; browser: string; requestedAt: number }
  | { kind: "new-password-needed"; token: string; lifetimeMs: number }
  | { kind: "invitation"; token: string; lifetimeMs: number }
  | { kind: "password-changed"; browser: string; changedAt: number; alertToken: string; alertLifetimeMs: number }
  | { kind: "signed-in-by-link"; browser: string; signedInAt: number; alertToken: string; alertLifetimeMs: number }
  | ({ kind: "email-change"; from: string } & Omit<LinkView, "code">)
  | { kind: "email-in-use"; browser: string; requestedAt: number }
  /** The new address can object, as to any notice; the old one can take the account back. */
  | ({
      kind: "email-changed";
      changedAt: number;
      button: { does: "object" | "undo"; token: string; lifetimeMs: number };
    } & AddressNotice)
  | ({ kind: "email-change-undone"; undoneAt: number } & AddressNotice);

/** What a notice of a changed address knows. Both addresses are masked: each mailbox sees no more than it must. */
export interface AddressNotice {
  from: string;
  to: string;
  browser: string;
}

/** A mail made ready to leave, or why there is nothing to send. */
export type PreparedEmail =
  | { kind: "nothing"; why: string }
  | {
      kind: "mail";
      /** The address stored with the account, where there is one. */
      to: string;
      view: EmailView;
      /** Takes back what was minted for a mail that certainly did not leave. */
      withdraw: () => Promise<void>;
    };
