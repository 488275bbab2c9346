/** How a delivery attempt ended. `failed`: it is repeated; `given-up`: it is not; `closed`: the request needed no email. */
export type EmailOutcome = "sent" | "failed" | "given-up" | "closed";

/** Receives measurements. They hold no personal data. Implementations must not throw. */
export interface Meter {
  /** `route` as the route table writes it (`/reset-password/:token`), or `other`. `ms` in milliseconds. */
  request(route: string, status: number, ms: number): void;
  mail(kind: string, end: EmailOutcome): void;
  statement(ms: number): void;
}

/** Discards all measurements. */
export const NO_METER: Meter = { request() {}, mail() {}, statement() {} };
