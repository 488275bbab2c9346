/** What a mail with a link is made of. Times in epoch milliseconds, durations in milliseconds. */
export interface LinkView {
  token: string;
  lifetimeMs: number;
  /** For the browser that asked, where one waits. */
  code: { digits: string; lifetimeMs: number } | null;
  browser: string;
  askedAt: number;
}

/** What each kind of mail says, without how it looks. */
export type MailView =
  | ({ kind: "password-reset"; because: "asked" | "objection" } & LinkView)
  | ({ kind: "sign-up" } & LinkView)
  | ({ kind: "sign-in-link" } & LinkView)
  | { kind: "already-signed-up"; browser: string; askedAt: number }
  | { kind: "new-password-needed"; token: string; lifetimeMs: number }
  | { kind: "invitation"; token: string; lifetimeMs: number }
  | { kind: "password-changed"; browser: string; changedAt: number; objectionToken: string; objectionMs: number }
  | { kind: "signed-in-by-link"; browser: string; signedInAt: number; objectionToken: string; objectionMs: number };

/** A mail made ready to leave, or why there is nothing to send. */
export type PreparedMail =
  | { kind: "nothing"; why: string }
  | {
      kind: "mail";
      /** The address stored with the account, where there is one. */
      to: string;
      view: MailView;
      /** Takes back what was minted for a mail that certainly did not leave. */
      withdraw: () => Promise<void>;
    };
