import type { TestClient } from "./client.ts";
import { type App, linkIn, tokenOf } from "./open-app.ts";

/** Where each mail is asked for. */
export const REQUEST_PATHS = { reset: "/forgot-password", signIn: "/sign-in-link", signUp: "/sign-up" } as const;

/** A mail with a link and a code, as its reader has it. */
export interface ReceivedEmail {
  link: string;
  token: string;
  code: string;
}

/** Asks for a mail in that browser, as a person would, has it sent, and reads it. */
export async function requestEmail(app: App, client: TestClient, path: string, email: string): Promise<ReceivedEmail> {
  await client.open(path);
  await client.submit({ email }, path);
  return receiveEmail(app);
}

/** A code on a line of its own. */
const CODE = /^\d{4} \d{4}$/m;

/** Has a mail sent that was asked for, and reads it. Throws where none came. */
export async function receiveEmail(app: App): Promise<ReceivedEmail> {
  const before = app.mails.length;
  await app.deliver();
  // A notice may leave at the same time, before it or after.
  const mail = app.mails.slice(before).findLast(({ text }) => CODE.test(text));
  if (!mail) throw new Error("No mail came.");
  const link = linkIn(mail.text);
  return { link, token: tokenOf(link), code: codeIn(mail.text) };
}

/** The eight digits in a mail's text. Throws where it holds none. */
export function codeIn(text: string): string {
  const code = CODE.exec(text)?.[0];
  if (!code) throw new Error(`No code in:\n${text}`);
  return code.replace(" ", "");
}

/** A code that is not this one. */
export function differentCode(code: string, by = 1): string {
  return String((Number(code) + by) % 10 ** 8).padStart(8, "0");
}

/** The link to object with, in the newest mail that holds one. */
export function alertLinkIn(app: App): string {
  const notice = app.mails.findLast(({ text }) => text.includes("/objection/"));
  if (!notice) throw new Error("No notice has left yet.");
  return linkIn(notice.text);
}

/** The address of a person who is signed in in that browser, or null. */
export async function signedInAs(client: TestClient): Promise<string | null> {
  const page = await client.request("GET", "/users/me");
  return /signed in as <strong>([^<]+)</.exec(page.body)?.[1] ?? null;
}

/** Another browser with the same cookies: what a thief of cookies has, and a person's second window. */
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
