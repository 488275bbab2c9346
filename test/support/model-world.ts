import assert from "node:assert/strict";
import { DAY, MINUTE } from "../../src/lib/clock.ts";
import type { TestClient, TestResponse } from "./client.ts";
import * as model from "./model.ts";
import { type App, linkIn, openApp, tokenOf } from "./open-app.ts";
import { codeIn } from "./requests.ts";
import { SUBJECTS } from "./words.ts";

/** A browser, with what the model knows of it. */
export interface Browser {
  client: TestClient;
  waiting: model.WaitingRequest | null;
  session: model.Session | null;
}

/** The real thing, and the model beside it. */
export interface World {
  app: App;
  model: model.Model;
  browsers: Browser[];
  /** How asking was answered, without what may differ from browser to browser: must stay one. */
  responses: Set<string>;
  passwords: number;
}

export const PEOPLE = ["anna@example.com", "bob@example.com", "nora@example.com"] as const;
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h", signInsPerAccount: "100000/1h" };
const EMAIL_SUBJECTS: Record<model.QueuedEmail["kind"], readonly string[]> = {
  "password-reset": [SUBJECTS.reset],
  "sign-in-link": [SUBJECTS.signInLink],
  "sign-up": [SUBJECTS.signUp, SUBJECTS.alreadySignedUp],
  "password-changed": [SUBJECTS.passwordChanged],
  "signed-in-by-link": [SUBJECTS.signedInByLink],
};

/** Opens an app with two accounts, no session, and a third address without an account. */
export async function openWorld(): Promise<World> {
  const app = await openApp({ limits: HIGH_LIMITS });
  const browsers = [1, 2, 3].map(() => ({ client: app.client(), waiting: null, session: null }));
  const world: World = { app, model: model.newModel(app.now()), browsers, responses: new Set(), passwords: 0 };
  for (const email of PEOPLE.slice(0, 2)) {
    const password = newPassword(world);
    const maker = app.client();
    await maker.send("/sign-up", { email });
    await app.deliver();
    await maker.send("/sign-up/confirm", { token: tokenOf(app.lastLink()), password });
    await maker.send("/sign-out", {});
    world.model.accounts.set(email, { password });
  }
  app.mails.length = 0;
  return world;
}

export function newPassword(world: World): string {
  world.passwords += 1;
  return `password number ${world.passwords} of many`;
}

/** Delivers all due email and checks it against the model: the same emails to the same addresses. */
export async function deliver({ app, model: m }: World): Promise<void> {
  const before = app.mails.length;
  await app.deliver();
  const mails = app.mails.slice(before);

  for (const queued of m.outbox.splice(0)) {
    const what = model.deliveryOutcome(m, queued);
    if (what === "nothing") continue;
    const { kind, email, request } = queued;
    const found = mails.findIndex(({ to, subject }) => to === email && EMAIL_SUBJECTS[kind].includes(subject));
    assert.ok(found >= 0, `a mail "${kind}" to ${email} did not leave`);
    const [mail] = mails.splice(found, 1);
    const text = mail?.text ?? "";
    if (what === "no link") {
      assert.throws(() => linkIn(text));
      continue;
    }
    const isNotice = kind === "password-changed" || kind === "signed-in-by-link";
    const purpose = isNotice ? "security-alert" : kind;
    const endsAt = m.now + model.LIFETIME[purpose];
    m.links.push({ purpose, email, token: tokenOf(linkIn(text)), request, endsAt, isEnded: false });
    if (isNotice || request === null) {
      assert.throws(() => codeIn(text));
      continue;
    }
    const codeEndsAt = m.now + Math.min(10 * MINUTE, model.LIFETIME[kind]);
    m.codes.push({ digits: codeIn(text), purpose: kind, email, request, endsAt: codeEndsAt, isEnded: false });
  }
  assert.deepEqual(
    mails.map(({ to, subject }) => `${to}: ${subject}`),
    [],
    "mails that no one asked for",
  );
}

/** Records that the browser's old session has ended and that it has a new one. */
export function recordSignIn({ model: m }: World, browser: Browser, email: string, response: TestResponse): void {
  if (browser.session) browser.session.isEnded = true;
  assert.ok(response.headers.has("set-cookie"), "no session was begun");
  const token = browser.client.cookies.get("latchkey") ?? "";
  assert.ok(!m.sessions.some((session) => session.token === token), "a session's token came a second time");
  browser.session = { email, token, endsAt: m.now + 30 * DAY, isEnded: false };
  m.sessions.push(browser.session);
}

/** Holds the real thing against the model: who is signed in where, and which links are good. */
export async function check({ app, model: m, browsers }: World): Promise<void> {
  for (const { client, session } of browsers) {
    const { status, body } = await client.request("GET", "/users/me");
    const email = session && model.isLive(m, session) ? session.email : null;
    assert.equal(
      /<div class="what"><bdi dir="ltr">([^<]+)</.exec(body)?.[1] ?? null,
      email,
      "who is signed in in a browser",
    );
    assert.equal(status, email ? 200 : 303);
    const sessions = m.sessions.filter((one) => one.email === email && model.isLive(m, one));
    assert.equal(body.match(/class="device"/g)?.length ?? 0, sessions.length, "how many sessions there are");
  }
  for (const session of m.sessions) {
    const headers = { cookie: `latchkey=${session.token}` };
    const person = await app.latchkey.account(new Request(app.baseUrl, { headers }));
    assert.equal(person?.email ?? null, model.isLive(m, session) ? session.email : null, "whose session a cookie is");
  }
  for (const link of m.links) {
    assert.equal(await isGood(app, link), model.isLive(m, link), `whether a link is good: ${link.purpose}`);
  }
}

async function isGood(app: App, { purpose, token }: model.Link): Promise<boolean> {
  const visit = app.visit();
  switch (purpose) {
    case "password-reset":
      return (await visit.passwordReset.preview({ token })).kind === "live";
    case "sign-up":
      return (await visit.signUp.preview({ token })).kind === "live";
    case "security-alert":
      return (await visit.securityAlert.preview({ token })).kind === "live";
    case "sign-in-link": {
      const seen = await visit.signInLink.preview({ token });
      return seen.kind === "live" || seen.reason === "code-unavailable";
    }
  }
}
