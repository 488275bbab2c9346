/** The data of an email with a link. Times in epoch milliseconds, durations in milliseconds. */
export interface LinkView {
  token: string;
  lifetimeMs: number;
  /** A code for the browser that requested the email; null if none waits. */
  code: { digits: string; lifetimeMs: number } | null;
  browser: string;
  requestedAt: number;
}

/** The data of each kind of email. */
export type EmailView =
  | ({ kind: "password-reset"; because: "asked" | "security-alert" } & LinkView)
  | ({ kind: "sign-up" } & LinkView)
  | ({ kind: "sign-in-link" } & LinkView)
  | { kind: "already-signed-up"; browser: string; requestedAt: number }
  | { kind: "unknown-address"; browser: string; requestedAt: number }
  | { kind: "new-password-needed"; token: string; lifetimeMs: number }
  | { kind: "invitation"; token: string; lifetimeMs: number }
  | { kind: "password-changed"; browser: string; changedAt: number; alertToken: string; alertLifetimeMs: number }
  | { kind: "signed-in-by-link"; browser: string; signedInAt: number; alertToken: string; alertLifetimeMs: number }
  | ({ kind: "email-change"; from: string } & Omit<LinkView, "code">)
  | { kind: "email-in-use"; browser: string; requestedAt: number }
  /** The new address gets the button of every notice; the old one can take the account back. */
  | ({
      kind: "email-changed";
      changedAt: number;
      button: { does: "object" | "undo"; token: string; lifetimeMs: number };
    } & AddressNotice)
  | ({ kind: "email-change-undone"; undoneAt: number } & AddressNotice);

/** Data of the notices about a changed address. Both addresses are masked. */
export interface AddressNotice {
  from: string;
  to: string;
  browser: string;
}

/** An email ready to be sent, or why there is nothing to send. */
export type PreparedEmail =
  | {
      kind: "nothing";
      why: string;
      /** Whether no account has the address. */
      noAccount?: boolean;
      /** An email that is made and not sent, so that a request that needs none takes as long as one that does. */
      rehearsal?: { view: EmailView; withdraw: () => Promise<void> };
    }
  | {
      kind: "mail";
      /** The address stored with the account, where there is one. */
      to: string;
      view: EmailView;
      /** Whether the recipient's address is erased once the email has ended. */
      forgetsAddress?: boolean;
      /** Deletes what was minted for an email that certainly did not leave. */
      withdraw: () => Promise<void>;
    };
