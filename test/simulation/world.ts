import { TestClient } from "../support/client.ts";
import { Crash } from "./crashes.ts";
import { BASE_URL, Machine } from "./machine.ts";
import { type Random, randomFrom } from "./random.ts";

/** A promise of the blueprint that was not kept. */
export class GuaranteeViolation extends Error {}

/** A user with a mailbox and two browsers. */
export interface Person {
  email: string;
  browsers: TestClient[];
  /** Every password that they ever typed as a new one. */
  passwords: string[];
}

/** The link and code of an email. */
export interface Offer {
  to: string;
  path: "/reset-password" | "/sign-up" | "/sign-in-link" | "/objection";
  token: string;
  code: string | null;
}

/** Users, attackers and emails around one machine, with a log of the steps. */
export class World {
  readonly random: Random;
  readonly machine = new Machine();
  /** Two with accounts, one who has none yet. */
  readonly people: Person[];
  /** They know every address and have no mailbox. */
  readonly attackers: TestClient[];
  /** Whom an attacker's browser may be signed in as, for having typed the right password, and since when. */
  readonly permittedSignIns = new Map<TestClient, { email: string; since: number }>();
  /** How often each link was used successfully. */
  readonly uses = new Map<string, number>();
  /** How many requests for an email were accepted, by `kind address`. */
  readonly answered = new Map<string, number>();
  readonly story: string[] = [];
  #passwords = 0;

  constructor(seed: number) {
    this.random = randomFrom(seed);
    this.people = ["anna@example.com", "bob@example.com", "carl@example.com"].map((email) => ({
      email,
      browsers: [this.#browser(), this.#browser()],
      passwords: [],
    }));
    this.attackers = [this.#browser(), this.#browser()];
  }

  /** Runs an action that a crash may interrupt. Returns null if it was interrupted and its result is unknown. */
  async attempt<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      const result = await action();
      return this.machine.breaker.isDead ? null : result;
    } catch (error) {
      if (error instanceof Crash) return null;
      throw error;
    }
  }

  newPassword(person: Person): string {
    this.#passwords += 1;
    const password = `a rather long password, number ${this.#passwords}`;
    person.passwords.push(password);
    return password;
  }

  /** The links and codes in the emails to an address that the mail server accepted. */
  offers(email?: string): Offer[] {
    return this.machine.mails
      .filter(({ to }) => email === undefined || to === email)
      .flatMap(({ to, text }) => {
        const link = /\/(reset-password|sign-up|sign-in-link|objection)\/([A-Za-z0-9_-]{43})$/m.exec(text);
        if (!link) return [];
        const code = /^(\d{4}) (\d{4})$/m.exec(text);
        const path = `/${link[1]}` as Offer["path"];
        return [{ to, path, token: link[2] ?? "", code: code ? `${code[1]}${code[2]}` : null }];
      });
  }

  /** Records a successful use of a link. */
  used(token: string): void {
    const uses = (this.uses.get(token) ?? 0) + 1;
    this.uses.set(token, uses);
    if (uses > 1) throw new GuaranteeViolation("Single use: a link was used twice.");
  }

  tell(what: string): void {
    this.story.push(what);
  }

  #browser(): TestClient {
    return new TestClient((request) => this.machine.fetch(request), BASE_URL);
  }
}

/** Whether a response reports success. */
export function isDone(response: { status: number; headers: Headers } | null): boolean {
  const target = response?.status === 303 ? response.headers.get("location") : null;
  // A browser that brought no cookie first shows that it keeps the new one.
  return target === "/users/me" || target?.startsWith("/sign-in?signed-in=") === true;
}
