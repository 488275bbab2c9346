/** What each kind of mail says, without how it looks. Times in epoch milliseconds, durations in milliseconds. */
export type MailView =
  | { kind: "password-reset"; token: string; lifetimeMs: number; browser: string; askedAt: number }
  | { kind: "sign-up"; token: string; lifetimeMs: number; browser: string; askedAt: number }
  | { kind: "already-signed-up"; browser: string; askedAt: number }
  | { kind: "password-changed"; browser: string; changedAt: number }
  | { kind: "new-password-needed"; token: string; lifetimeMs: number }
  | { kind: "invitation"; token: string; lifetimeMs: number };

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
