import { createTransport } from "nodemailer";

/** Who a mail is from. In two parts, because names may hold what means something in an address. */
export interface Sender {
  name: string;
  address: string;
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
 * What carries mails away. `send` resolves with the server's answer once the server has taken the mail over, and throws
 * otherwise; `isPermanent` tells which errors need no second attempt, and `mayHaveLeft` which leave it open.
 */
export interface Transport {
  send(message: Message): Promise<string>;
  close?(): void | Promise<void>;
}

/** How a send failed. */
export interface SendFailure {
  /** The server refused this mail for good (5yz, RFC 5321 §4.2.1). */
  isPermanent: boolean;
  /** The server may have taken the mail although we did not hear so. */
  mayHaveLeft: boolean;
  answer: string;
}

/** A whole attempt, from looking the server up to its last answer, in milliseconds. */
const DEADLINE = 30_000;

/** Sends over SMTP. TLS is demanded and verified, and never given up, unless the server is this very machine. */
export function smtpTransport(url: string): Transport {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isLocal = isLoopback(hostname);
  const secure = protocol === "smtps:";
  const transporter = createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !isLocal && !secure,
    ignoreTLS: isLocal && !secure,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send(message) {
      const { response } = await within(DEADLINE, (signal) => transporter.sendMail({ ...mimeOf(message), signal }));
      return response;
    },
    close: () => transporter.close(),
  };
}

/** The message in nodemailer's words. Objects, where a string could be read as several addresses. */
export function mimeOf(message: Message) {
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

/** Whether a host name means this very machine, where mail does not cross a network. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Faults that show before a mail is handed over: the server was not reached, or not trusted, or did not trust us. */
const BEFORE_HANDING_OVER = ["EDNS", "ETLS", "EAUTH", "ENOAUTH", "EENVELOPE", "EOAUTH2", "EREQUIRETLS"];

/** Reads nodemailer's error: its `responseCode` is the server's, its `command` what was being said. */
export function sendFailure(error: unknown): SendFailure {
  const { responseCode, response, command, code, syscall, message } = error as {
    responseCode?: number;
    response?: string;
    command?: string;
    code?: string;
    syscall?: string;
    message?: string;
  };
  // Only about the recipient or the mail itself is a server's "never" the last word. A refused login, sender or greeting
  // is our fault or the server's: it is put right, and the mail goes.
  const isAboutMail = command === "RCPT TO" || command === "DATA";
  const isPermanent = isAboutMail && responseCode !== undefined && responseCode >= 500;
  const isCertain = responseCode !== undefined || BEFORE_HANDING_OVER.includes(code ?? "") || syscall === "connect";
  return { isPermanent, mayHaveLeft: !isCertain, answer: response ?? message ?? String(error) };
}

/** Aborts what takes longer: the connection is closed, so that a mail that counts as failed cannot leave after all. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new Error(`The mail server took longer than ${ms / 1_000} seconds.`);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(late), ms);
  return work(abort.signal)
    .catch((error) => Promise.reject(abort.signal.aborted ? late : error))
    .finally(() => clearTimeout(timer));
}
