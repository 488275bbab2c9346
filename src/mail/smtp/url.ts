/** How one mail server is reached, as nodemailer takes it. */
export type SmtpSettings = ReturnType<typeof smtpSettings>;

/** Splits comma-separated URLs. A comma inside a URL, in a password for example, does not separate. */
export function smtpUrls(text: string): string[] {
  return text.split(/\s*,\s*(?=smtps?:)/i).map((url) => url.trim());
}

const FORM =
  "must be smtps://user:password@host or smtp://user:password@host (add a port if it isn't the default). Separate several with commas.";
const ENCODING =
  "has a path, query or fragment. If the user name or password contains / # ? or %, use %2F %23 %3F %25 instead, or use SMTP_USER and SMTP_PASSWORD.";

/** What is wrong with the URL of a mail server, and what to write instead; null if nothing is. Never repeats the URL. */
export function smtpUrlProblem(url: string): string | null {
  const [, rest] = /^smtps?:\/\/(.*)$/is.exec(url) ?? [];
  if (rest === undefined) return FORM;
  // Checked on the text: the URL parser cuts a password at the first / # ? and takes what came before for host and port.
  if (/[/#?\\]/.test(rest.replace(/\/$/, ""))) return ENCODING;
  if (!URL.canParse(url)) return FORM;
  const { hostname, username, password } = new URL(url);
  if (![username, password].every((part) => /^(?:[^%]|%[0-9a-f]{2})*$/i.test(part))) return ENCODING;
  return hostname === "" ? FORM : null;
}

/** Adds a user name and password to each URL that has none. */
export function withLogin(urls: string, { user, password }: { user: string; password: string }): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  return smtpUrls(urls)
    .map((url) => url.replace(/^(smtps?:\/\/)(?!.*@)/i, (scheme) => scheme + login))
    .join(",");
}

/** Whether a host name means this machine, where email crosses no network. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Reads `smtps://…`, or `smtp://…` for STARTTLS. TLS is required and verified, and never downgraded (RFC 8314). On this
 * machine STARTTLS is used if offered, with any certificate.
 */
export function smtpSettings(url: string, { helo, ca }: { helo?: string | undefined; ca?: string[] | null } = {}) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const isLocal = isLoopback(hostname) && !secure;
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !isLocal && !secure,
    tls: { ...(ca ? { ca } : {}), ...(isLocal ? { rejectUnauthorized: false } : {}) },
    ...(helo ? { name: helo } : {}),
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    // Nothing that was written may leave after the connection was closed.
    socketCloseTimeout: 0,
  };
}

/** The EHLO name for a base URL's host: the host, or an address literal (RFC 5321 §4.1.3). Undefined for a name without a dot. */
export function heloName(hostname: string): string | undefined {
  if (hostname.startsWith("[")) return `[IPv6:${hostname.slice(1, -1)}]`;
  if (/^[\d.]+$/.test(hostname)) return `[${hostname}]`;
  return hostname.includes(".") ? hostname : undefined;
}
