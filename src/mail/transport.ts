import { maskEmail } from "../lib/email-address.ts";

/** Who a mail is from. In two parts, because names may hold what means something in an address. */
export interface Sender {
  name: string;
  address: string;
}

/** Reads `Acme <no-reply@acme.example>`, or an address alone. Returns null for anything else. */
export function parseSender(text: string): Sender | null {
  const [, name = "", inBrackets] = /^([^<>\p{Cc}]*)<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const address = inBrackets ?? text.trim();
  if (!/^[^\s@<>,;:()"]+@[^\s@<>,;:()"]+$/.test(address)) return null;
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
}

/** A mail with its envelope, ready for a mail server. */
export interface Message {
  /** One and the same at every attempt, so that a mail that arrives twice can be told. */
  messageId: string;
  from: Sender;
  /** The one recipient. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * What carries mails away. `send` resolves with the server's answer once the server has taken the mail over. It throws
 * otherwise, a SendError where it knows more; any other error is taken as one after which the mail is tried again.
 */
export interface Transport {
  send(message: Message): Promise<string>;
  close?(): void | Promise<void>;
}

/** How a send failed. The message is the server's answer, or what happened instead of one. */
export class SendError extends Error {
  /** The server refused this mail for good (5yz, RFC 5321 §4.2.1): there is no second attempt. */
  readonly isPermanent: boolean;
  /** The server may have taken the mail although we did not hear so: its link stays good. */
  readonly mayHaveLeft: boolean;
  /** The recipient's address takes no mail, which is remembered for the operator. Only where `isPermanent`. */
  readonly isBounce: boolean;
  /** No mail could leave just now, whosever it is: all wait until it works again, and no attempt is counted. */
  readonly isOutage: boolean;

  constructor(answer: string, { isPermanent = false, mayHaveLeft = false, isBounce = false, isOutage = false } = {}) {
    super(answer);
    this.name = "SendError";
    this.isPermanent = isPermanent;
    this.mayHaveLeft = mayHaveLeft;
    this.isBounce = isPermanent && isBounce;
    this.isOutage = isOutage && !isPermanent && !mayHaveLeft;
  }
}

/** A server's answer without the addresses that it may repeat, for the log. */
export function maskAddresses(answer: string, addresses: readonly string[]): string {
  return addresses.reduce((text, address) => text.replaceAll(address, maskEmail(address)), answer);
}

/** The message in nodemailer's words. Objects, where a string could be read as several addresses. */
export function toMime(message: Message) {
  const { messageId, from, to, subject, text, html } = message;
  return {
    messageId,
    from,
    to: { name: "", address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    headers: {
      // RFC 3834: no answer from a machine is wanted. The second is the same for Exchange.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
  };
}
