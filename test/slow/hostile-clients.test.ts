import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { TestClient } from "../support/client.ts";
import { linkIn, PASSWORD } from "../support/open-app.ts";
import { type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

/**
 * Malformed requests, slow clients, and how many megabytes the server may hold more afterwards: a process that never saw
 * so much grows to its size, and then stays at it. LATCHKEY_TEST_HOSTILE=full takes some minutes.
 */
const [MANY, SLOW, STEADY] = process.env.LATCHKEY_TEST_HOSTILE === "full" ? [20_000, 500, 128] : [2_000, 100, 48];

describe(`${MANY} malformed requests and ${SLOW} slow clients`, () => {
  it("are handled by one process with steady memory, while other clients are served (B6)", async (t) => {
    // With room for little more than it needs, what is not let go of ends the process, and is not taken for laziness.
    const env = { LIMIT_REQUESTS_PER_IP: "1000000/1h", NODE_OPTIONS: "--max-old-space-size=96" };
    const server = await startServer({ env });
    const anna = await signedUp(server);
    await attack(server, MANY / 4, SLOW);
    const calm = await timesOf(anna, 200);
    const before = await residentMegabytes(server);

    const attacking = attack(server, MANY, SLOW);
    let isOver = false;
    const times: number[] = [];
    const people = (async () => {
      while (!isOver) times.push(...(await timesOf(anna, 20)));
    })();
    const { statuses, cutOff, stillOpen } = await attacking;
    isOver = true;
    await people;
    const after = await residentMegabytes(server);

    const refused = Object.keys(statuses).filter((status) => status !== "0" && !/^4..$/.test(status));
    assert.deepEqual(refused, []);
    assert.ok(stillOpen > SLOW * 0.9, "they were there all the time");
    assert.ok(times.length > 50, `${times.length} pages`);
    assert.ok(percentile(times, 0.99) < 1_500, `the slowest took ${percentile(times, 0.99)} ms`);
    assert.ok(after - before < STEADY, `${before} MB before, ${after} MB after`);
    assert.doesNotMatch(server.output(), /"level":50|request failed/);
    assert.equal((await server.kill("SIGTERM")).code, 0);
    t.diagnostic(`${JSON.stringify(statuses)}, ${cutOff} cut off; ${before} MB before, ${after} MB after`);
    t.diagnostic(`p99 of ${times.length} pages ${percentile(times, 0.99)} ms, unloaded ${percentile(calm, 0.99)} ms`);
  });
});

async function attack(server: ServerProcess, many: number, slow: number) {
  const args = [join(import.meta.dirname, "../support/hostile.ts"), String(server.port), String(many), String(slow)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as { statuses: Record<string, number>; cutOff: number; stillOpen: number };
}

async function signedUp(server: ServerProcess): Promise<TestClient> {
  const anna = server.client();
  await anna.post("/sign-up", { email: "anna@example.com" });
  const path = await until("a mail", async () => {
    return /\/mailbox\/[0-9a-f-]{36}/.exec((await server.client().open("/mailbox")).body)?.[0];
  });
  await anna.open(linkIn((await server.client().open(path)).body));
  await anna.submit({ password: PASSWORD });
  assert.equal(anna.path, "/users/me");
  return anna;
}

/** Milliseconds for a number of pages, requested one after the other with a pause between them. */
async function timesOf(person: TestClient, many: number): Promise<number[]> {
  const times: number[] = [];
  for (let page = 0; page < many; page += 1) {
    const began = performance.now();
    const { status } = await person.request("GET", page % 2 === 0 ? "/users/me" : "/forgot-password");
    times.push(Math.round((performance.now() - began) * 10) / 10);
    assert.equal(status, 200);
    await wait(5);
  }
  return times;
}

function percentile(times: number[], which: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * which)] ?? 0;
}

async function residentMegabytes({ pid }: ServerProcess): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Math.round(Number(stdout) / 1_024);
}
