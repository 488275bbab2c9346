/** A webmail page. */
export interface Webmail {
  name: string;
  url: string;
}

/** Who an email is for, and who sends it. */
interface Envelope {
  email: string;
  sender: string;
}

interface Provider {
  name: string;
  /** The page that opens on the email itself, found in the spam folder too, where the provider has one. */
  url(envelope: Envelope): string;
}

const enc = encodeURIComponent;

const GMAIL: Provider = {
  name: "Gmail",
  url: ({ email, sender }) =>
    `https://mail.google.com/mail/u/${enc(email)}/#search/${enc(`from:(${sender})`)}+in%3Aanywhere+newer_than%3A1h`,
};
const OUTLOOK: Provider = {
  name: "Outlook",
  url: ({ email }) => `https://outlook.live.com/mail/?login_hint=${enc(email)}`,
};
// Yahoo decodes the search term twice.
const YAHOO: Provider = {
  name: "Yahoo Mail",
  url: ({ sender }) => `https://mail.yahoo.com/d/search/keyword=${enc(enc(`from:${sender}`))}`,
};
const PROTON: Provider = {
  name: "Proton Mail",
  url: ({ sender }) => `https://mail.proton.me/u/0/all-mail#from=${enc(sender)}`,
};
const ICLOUD = inbox("iCloud Mail", "https://www.icloud.com/mail");
const GMX = inbox("GMX", "https://www.gmx.net/");

const BY_DOMAIN = new Map<string, Provider>([
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
  ["web.de", inbox("WEB.DE", "https://web.de/email/")],
  ["fastmail.com", inbox("Fastmail", "https://app.fastmail.com/")],
  ["aol.com", inbox("AOL Mail", "https://mail.aol.com/")],
]);

function inbox(name: string, url: string): Provider {
  return { name, url: () => url };
}

/** The webmail page for a normalised address, by its domain alone; null if it is not known. */
export function webmailFor(envelope: Envelope): Webmail | null {
  const domain = envelope.email.slice(envelope.email.lastIndexOf("@") + 1);
  const country = /^(outlook|hotmail|live|yahoo)\.(?:[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/.exec(domain)?.[1];
  const provider = BY_DOMAIN.get(domain) ?? (country ? BY_DOMAIN.get(`${country}.com`) : undefined);
  return provider ? { name: provider.name, url: provider.url(envelope) } : null;
}
