import { DAY, HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import type { TestClient } from "../support/client.ts";
import { snapshot } from "./guarantees.ts";
import { GuaranteeViolation, isDone, type Offer, type Person, type World } from "./world.ts";

/** One action of a user or an attacker. */
type Step = (world: World) => Promise<void>;

const ASK_FORMS = ["/forgot-password", "/forgot-password", "/sign-in-link", "/sign-up"] as const;
const KINDS = { "/forgot-password": "password-reset", "/sign-in-link": "sign-in-link", "/sign-up": "sign-up" } as const;

/** The possible steps, each as often as its weight. */
export const steps: Step[] = [
  ...[ask, ask, ask, floodMailbox, sendAgain],
  ...[deliver, deliver, deliver, deliver],
  ...[open, useLink, useLink, useLink, useLink, useCode, useCode, useElsewhere],
  ...[signIn, signIn, changePassword, signOut, attack, attack, guess],
  ...[pass, pass, pass],
];

async function ask(world: World): Promise<void> {
  const { random, people, attackers } = world;
  const email = random.pick([...people.map((person) => person.email), "unknown@example.com"]);
  const owner = people.find((person) => person.email === email);
  const client = owner && random.chance(0.7) ? random.pick(owner.browsers) : random.pick(attackers);
  await requestFrom(world, client, random.pick(ASK_FORMS), email);
}

/** An attacker floods a mailbox. */
async function floodMailbox(world: World): Promise<void> {
  const client = world.random.pick(world.attackers);
  const { email } = world.random.pick(world.people);
  for (let times = 0; times < 4; times += 1) await requestFrom(world, client, "/forgot-password", email);
}

async function requestFrom(world: World, client: TestClient, form: keyof typeof KINDS, email: string): Promise<void> {
  world.tell(`ask ${form} ${email}`);
  const response = await world.attempt(() => client.send(form, { email }));
  if (response?.status !== 303) return mustBeUnavailable(response);
  const isAsEver = response.headers.get("location") === "/check-email" && response.body === "";
  if (!isAsEver) throw new GuaranteeViolation("Enumeration: a request for an email got an unusual response.");
  const key = `${KINDS[form]} ${email}`;
  world.answered.set(key, (world.answered.get(key) ?? 0) + 1);
}

async function sendAgain(world: World): Promise<void> {
  const client = world.random.pick(everyBrowser(world));
  world.tell("send again");
  await world.attempt(() => client.send("/check-email", {}));
}

async function deliver(world: World): Promise<void> {
  world.tell("deliver");
  await world.attempt(() => world.machine.deliver());
}

/** A mail scanner opens a link, and nothing changes. */
async function open(world: World): Promise<void> {
  const offers = world.offers();
  if (offers.length === 0) return;
  const { path, token } = world.random.pick(offers);
  world.tell(`scanner opens ${path}`);
  const before = snapshot(world.machine);
  for (const method of ["HEAD", "GET"]) {
    const response = await world.attempt(
      () => world.attackers[0]?.request(method, `${path}/${token}`) ?? unreachable(),
    );
    if (response?.headers.has("set-cookie"))
      throw new GuaranteeViolation("Single use: looking at a link set a cookie.");
  }
  if (snapshot(world.machine) !== before)
    throw new GuaranteeViolation("Single use: looking at a link changed something.");
}

/** The owner uses a link, sometimes twice or thrice at the same instant, sometimes an old one. */
async function useLink(world: World): Promise<void> {
  const { random } = world;
  const person = random.pick(world.people);
  const offers = world.offers(person.email);
  if (offers.length === 0) return;
  const offer = random.chance(0.6) ? offers.at(-1) : random.pick(offers);
  if (!offer) return;
  const times = random.chance(0.4) ? 2 + random.int(2) : 1;
  world.tell(`${person.email} uses ${offer.path} ${times} times`);
  const responses = await Promise.all(
    Array.from({ length: times }, () => world.attempt(() => submit(world, person, offer))),
  );
  const isItsDeed = (response: Awaited<ReturnType<typeof submit>> | null) =>
    offer.path === "/objection" ? response?.status === 303 : isDone(response);
  for (const response of responses) if (isItsDeed(response)) world.used(offer.token);
}

function submit(world: World, person: Person, { path, token, code }: Offer) {
  const client = world.random.pick(person.browsers);
  switch (path) {
    case "/reset-password":
      return client.send(path, { token, password: world.newPassword(person) });
    case "/sign-up":
      return client.send("/sign-up/confirm", { token, password: world.newPassword(person) });
    case "/sign-in-link":
      return client.send("/sign-in-link/confirm", { token, code: world.random.chance(0.5) ? (code ?? "") : "" });
    case "/objection":
      return client.send(path, { token });
  }
}

/** The owner types a code where they asked, right or wrong, and goes on behind it. */
async function useCode(world: World): Promise<void> {
  const { random } = world;
  const person = random.pick(world.people);
  const codes = world.offers(person.email).flatMap(({ code }) => (code === null ? [] : [code]));
  if (codes.length === 0) return;
  const code = random.chance(0.8) ? random.pick(codes) : String(random.int(90_000_000) + 10_000_000);
  const client = random.pick(person.browsers);
  const times = random.chance(0.3) ? 2 : 1;
  world.tell(`${person.email} types a code ${times} times`);
  const responses = await Promise.all(
    Array.from({ length: times }, () => world.attempt(() => client.send("/code", { code }))),
  );
  const taken = responses.filter((response) => response?.status === 303);
  for (const response of taken) {
    world.used(`${code} of ${person.email}`);
    const location = response?.headers.get("location") ?? "";
    const [, form, token] = /^\/(reset-password|sign-up)\/(.+)$/.exec(location) ?? [];
    if (!form || !token) continue;
    const offer = { to: person.email, path: `/${form}`, token, code: null } as Offer;
    if (isDone(await world.attempt(() => submit(world, person, offer)))) world.used(token);
  }
}

/** A token is sent to the endpoint of another purpose. */
async function useElsewhere(world: World): Promise<void> {
  const offers = world.offers();
  if (offers.length === 0) return;
  const { path, token } = world.random.pick(offers);
  const endpoints = {
    "/reset-password": "/reset-password",
    "/sign-up": "/sign-up/confirm",
    "/objection": "/objection",
  };
  const endpoint = world.random.pick(Object.entries(endpoints).filter(([own]) => own !== path))[1];
  world.tell(`a link of ${path} is brought to ${endpoint}`);
  const client = world.random.pick(world.attackers);
  const response = await world.attempt(() => client.send(endpoint, { token, password: "an attacker's long password" }));
  if (response && ![410, 503, 500].includes(response.status)) {
    throw new GuaranteeViolation(`Single use: a link of ${path} was taken at ${endpoint} with ${response.status}.`);
  }
}

async function signIn(world: World): Promise<void> {
  const person = world.random.pick(world.people);
  const password = person.passwords.at(-1 - world.random.int(3));
  if (!password) return;
  world.tell(`${person.email} signs in`);
  const client = world.random.pick(person.browsers);
  await world.attempt(() => client.send("/sign-in", { email: person.email, password }));
}

async function changePassword(world: World): Promise<void> {
  const person = world.random.pick(world.people);
  const current = person.passwords.at(-1 - world.random.int(2));
  if (!current) return;
  world.tell(`${person.email} changes the password`);
  const client = world.random.pick(person.browsers);
  const password = world.newPassword(person);
  await world.attempt(() => client.send("/users/me/password", { current_password: current, password }));
}

async function signOut(world: World): Promise<void> {
  world.tell("someone signs out");
  await world.attempt(() => world.random.pick(everyBrowser(world)).send("/sign-out", {}));
}

/** An attacker uses an old password. A reset or a change by the owner ends the attacker's access. */
async function attack(world: World): Promise<void> {
  const { random, machine, permittedSignIns } = world;
  const person = random.pick(world.people);
  if (person.passwords.length === 0) return;
  const client = random.pick(world.attackers);
  world.tell(`an attacker signs in as ${person.email}`);
  const since = machine.now;
  const action = () => client.send("/sign-in", { email: person.email, password: random.pick(person.passwords) });
  if (isDone(await world.attempt(action))) permittedSignIns.set(client, { email: person.email, since });
}

/** An attacker has a copy of the database and tries its strings as tokens. */
async function guess(world: World): Promise<void> {
  const { random, machine } = world;
  const strings = snapshot(machine).match(/[A-Za-z0-9_-]{43,}/g) ?? ["A".repeat(43)];
  const token = random.pick(strings).slice(0, 43 + random.int(2) * 100);
  const client = random.pick(world.attackers);
  world.tell("an attacker tries what stands in the database");
  const posted = await world.attempt(() =>
    client.send("/reset-password", { token, password: "an attacker's password" }),
  );
  if (isDone(posted)) throw new GuaranteeViolation("Stored secret: the database held a link.");
}

async function pass(world: World): Promise<void> {
  const ms = world.random.pick([SECOND, 30 * SECOND, 61 * SECOND, 5 * MINUTE, 11 * MINUTE, 61 * MINUTE, DAY + HOUR]);
  world.tell(`${ms / SECOND} seconds pass`);
  world.machine.now += ms;
}

/** What is not done is said to be so, as a passing fault: nothing else may come of asking. */
function mustBeUnavailable(response: { status: number } | null): void {
  if (response && response.status !== 503)
    throw new GuaranteeViolation(`Enumeration: a request was answered with ${response.status}.`);
}

function everyBrowser(world: World): TestClient[] {
  return [...world.people.flatMap((person) => person.browsers), ...world.attackers];
}

function unreachable(): never {
  throw new Error("There is always an attacker.");
}
