import { SendError } from "../transport.ts";

/** Why a send over SMTP failed. */
export class SmtpFailure extends SendError {
  /** The fault is the server's, and the email certainly did not leave: another connection or server may be tried. */
  readonly isServers: boolean;
  /** The code of the server's reply, if it gave one (RFC 5321 §4.2). */
  readonly code: number | undefined;

  constructor(
    answer: string,
    about: ConstructorParameters<typeof SendError>[1] & { isServers: boolean; code?: number | undefined },
  ) {
    super(answer, about);
    this.isServers = about.isServers;
    this.code = about.code;
  }
}

/** What nodemailer reports: the server's code and reply, and the command that they answer. */
interface Reported {
  responseCode?: number;
  response?: string;
  command?: string;
  code?: string;
  message: string;
}

/** Whose names an answer may repeat: what we said about ourselves, and the recipient. */
export interface Dialogue {
  from: string;
  to: string;
  helo: string | undefined;
  /** Whether the connection is logged in. */
  isLoggedIn: boolean;
}

/** Login missing, wrong or too weak (RFC 4954 §6). */
const LOGIN_CODES = [530, 534, 535, 538];
const TOO_LARGE = 552;
const BAD_SEQUENCE = 503;
const CLOSING = 421;

const PORTS = "smtps:// is for port 465, smtp:// for port 587";

/**
 * Classifies a failure before an email was named: connection, TLS, greeting, login. It is the same for every email.
 * `hasAnswered`: the server has said anything at all.
 */
export function classifySessionError(
  error: unknown,
  { secure, hasAnswered }: { secure: boolean; hasAnswered: boolean },
): SmtpFailure {
  const { response, message, responseCode } = error as Reported;
  let answer = response ?? message;
  if (
    secure &&
    /wrong version number|packet length too long|unknown protocol|record layer|ssl3_get_record/i.test(message)
  ) {
    answer = `the server does not use TLS from the start on this port: ${PORTS}`;
  } else if (!secure && !hasAnswered && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(message)) {
    answer = `${answer} (no greeting; ${PORTS})`;
  }
  return new SmtpFailure(answer, { isOutage: true, isServers: true, code: replyCode(responseCode) });
}

/**
 * Classifies a failure while an email was being sent. `wasHandedOver`: its last byte had been written. A refusal of our
 * sender, HELO name, relaying rights or login is our outage, in whichever reply it comes (SECURITY.md, M7): Postfix gives all
 * of these at RCPT TO, and Microsoft and SES after DATA.
 */
export function classifyMessageError(
  error: unknown,
  dialogue: Dialogue,
  { wasHandedOver }: { wasHandedOver: boolean },
): SmtpFailure {
  const { responseCode, response, command, message, code: failure } = error as Reported;
  const code = replyCode(responseCode);
  const answer = response ?? message;
  if (code === undefined && wasHandedOver) return new SmtpFailure(answer, { mayHaveLeft: true, isServers: false });
  // Nodemailer itself refuses an address with a line break, and an email larger than the server's SIZE.
  if (code === undefined) {
    const isPermanent = failure === "EENVELOPE" || failure === "EMESSAGE";
    return new SmtpFailure(answer, { isPermanent, isServers: !isPermanent });
  }

  const isRefusal = code >= 500 && code !== BAD_SEQUENCE;
  const isLogin = LOGIN_CODES.includes(code);
  // A relay that let us log in may repeat what the recipient's own server said to it.
  const isOurLogin = isLogin && !dialogue.isLoggedIn && code !== 535;
  const isSender = command === "MAIL FROM" && isRefusal && code !== TOO_LARGE;
  const isOutage = isSender || isOurLogin || (isRefusal && !isLogin && isAboutUs(answer, dialogue));
  const isPermanent = isRefusal && !isOutage && !isLogin;
  // Some servers refuse the mailbox only after the message (RFC 3463: 5.1 and 5.2 are about the mailbox).
  const isBounce = isPermanent && (command === "RCPT TO" || /^5\d\d[ -]5\.[12]\./.test(answer));
  const isServers = isOutage || isLogin || code === CLOSING || code === BAD_SEQUENCE;
  return new SmtpFailure(answer, { isPermanent, isBounce, isOutage, isServers, code });
}

/** Bad sender's mailbox or system address (RFC 3463 X.1.7, X.1.8). */
const SENDER_CODES = /^5\d\d[ -]5\.1\.[78]\b/;
/** How Postfix, Exchange, SES, Exim and sendmail refuse relaying, a sender or a HELO name. */
const ABOUT_US = [
  /\brelay(ing)?\b.{0,40}\b(denied|not permitted|not allowed|prohibited|refused)\b/i,
  /\b(not|un)\s?(permitted|allowed|authori[sz]ed|able)\b.{0,40}\b(to )?(relay|send (as|from|on behalf))/i,
  /\bpermissions? to send as\b/i,
  /\bsend ?as ?denied\b/i,
  /\bsender (address|domain|verify|access)?\s?.{0,20}\b(rejected|denied|failed)\b/i,
  /\bnot owned by user\b/i,
  /\b(helo|ehlo)\b.{0,40}\b(rejected|invalid|denied|required|refused)\b/i,
  /\bemail address is not verified\b/i,
  /\bauthentication (is )?required\b/i,
];

function isAboutUs(answer: string, { from, to, helo }: Dialogue): boolean {
  if (SENDER_CODES.test(answer)) return true;
  // The recipient may share our domain: their own address in the answer names them and not us.
  const text = ` ${answer.toLowerCase().replaceAll(to.toLowerCase(), " ")} `;
  if (text.includes(from.toLowerCase())) return true;
  if (helo && namesHost(text, helo.toLowerCase())) return true;
  return ABOUT_US.some((pattern) => pattern.test(text));
}

/** Whether a host is named by itself, and not as part of an address or of a longer name. */
function namesHost(text: string, host: string): boolean {
  for (let at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + 1)) {
    const after = text.slice(at + host.length);
    if (!/[\w@.-]/.test(text[at - 1] ?? " ") && !/^([\w-]|\.\w)/.test(after)) return true;
  }
  return false;
}

/** The code, if the server refused. Any other reply in its place is a protocol error, not an answer. */
function replyCode(code: number | undefined): number | undefined {
  return code !== undefined && code >= 400 && code < 600 ? code : undefined;
}
