/**
 * In which order due emails leave: those that an account owner waits for, sign-ups, which strangers can request without
 * limit, and bulk email. The stored numbers are not the order.
 */
export const PRIORITY = { waiting: 0, signUp: 2, many: 1 } as const;

/** The priority of an email that is not bulk email. */
export function priorityOf(kind: string): number {
  return kind === "sign-up" ? PRIORITY.signUp : PRIORITY.waiting;
}

/** Whether an email carries the way back into an account: the reset after "This wasn't me", or the undo of an email change. */
export function isRecovery({ kind, data }: { kind: string; data: Record<string, unknown> }): boolean {
  if (kind === "password-reset") return data.because === "security-alert";
  return kind === "email-changed" && typeof data.right === "string";
}
