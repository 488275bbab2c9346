import assert from "node:assert/strict";
import { MINUTE } from "../../src/lib/clock.ts";
import type { TestClient, TestResponse } from "./client.ts";
import { type App, linkIn, type Mail, PASSWORD } from "./open-app.ts";

/** Limits that no test reaches. */
export const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

/** Requests an email change on the page of a signed-in user, and delivers the emails. */
export async function requestEmailChange(
  app: App,
  person: TestClient,
  email: string,
  password = PASSWORD,
): Promise<void> {
  await person.open("/users/me");
  await person.submit({ email, current_password: password }, "/users/me/email");
  await app.deliver();
}

/** Moves the account of a person who is signed in to another address, as they would. */
export async function changeAddress(app: App, person: TestClient, email: string, password = PASSWORD): Promise<void> {
  await requestEmailChange(app, person, email, password);
  await person.open(linkTo(app, email, "email-change"));
  await person.submit({});
  await app.deliver();
}

/** So many wrong guesses, each answered with `status`, and each after the wait that the one before it costs. */
export async function sendWrongGuesses(
  app: App,
  times: number,
  status: number,
  send: () => Promise<TestResponse>,
): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    assert.equal((await send()).status, status);
    app.pass(MINUTE);
  }
}

/** The emails to an address, oldest first. */
export function emailsTo(app: App, email: string): Mail[] {
  return app.mails.filter(({ to }) => to === email);
}

/** The newest link of that kind that was mailed to the address. */
/** The path below which the links of a purpose stand. */
const PATHS: Record<string, string> = {
  "security-alert": "objection",
  "email-change": "address-change",
  "email-change-undo": "address-undo",
};

export function linkTo(app: App, email: string, purpose: string): string {
  const kind = PATHS[purpose] ?? purpose;
  const mail = emailsTo(app, email).findLast(({ text }) => text.includes(`/${kind}/`));
  if (!mail) throw new Error(`No mail to ${email} holds a link to /${kind}/.`);
  return linkIn(mail.text);
}
