/** How an attempt at a mail ended. */
export type EmailOutcome = "sent" | "failed" | "failed" | "closed";

/** Told what happens as it happens. Nothing that it is told names anybody. It must not throw. */
export interface Meter {
  /** `route` as the route table writes it (`/reset-password/:token`), or `other`. `ms` in milliseconds. */
  request(route: string, status: number, ms: number): void;
  mail(kind: string, end: EmailOutcome): void;
  statement(ms: number): void;
}

/** Discards all measurements. */
export const NO_METER: Meter = { request() {}, mail() {}, statement() {} };
