import { DAY, SECOND } from "../../src/lib/clock.ts";
import { checkEnd, checkGuarantees } from "./guarantees.ts";
import { steps } from "./steps.ts";
import { GuaranteeViolation, World } from "./world.ts";

const STEPS = 40;

/** What one history went through. */
export interface HistoryResult {
  crashes: number;
  /** Statements and emails that failed without a crash. */
  faults: number;
  mails: number;
}

/** Thrown where a history broke a promise, with the seed that brings it back and what happened until then. */
export class FailedHistory extends Error {
  constructor(seed: number, story: string[], broken: Error) {
    super(`Seed ${seed}: ${broken.message}\n${story.map((line) => `  ${line}`).join("\n")}`);
  }
}

/** Lives one random history from its seed, and checks the promises after every step. Throws FailedHistory. */
export async function runHistory(seed: number): Promise<HistoryResult> {
  const world = new World(seed);
  const { machine } = world;
  try {
    await machine.start();
    await createUsers(world);
    for (let step = 0; step < STEPS; step += 1) {
      scheduleFault(world);
      await world.random.pick(steps)(world);
      machine.now += SECOND;
      await settle(world);
      await checkGuarantees(world);
    }
    await drainOutbox(world);
    await checkGuarantees(world);
    checkEnd(world);
    const { crashes, faults } = machine.breaker;
    return { crashes, faults: faults + machine.mailFaults, mails: machine.mails.length };
  } catch (error) {
    throw error instanceof GuaranteeViolation ? new FailedHistory(seed, world.story, error) : error;
  } finally {
    await machine.stop();
  }
}

/** Two people sign up, while nothing goes wrong yet. */
async function createUsers(world: World): Promise<void> {
  for (const person of world.people.slice(0, 2)) {
    const [client] = person.browsers;
    await client?.send("/sign-up", { email: person.email });
    await world.machine.deliver();
    const token = world.offers(person.email).at(-1)?.token ?? "";
    await client?.send("/sign-up/confirm", { token, password: world.newPassword(person) });
    world.machine.now += SECOND;
  }
}

/** Schedules a crash, a full disk or a failing mail server at random. */
function scheduleFault({ random, machine }: World): void {
  if (random.chance(0.3)) {
    const kind = random.pick(["before", "after", "disk-full"] as const);
    machine.breaker.light({ statements: 1 + random.int(12), kind });
  }
  const isIll = random.chance(0.3);
  machine.nextMail = () =>
    isIll
      ? random.pick(["takes", "takes-and-says-nothing", "refuses", "takes-and-we-die", "we-die"] as const)
      : "takes";
}

async function settle(world: World): Promise<void> {
  if (world.machine.breaker.isDead) world.tell("… and the process dies");
  await world.machine.restartIfDead();
  // A fuse that met no statement is put out.
  world.machine.breaker.revive();
}

/** The mail server works again, and every queued email has enough time. */
async function drainOutbox({ machine }: World): Promise<void> {
  machine.nextMail = () => "takes";
  for (let hours = 0; hours < 60; hours += 12) {
    await machine.deliver();
    machine.now += DAY / 2;
  }
  await machine.deliver();
}
