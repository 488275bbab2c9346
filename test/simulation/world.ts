import { TestClient } from "../support/client.ts";
import { Crash } from "./crashes.ts";
import { BASE_URL, Machine } from "./machine.ts";
import { type Random, randomFrom } from "./random.ts";

/** A promise of the blueprint that was not kept. */
export class GuaranteeViolation extends Error {}

/** Someone with a mailbox and two browsers. */
export interface Person {
  email: string;
  browsers: TestClient[];
  /** Every password that they ever typed as a new one. */
  passwords: string[];
}

/** What a mail offers to a person who reads it. */
export interface Offer {
  to: string;
  path: "/reset-password" | "/sign-up" | "/sign-in-link" | "/objection";
  token: string;
  code: string | null;
}

/** People, attackers, mails and all that happened to them, around one machine. */
export class World {
  readonly random: Random;
  readonly machine = new Machine();
  /** Two with accounts, one who has none yet. */
  readonly people: Person[];
  /** They know every address and have no mailbox. */
  readonly attackers: TestClient[];
  /** Whom an attacker's browser may be signed in as, for having typed the right password, and since when. */
  readonly permittedSignIns = new Map<TestClient, { email: string; since: number }>();
  /** How often each link was seen to do its deed. */
  readonly uses = new Map<string, number>();
  /** How many asks for a mail were answered, by `kind address`. */
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

  /** Does what may be cut off by a crash. Null where it was, and no one knows what became of it. */
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

  /** What stands in the mails to an address that were taken by the mail server. */
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

  /** The deed of a link was seen to be done. */
  used(token: string): void {
    const uses = (this.uses.get(token) ?? 0) + 1;
    this.uses.set(token, uses);
    if (uses > 1) throw new GuaranteeViolation("One key, one turn: a link was used twice.");
  }

  tell(what: string): void {
    this.story.push(what);
  }

  #browser(): TestClient {
    return new TestClient((request) => this.machine.fetch(request), BASE_URL);
  }
}

/** Whether an answer says that the deed was done, and not a page that says why it was not. */
export function isDone(response: { status: number; headers: Headers } | null): boolean {
  return response?.status === 303 && response.headers.get("location") === "/users/me";
}
