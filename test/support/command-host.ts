import { formatWithOptions } from "node:util";
import { program } from "../../src/cli/commands.ts";
import { addOperatorCommands } from "../../src/cli/operator-commands.ts";

/**
 * A process that runs operator commands one after the other, so that a test file loads the code once and not for every
 * command. Commands see their own folder, environment and arguments; what they print and their exit code are sent back.
 */
export interface CommandRequest {
  folder: string;
  env: Record<string, string>;
  args: string[];
}

class Exit extends Error {}

addOperatorCommands(program);
let output = "";
/** The first exit code. What is printed after it would never be seen. */
let code: number | null = null;

const print = (text: string) => {
  if (code === null) output += text;
  return true;
};
process.stdout.write = print as typeof process.stdout.write;
process.stderr.write = print as typeof process.stderr.write;
console.log = (...values) => print(`${formatWithOptions({}, ...values)}\n`);
console.error = console.log;
process.exit = (given) => {
  code ??= Number(given ?? process.exitCode ?? 0);
  throw new Exit();
};

process.on("message", async ({ folder, env, args }: CommandRequest) => {
  output = "";
  code = null;
  process.exitCode = undefined;
  process.chdir(folder);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  await program.parseAsync(args, { from: "user" }).catch((error) => {
    if (error instanceof Exit) return;
    print(`${error.stack}\n`);
    code ??= 1;
  });
  process.send?.({ code: code ?? Number(process.exitCode ?? 0), signal: null, output });
});
