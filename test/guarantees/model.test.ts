import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import type { TestResponse } from "../support/client.ts";
import { isOnPostgres } from "../support/engine.ts";
import { maskedHeaders } from "../support/masked.ts";
import * as model from "../support/model.ts";
import {
  type Browser,
  check,
  deliver,
  newPassword,
  openWorld,
  PEOPLE,
  recordSignIn,
  type World,
} from "../support/model-world.ts";
import { firstSeed } from "../support/seed.ts";
import { recordStatements } from "../support/statements.ts";

/** The number of runs. The seed comes from the commit, and a failure names it: see docs/testing.md. */
const RUNS = Number(process.env.LATCHKEY_TEST_RUNS || (isOnPostgres() ? 8 : 40));
/** In milliseconds. A slow machine stops earlier. */
const TIME = process.env.LATCHKEY_TEST_RUNS ? 3_600_000 : 60_000;

const REQUEST_PATHS = {
  "password-reset": "/forgot-password",
  "sign-in-link": "/sign-in-link",
  "sign-up": "/sign-up",
} as const;
const OPEN = { ...REQUEST_PATHS, "password-reset": "/reset-password", "security-alert": "/objection" } as const;

type Step =
  | { does: "ask"; browser: number; who: number; purpose: model.Purpose; isDelivered: boolean }
  | { does: "deliver" }
  | { does: "send again"; browser: number }
  | { does: "open"; browser: number; back: number }
  | { does: "use"; browser: number; back: number }
  | { does: "use with code"; browser: number; back: number; isRight: boolean }
  | { does: "type"; browser: number; isRight: boolean; times: number }
  | { does: "change"; browser: number; isRight: boolean }
  | { does: "sign in"; browser: number; who: number; isRight: boolean }
  | { does: "sign out"; browser: number }
  | { does: "pass"; ms: number };

/** The index that selects the browser that requested the link or code about to be used. */
const REQUESTING_BROWSER = 3;
const browser = fc.nat({ max: 2 });
const user = fc.oneof(browser, fc.constant(REQUESTING_BROWSER));
const who = fc.nat({ max: PEOPLE.length - 1 });
const back = fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 5);
const isRight = fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });
const asked = fc.constantFrom("password-reset" as const, "sign-in-link" as const, "sign-up" as const);
const does = <Name extends Step["does"]>(name: Name) => fc.constant(name);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ does: does("ask"), browser, who, purpose: asked, isDelivered: isRight }),
  },
  { weight: 2, arbitrary: fc.record({ does: does("deliver") }) },
  { weight: 2, arbitrary: fc.record({ does: does("send again"), browser }) },
  { weight: 2, arbitrary: fc.record({ does: does("open"), browser: user, back }) },
  { weight: 9, arbitrary: fc.record({ does: does("use"), browser: user, back }) },
  { weight: 2, arbitrary: fc.record({ does: does("use with code"), browser: user, back, isRight }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: does("type"), browser: user, isRight, times: fc.constantFrom(1, 1, 1, 2, 5) }),
  },
  { weight: 2, arbitrary: fc.record({ does: does("change"), browser, isRight }) },
  { weight: 3, arbitrary: fc.record({ does: does("sign in"), browser, who, isRight }) },
  { weight: 1, arbitrary: fc.record({ does: does("sign out"), browser }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: does("pass"),
      ms: fc.constantFrom(SECOND, MINUTE, MINUTE, 5 * MINUTE, 10 * MINUTE, HOUR, DAY, 7 * DAY),
    }),
  },
);

describe("The guarantees", () => {
  it("hold for random sequences of requests, links, codes, changes, alerts and delays (M6)", async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 25, size: "max" }), async (steps) => {
      const world = await openWorld();
      for (const one of steps) {
        await take(world, one);
        await check(world);
      }
      assert.ok(world.responses.size <= 1, "requesting an email returns the same response for every address");
      await world.app.latchkey.close();
    });

    await fc.assert(property, { numRuns: RUNS, interruptAfterTimeLimit: TIME, seed: firstSeed() });
  });
});

async function take(world: World, step: Step): Promise<void> {
  const { app, model: m } = world;
  switch (step.does) {
    case "deliver":
      return deliver(world);
    case "pass":
      app.pass(step.ms);
      m.now = app.now();
      return;
    case "ask":
      return ask(world, at(world, step.browser), step);
    case "send again":
      return sendAgain(world, at(world, step.browser));
    case "open":
    case "use":
    case "use with code": {
      const link = pick(world, step.back);
      if (!link) return;
      const browser = at(world, step.browser, link.request);
      if (step.does === "open") return open(world, browser, link);
      if (step.does === "use") return use(world, browser, link);
      return link.purpose === "sign-in-link" ? useWithCode(world, browser, link, step.isRight) : undefined;
    }
    case "type": {
      const browser = at(world, step.browser, m.codes.at(-1)?.request);
      for (let i = 0; i < step.times; i += 1) await type(world, browser, step.isRight);
      return;
    }
    case "change":
      return change(world, at(world, step.browser), step.isRight);
    case "sign in":
      return signIn(world, at(world, step.browser), step);
    case "sign out":
      return signOut(at(world, step.browser));
  }
}

async function ask(world: World, browser: Browser, step: Step & { does: "ask" }): Promise<void> {
  const { model: m } = world;
  const email = PEOPLE[step.who] ?? "";
  await deliverFirst(world, step.purpose, email);
  // The model knows one request of a browser; `several-requests.test.ts` has those of several.
  const { waiting } = browser;
  const isRepeated = model.isWaiting(m, waiting) && waiting.purpose === step.purpose && waiting.email === email;
  if (!isRepeated) browser.client.cookies.delete("latchkey-request");
  const response = await browser.client.send(REQUEST_PATHS[step.purpose], { email });

  const { status, headers, body } = response;
  world.responses.add(JSON.stringify({ status, headers: maskedHeaders(headers), body }));
  assert.equal(status, 303);
  browser.waiting = model.recordRequest(m, browser.waiting, step.purpose, email);
  if (step.isDelivered) await deliver(world);
}

async function sendAgain(world: World, browser: Browser): Promise<void> {
  const { model: m } = world;
  if (browser.waiting) await deliverFirst(world, browser.waiting.purpose, browser.waiting.email);
  const { status } = await browser.client.send("/check-email", {});

  if (!model.isWaiting(m, browser.waiting)) return assert.equal(status, 410);
  if (m.now < browser.waiting.requestedAt + MINUTE) return assert.equal(status, 429);
  assert.equal(status, 303);
  model.queueRequestEmail(m, browser.waiting);
}

/** Emails of one kind to one address look alike. Delivering one at a time tells them apart. */
async function deliverFirst(world: World, kind: model.Purpose, email: string): Promise<void> {
  if (world.model.outbox.some((queued) => queued.kind === kind && queued.email === email)) await deliver(world);
}

async function open(world: World, browser: Browser, link: model.Link): Promise<void> {
  const path = `${OPEN[link.purpose]}/${link.token}`;

  const { result, statements } = await recordStatements(() => browser.client.request("GET", path));
  const changes = statements.filter((sql) => !/^(select|update "latchkey_sessions" set "last_seen_at")/.test(sql));
  assert.deepEqual(changes, [], "GET changes nothing");
  assert.equal(result.headers.has("set-cookie"), false);
  const { model: m } = world;
  const needsCode = link.purpose === "sign-in-link" && !isRequestingBrowser(world, browser, link);
  const codes = m.codes.filter((code) => code.request === link.request && model.isLive(m, code));
  const hasCode = model.isWaiting(m, link.request) && codes.length > 0;
  assert.equal(result.status, model.isLive(m, link) && (!needsCode || hasCode) ? 200 : 410);
}

async function use(world: World, browser: Browser, link: model.Link): Promise<void> {
  const { model: m } = world;
  const { token, email } = link;
  const isLive = model.isLive(m, link);
  switch (link.purpose) {
    case "security-alert": {
      await deliverFirst(world, "password-reset", email);
      const { status } = await browser.client.send("/objection", { token });
      assert.equal(status, isLive ? 303 : 410);
      if (!isLive) return;
      m.accounts.set(email, { password: null });
      model.clearFailures(m, email);
      endEverything(world, email);
      m.outbox.push({
        kind: "password-reset",
        email,
        request: null,
        giveUpAt: m.now + model.deliveryWindow("password-reset"),
      });
      return;
    }
    case "sign-in-link": {
      const response = await browser.client.send("/sign-in-link/confirm", { token });
      if (!isLive) return assert.equal(response.status, 410);
      if (!isRequestingBrowser(world, browser, link)) return assert.equal(response.status, 422);
      return signedInByMail(world, browser, link, response);
    }
    case "password-reset":
    case "sign-up": {
      const password = newPassword(world);
      const path = link.purpose === "sign-up" ? "/sign-up/confirm" : "/reset-password";
      const response = await browser.client.send(path, { token, password });
      assert.equal(response.status, isLive ? 303 : 410);
      if (!isLive) return;
      endRequest(browser, email);
      if (link.purpose === "sign-up") model.endLinks(m, email, "sign-up");
      else endEverything(world, email);
      m.accounts.set(email, { password });
      model.clearFailures(m, email);
      recordSignIn(world, browser, email, response);
      if (link.purpose === "password-reset") model.notify(m, "password-changed", email);
    }
  }
}

async function useWithCode(world: World, browser: Browser, link: model.Link, isRight: boolean): Promise<void> {
  const { model: m } = world;
  const { token, request } = link;
  const code = m.codes.findLast((one) => one.request === request);
  const digits = isRight && code ? code.digits : "13572468";
  const response = await browser.client.send("/sign-in-link/confirm", { token, code: digits });

  if (!model.isLive(m, link)) return assert.equal(response.status, 410);
  if (isRequestingBrowser(world, browser, link)) return signedInByMail(world, browser, link, response);
  if (!model.isWaiting(m, request)) return assert.equal(response.status, 410);
  request.tries += 1;
  if (!isRight || !model.isLive(m, code)) return assert.equal(response.status, 422);
  request.tries -= 1;
  signedInByMail(world, browser, link, response);
}

async function type(world: World, browser: Browser, isRight: boolean): Promise<void> {
  const { model: m } = world;
  const request = browser.waiting;
  const code = m.codes.findLast((one) => one.request === request) ?? m.codes.at(-1);
  const digits = isRight && code ? code.digits : "13572468";
  const response = await browser.client.send("/code", { code: digits });

  if (!model.isWaiting(m, request)) return assert.equal(response.status, 410);
  request.tries += 1;
  if (!isRight || !code || code.request !== request || !model.isLive(m, code)) {
    return assert.equal(response.status, request.tries < 5 ? 422 : 410);
  }
  if (code.purpose === "sign-in-link") return signedInByMail(world, browser, code, response);

  assert.equal(response.status, 303);
  code.isEnded = true;
  request.isUsed = true;
  const { purpose, email } = code;
  const token = (response.headers.get("location") ?? "").replace(`${OPEN[purpose]}/`, "");
  m.links.push({ purpose, email, token, request, endsAt: m.now + model.LIFETIME[purpose], isEnded: false });
}

async function change(world: World, browser: Browser, isRight: boolean): Promise<void> {
  const { model: m } = world;
  const { session, client } = browser;
  const known = session && m.accounts.get(session.email)?.password;
  const next = newPassword(world);
  const passwords = { current_password: (isRight && known) || "not the password", password: next };
  const response = await client.send("/users/me/password", passwords);

  if (!session || !model.isLive(m, session)) return assert.match(response.headers.get("location") ?? "", /^\/sign-in/);
  const { email } = session;
  if (!model.mayAttemptPassword(m, email)) return assert.equal(response.status, 429);
  if (!isRight || !known) {
    model.recordFailure(m, email);
    return assert.equal(response.status, 422);
  }
  assert.equal(response.status, 303);
  model.clearFailures(m, email);
  m.accounts.set(email, { password: next });
  model.endAllExceptAlerts(m, email);
  model.endSessions(m, email);
  endRequest(browser, email);
  recordSignIn(world, browser, email, response);
  model.notify(m, "password-changed", email);
}

async function signIn(world: World, browser: Browser, step: Step & { does: "sign in" }): Promise<void> {
  const { model: m } = world;
  const email = PEOPLE[step.who] ?? "";
  const known = m.accounts.get(email)?.password;
  const password = (step.isRight && known) || "not the password";
  const response = await browser.client.send("/sign-in", { email, password });

  if (!model.mayAttemptPassword(m, email)) return assert.equal(response.status, 429);
  if (!step.isRight || !known) {
    model.recordFailure(m, email);
    return assert.equal(response.status, 401);
  }
  assert.equal(response.status, 303);
  model.clearFailures(m, email);
  recordSignIn(world, browser, email, response);
}

async function signOut(browser: Browser): Promise<void> {
  await browser.client.send("/sign-out", {});
  if (browser.session) browser.session.isEnded = true;
  browser.session = null;
  // Signing out deletes the request cookie, so that the next user of the browser does not see the address.
  browser.waiting = null;
}

function signedInByMail(
  world: World,
  browser: Browser,
  proof: { email: string; request: model.WaitingRequest | null },
  response: TestResponse,
): void {
  assert.equal(response.status, 303);
  model.endLinks(world.model, proof.email, "sign-in-link");
  endRequest(browser, proof.email, "sign-in-link");
  recordSignIn(world, browser, proof.email, response);
  model.notify(world.model, "signed-in-by-link", proof.email);
}

/** What was done for an address ends what the same browser waits for with it: for one purpose, or for all. */
function endRequest({ waiting }: Browser, email: string, purpose?: model.Purpose): void {
  if (waiting?.email === email && (purpose === undefined || waiting.purpose === purpose)) waiting.isUsed = true;
}

/** The effect of a reset and of a security alert: all earlier links and sessions end, and requested emails that wait. */
function endEverything({ model: m }: World, email: string): void {
  const isClosed = (queued: { kind: string; email: string }) =>
    queued.email === email && ["password-reset", "sign-in-link"].includes(queued.kind);
  m.outbox.splice(0, m.outbox.length, ...m.outbox.filter((queued) => !isClosed(queued)));
  model.endLinks(m, email);
  model.endSessions(m, email);
}

function isRequestingBrowser({ model: m }: World, browser: Browser, link: model.Link): boolean {
  return model.isKnown(m, browser.waiting) && browser.waiting === link.request;
}

function at({ browsers }: World, index: number, request?: model.WaitingRequest | null): Browser {
  const asking = browsers.find(({ waiting }) => waiting !== null && waiting === request);
  const browser = (index === REQUESTING_BROWSER && asking) || browsers[index % browsers.length];
  if (!browser) throw new Error("There is no such browser.");
  return browser;
}

/** The link `back` places before the newest one, if there is any. */
function pick({ model: m }: World, back: number): model.Link | undefined {
  return m.links.at(-1 - (back % Math.max(1, m.links.length)));
}
