/** How one mail server is reached, in nodemailer's words. */
export type SmtpSettings = ReturnType<typeof smtpSettings>;

/** The addresses in a text that separates them with commas. A comma inside an address, in a password say, parts nothing. */
export function smtpUrls(text: string): string[] {
  return text.split(/\s*,\s*(?=smtps?:)/i).map((url) => url.trim());
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

/**
 * Reads `smtps://…`, or `smtp://…` for STARTTLS. TLS is demanded and verified, and never given up, unless the server is
 * this very machine.
 */
export function smtpSettings(url: string, { openMs, attemptMs }: { openMs: number; attemptMs: number }) {
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
    dnsTimeout: openMs,
    connectionTimeout: openMs,
    greetingTimeout: openMs,
    socketTimeout: attemptMs,
    // A connection that is closed is closed: nothing may leave over it afterwards.
    socketCloseTimeout: 0,
  };
}
