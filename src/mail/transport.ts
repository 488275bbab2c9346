import { maskEmail } from "../lib/email-address.ts";
import { cleanForeignText } from "../lib/foreign-text.ts";

/** A sender's display name and address. Kept apart because a display name may contain address syntax. */
export interface Sender {
  name: string;
  address: string;
}

/** Parses `Acme <no-reply@acme.example>`, or an address alone. Returns null for anything else. */
export function parseSender(text: string): Sender | null {
  const [, name = "", inBrackets] = /^([^<>\p{Cc}]*)<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const address = inBrackets ?? text.trim();
  if (!/^[^\s@<>,;:()"]+@[^\s@<>,;:()"]+$/.test(address)) return null;
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
}

/** An email and its envelope. */
export interface Message {
  /** The same at every attempt, so that mail programs recognise a duplicate. */
  messageId: string;
  from: Sender;
  /** The one recipient. It never begins with `-`, so it cannot be read as an option by a program that it is passed to. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where answers go, if not to `from`. */
  replyTo?: string;
}

/** Where in the worker an email is sent from. */
export interface SendOptions {
  /** The delivery lane, from 0. The SMTP transport keeps one connection per lane. Default: a connection for this email alone. */
  lane?: number | undefined;
}

/**
 * Sends email. `send` resolves with the server's answer once the server has accepted the message. It throws otherwise:
 * a SendError if more is known about the failure; after any other error the email is retried as one that may have been accepted.
 */
export interface Transport {
  send(message: Message, options?: SendOptions): Promise<string>;
  /**
   * Does the local work of `send` and sends nothing. Called in place of `send` for requests that need no email, so that they
   * cost as much as those that do. With `probe`, it also checks that the server can be used and throws a SendError if not.
   */
  rehearse?(message: Message, options: { probe: boolean }): Promise<void>;
  close?(): void | Promise<void>;
}

/** Why a send failed. The message is the server's answer, or a description of the failure; it is safe to store and print. */
export class SendError extends Error {
  /** The server refused this email permanently (5yz, RFC 5321 §4.2.1): it is not retried. */
  readonly isPermanent: boolean;
  /** The server may have accepted the email before the connection was lost: its link stays valid. */
  readonly mayHaveLeft: boolean;
  /** The recipient's address does not accept email; it is recorded for the operator. Only with `isPermanent`. */
  readonly isBounce: boolean;
  /** No email to any recipient can be sent at present: all wait, and the attempt is not counted. */
  readonly isOutage: boolean;
  /** The server accepts no further connection at present, while other lanes hold connections. The attempt is not counted. */
  readonly isLaneLimit: boolean;

  constructor(
    answer: string,
    { isPermanent = false, mayHaveLeft = false, isBounce = false, isOutage = false, isLaneLimit = false } = {},
  ) {
    super(cleanForeignText(answer));
    this.name = "SendError";
    this.isPermanent = isPermanent;
    this.mayHaveLeft = mayHaveLeft;
    this.isBounce = isPermanent && isBounce;
    this.isOutage = isOutage && !isPermanent && !mayHaveLeft;
    this.isLaneLimit = isLaneLimit;
  }
}

/** A server's answer with these addresses masked, in any case that it repeats them, for the log. */
export function maskAddresses(answer: string, addresses: readonly string[]): string {
  return addresses.reduce((text, address) => text.replace(anyCase(address), maskEmail(address)), answer);
}

function anyCase(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "gi");
}

/** The message as nodemailer takes it. Objects, because nodemailer may read a string as several addresses. */
export function toMime(message: Message) {
  const { messageId, from, to, subject, text, html, replyTo } = message;
  return {
    messageId,
    from,
    to: { name: "", address: to },
    ...(replyTo === undefined ? {} : { replyTo: { name: "", address: replyTo } }),
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    headers: {
      // No automatic replies: RFC 3834, and the same for Exchange.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
  };
}
