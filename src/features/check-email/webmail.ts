/** A webmail page. */
export interface Webmail {
  name: string;
  url: string;
}

const GMAIL = { name: "Gmail", url: "https://mail.google.com/" };
const OUTLOOK = { name: "Outlook", url: "https://outlook.live.com/mail/" };
const YAHOO = { name: "Yahoo Mail", url: "https://mail.yahoo.com/" };
const ICLOUD = { name: "iCloud Mail", url: "https://www.icloud.com/mail" };
const PROTON = { name: "Proton Mail", url: "https://mail.proton.me/" };
const GMX = { name: "GMX", url: "https://www.gmx.net/" };

const BY_DOMAIN = new Map<string, Webmail>([
  ["gmail.com", GMAIL],
  ["googlemail.com", GMAIL],
  ["outlook.com", OUTLOOK],
  ["hotmail.com", OUTLOOK],
  ["live.com", OUTLOOK],
  ["msn.com", OUTLOOK],
  ["yahoo.com", YAHOO],
  ["ymail.com", YAHOO],
  ["icloud.com", ICLOUD],
  ["me.com", ICLOUD],
  ["mac.com", ICLOUD],
  ["proton.me", PROTON],
  ["protonmail.com", PROTON],
  ["pm.me", PROTON],
  ["gmx.de", GMX],
  ["gmx.net", GMX],
  ["gmx.at", GMX],
  ["web.de", { name: "WEB.DE", url: "https://web.de/email/" }],
  ["fastmail.com", { name: "Fastmail", url: "https://app.fastmail.com/" }],
  ["aol.com", { name: "AOL Mail", url: "https://mail.aol.com/" }],
]);

/** The webmail page for a normalised address, by its domain alone; null if it is not known. */
export function webmailFor(email: string): Webmail | null {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  const country = /^(outlook|hotmail|live|yahoo)\.(?:[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/.exec(domain)?.[1];
  return BY_DOMAIN.get(domain) ?? (country ? (BY_DOMAIN.get(`${country}.com`) ?? null) : null);
}
