import { type Message, mimeOf, SendError, type Transport } from "./transport.ts";

/** A whole attempt, from looking the server up to its last answer, in milliseconds. */
const DEADLINE = 30_000;

/**
 * Sends over SMTP, a connection a mail. TLS is demanded and verified, and never given up, unless the server is this very
 * machine. `url` is `smtps://…`, or `smtp://…` for STARTTLS. Throws SendError.
 */
export function smtpTransport(url: string): Transport {
  const settings = settingsOf(url);
  return { send: (message) => sendOver(settings, message) };
}

/** Whether the text is an address of a mail server that `smtpTransport` takes. */
export function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isReadable = [username, password].every((part) => /^(?:[^%]|%[0-9a-f]{2})*$/i.test(part));
  return (protocol === "smtp:" || protocol === "smtps:") && hostname !== "" && isReadable;
}

/** Whether a host name means this very machine, where mail does not cross a network. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function settingsOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const isPlain = isLoopback(hostname) && !secure;
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !isPlain && !secure,
    ignoreTLS: isPlain,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

async function sendOver(settings: ReturnType<typeof settingsOf>, message: Message): Promise<string> {
  let wasHandedOver = false;
  const logger = onWholeMessage(() => {
    wasHandedOver = true;
  });
  // Closes the connection too, so that a mail that counts as failed cannot leave after all.
  const late = new SendError(`The mail server took longer than ${DEADLINE / 1_000} seconds.`);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(late), DEADLINE);
  try {
    // Loaded with the first mail, so that a start need not wait for it.
    const { createTransport } = await import("nodemailer");
    const transporter = createTransport({ ...settings, logger });
    const { response } = await transporter.sendMail({ ...mimeOf(message), signal: abort.signal });
    return response;
  } catch (error) {
    throw readError(abort.signal.aborted ? late : error, wasHandedOver);
  } finally {
    clearTimeout(timer);
  }
}

/** Nodemailer tells its logger when the last byte of a message has gone, which no error of its says afterwards. */
function onWholeMessage(tell: () => void) {
  const nothing = () => {};
  const info = (entry: unknown) => (entry as { tnx?: string }).tnx === "message" && tell();
  return { level: nothing, trace: nothing, debug: nothing, info, warn: nothing, error: nothing, fatal: nothing };
}

/** Reads nodemailer's error: its `responseCode` is the server's, its `command` what was being said. */
function readError(error: unknown, wasHandedOver: boolean): SendError {
  const { responseCode, response, command, message } = error as {
    responseCode?: number;
    response?: string;
    command?: string;
    message: string;
  };
  // Only about the recipient or the mail itself is a server's "never" the last word. A refused login, sender or greeting
  // is our fault or the server's: it is put right, and the mail goes.
  const isAboutMail = command === "RCPT TO" || command === "DATA";
  const isPermanent = isAboutMail && responseCode !== undefined && responseCode >= 500;
  return new SendError(response ?? message, { isPermanent, mayHaveLeft: wasHandedOver && responseCode === undefined });
}
