import { SendError } from "../transport.ts";

/** How a send over SMTP failed. */
export class SmtpFailure extends SendError {
  /** The server's fault, and the mail certainly did not leave: another connection, or another server, may be tried. */
  readonly isServers: boolean;
  /** The code of the server's reply, where it gave one (RFC 5321 §4.2). */
  readonly code: number | undefined;

  constructor(
    answer: string,
    about: ConstructorParameters<typeof SendError>[1] & { isServers: boolean; code?: number },
  ) {
    super(answer, about);
    this.isServers = about.isServers;
    this.code = about.code;
  }
}

/** What nodemailer says of a failure: the server's code and reply, and the command that they answer. */
interface Said {
  responseCode?: number;
  response?: string;
  command?: string;
  code?: string;
  message: string;
}

/** The codes of a login that is missing, wrong or too weak (RFC 4954 §6): ours to put right, wherever they come. */
const ABOUT_LOGIN = [530, 534, 535, 538];
const TOO_LARGE = 552;
/** Said in the wrong order: the connection is out of step, and says nothing about the mail. */
const OUT_OF_STEP = 503;
const CLOSING = 421;

/**
 * Reads a failure from before a mail was named: connecting, TLS, greeting, login. It cannot be the mail's fault, and is
 * the same for every mail.
 */
export function classifySessionError(error: unknown): SmtpFailure {
  const said = error as Said;
  const code = replyCode(said);
  return new SmtpFailure(said.response ?? said.message, { isOutage: true, isServers: true, ...(code ? { code } : {}) });
}

/**
 * Reads a failure from when a mail was under way. `wasHandedOver`: its last byte had gone. Only the recipient's or the
 * mail's own refusal is the last word on it; and nothing that a recipient can bring about may look like an outage, or
 * else one address would hold up everybody's mail.
 */
export function classifyMessageError(error: unknown, { wasHandedOver }: { wasHandedOver: boolean }): SmtpFailure {
  const said = error as Said;
  const code = replyCode(said);
  const answer = said.response ?? said.message;
  const mayHaveLeft = wasHandedOver && code === undefined;
  if (mayHaveLeft) return new SmtpFailure(answer, { mayHaveLeft, isServers: false });
  // Nodemailer itself refuses an address with a line break, and a mail larger than the server said it takes.
  if (code === undefined) {
    const isPermanent = said.code === "EENVELOPE" || said.code === "EMESSAGE";
    return new SmtpFailure(answer, { isPermanent, isServers: !isPermanent });
  }

  const isRefusal = code >= 500 && code !== OUT_OF_STEP;
  const isSender = said.command === "MAIL FROM" && isRefusal && code !== TOO_LARGE;
  // A relay may hand on what the recipient's own server said to it. Then it is not our login that is asked for.
  const isAboutLogin = ABOUT_LOGIN.includes(code);
  const isRecipients = said.command === "RCPT TO" || wasHandedOver;
  const isOutage = isSender || (isAboutLogin && !isRecipients);
  const isPermanent = isRefusal && !isOutage && !isAboutLogin;
  // Some servers say only after the message that the address is wrong (RFC 3463: 5.1 and 5.2 are about the mailbox).
  const isBounce = isPermanent && (said.command === "RCPT TO" || /^5\d\d[ -]5\.[12]\./.test(answer));
  const isServers = isOutage || isAboutLogin || code === CLOSING || code === OUT_OF_STEP;
  return new SmtpFailure(answer, { isPermanent, isBounce, isOutage, isServers, code });
}

/** The code, if the server refused. Anything else that it says in the wrong place is no answer at all. */
function replyCode({ responseCode }: Said): number | undefined {
  return responseCode !== undefined && responseCode >= 400 && responseCode < 600 ? responseCode : undefined;
}
