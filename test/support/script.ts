import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after } from "node:test";

const SRC = new URL("../../src/", import.meta.url).href;

/** What a script may call besides Node's API: `use` a file of src, `ready` to wait for the start signal, `say` to send a value. */
const WORDS = `
  const use = (file) => import(${JSON.stringify(SRC)} + file);
  const say = (value) => new Promise((resolve) => process.send(value, resolve));
  const ready = () => new Promise((resolve) => { process.once("message", resolve); process.send("ready"); });
  const given = process.argv.slice(1);
`;

/** Runs a piece of JavaScript in a process of its own, which is killed when the test is done. */
export function runScript(script: string, ...given: string[]): ChildProcess {
  const source = `${WORDS}\n${script}\nprocess.disconnect();`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source, "--", ...given], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  after(() => child.kill("SIGKILL"));
  return child;
}

/** The next value that a script says. Fails where it ends without one. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`The script ended with ${code ?? signal} and said nothing.`);
  });
  const [value] = await Promise.race([once(child, "message"), ended]);
  return value;
}

/** Runs one script in `count` processes, which continue from `ready` together, and returns the value that each sent. */
export async function runAtOnce(count: number, script: string, ...given: string[]): Promise<unknown[]> {
  const children = Array.from({ length: count }, () => runScript(script, ...given));
  await Promise.all(children.map(nextMessage));
  const said = children.map(nextMessage);
  for (const child of children) child.send("go");
  return Promise.all(said);
}
