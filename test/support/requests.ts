import type { TestClient } from "./client.ts";
import { type App, linkIn, tokenOf } from "./open-app.ts";

/** The path at which each email is requested. */
export const REQUEST_PATHS = { reset: "/forgot-password", signIn: "/sign-in-link", signUp: "/sign-up" } as const;

/** The link and the code of an email. */
export interface ReceivedEmail {
  link: string;
  token: string;
  code: string;
}

/** Requests an email in that browser, delivers it, and returns its link and code. */
export async function requestEmail(app: App, client: TestClient, path: string, email: string): Promise<ReceivedEmail> {
  await client.open(path);
  await client.submit({ email }, path);
  return receiveEmail(app);
}

/** A code on a line of its own. */
const CODE = /^ *(\d{4} \d{4})$/m;

/** Delivers a requested email and returns its link and code. Throws if none was sent. */
export async function receiveEmail(app: App): Promise<ReceivedEmail> {
  const before = app.mails.length;
  await app.deliver();
  // A notice may leave at the same time, before it or after.
  const mail = app.mails.slice(before).findLast(({ text }) => CODE.test(text));
  if (!mail) throw new Error("No mail came.");
  const link = linkIn(mail.text);
  return { link, token: tokenOf(link), code: codeIn(mail.text) };
}

/** The eight digits in the text of an email. Throws if it has none. */
export function codeIn(text: string): string {
  const code = CODE.exec(text)?.[1];
  if (!code) throw new Error(`No code in:\n${text}`);
  return code.replace(" ", "");
}

/** A code that is not this one. */
export function differentCode(code: string, by = 1): string {
  return String((Number(code) + by) % 10 ** 8).padStart(8, "0");
}

/** The security alert link in the newest email that has one. */
export function alertLinkIn(app: App): string {
  const notice = app.mails.findLast(({ text }) => text.includes("/objection/"));
  if (!notice) throw new Error("No notice has left yet.");
  return linkIn(notice.text);
}

/** The address of a person who is signed in in that browser, or null. */
export async function signedInAs(client: TestClient): Promise<string | null> {
  const page = await client.request("GET", "/users/me");
  return /<div class="what"><bdi dir="ltr">([^<]+)</.exec(page.body)?.[1] ?? null;
}

/** Another client with the same cookies: an attacker with stolen cookies, or a second window. */
export function copyClient(app: App, client: TestClient): TestClient {
  const copy = app.client();
  for (const [name, value] of client.cookies) copy.cookies.set(name, value);
  return copy;
}

/** How many answers had which status. */
export function statuses(responses: { status: number }[]): Record<number, number> {
  const counted: Record<number, number> = {};
  for (const { status } of responses) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
}
