import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "../support/documentation.ts";
import { packLatchkey } from "../support/package.ts";

const run = promisify(execFile);

/** On the disk: installed packages and runtimes need about 700 MB. */
const folder = mkdtempSync(join(tmpdir(), "latchkey-package-"));
after(() => rmSync(folder, { recursive: true }));

/** A project in which only the tarball and its dependencies are installed. */
let app = "";
before(async () => {
  const tarball = await packLatchkey(folder);
  app = await projectWith([tarball]);
});

describe("The installed package, type-checked strictly without skipLibCheck", () => {
  const settings = [
    { name: "with Node's types", options: ["--lib", "es2024", "--types", "node"] },
    { name: "with the types of browsers", options: ["--lib", "es2024,dom", "--types", "node"] },
    {
      name: "with bundler resolution",
      options: ["--module", "esnext", "--moduleResolution", "bundler", "--types", "node"],
    },
  ];
  before(() => run("npm", ["install", ...QUIET, "@types/node@22"], { cwd: app }));

  for (const { name, options } of settings) {
    it(`accepts a correct program and refuses wrong options, templates and outcomes, ${name}`, () => {
      writeFileSync(join(app, "consumer.ts"), CONSUMER);

      assert.equal(typeErrors("consumer.ts", options), "");
    });
  }

  it("reports an error for a program that is only wrong in an option", () => {
    writeFileSync(join(app, "wrong.ts"), CONSUMER.replaceAll(/^.*@ts-expect-error.*\n/gm, ""));

    const errors = typeErrors("wrong.ts", settings[0]?.options ?? []);

    assert.equal(errors.match(/^wrong\.ts.*error TS/gm)?.length, WRONG_LINES);
  });
});

describe("A password reset with the installed package", () => {
  const nodes = ["22.13", "22", "24", "26"];
  for (const version of nodes) {
    it(`succeeds on Node ${version}`, async () => {
      const runtime = await projectWith([`${NODE_PACKAGE}@${version}`]);

      await reset(join(runtime, "node_modules", NODE_PACKAGE, "bin/node"), []);
    });
  }

  it("succeeds on Bun", async () => {
    const runtime = await projectWith(["bun@1"]);
    // What the package's install script does, which npm may be told not to run.
    const binary = spawnSync("find", ["node_modules/@oven", "-name", "bun", "-type", "f"], { cwd: runtime });

    await reset(join(runtime, binary.stdout.toString().split("\n")[0] ?? ""), []);
  });

  it("succeeds on Deno", async () => {
    const runtime = await projectWith(["deno@2"]);
    const binary = spawnSync("find", ["node_modules/@deno", "-name", "deno", "-type", "f"], { cwd: runtime });

    await reset(join(runtime, binary.stdout.toString().split("\n")[0] ?? ""), [
      "run",
      "--allow-all",
      "--node-modules-dir=manual",
    ]);
  });

  it("fails when the package lacks a file (positive control)", async () => {
    rmSync(join(app, "node_modules/latchkey/data/common-passwords.txt.br"));

    await assert.rejects(reset(process.execPath, []), /Command failed/);
  });
});

const QUIET = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** The platform package of the npm package `node`, which needs no install script. */
const NODE_PACKAGE = `node-${process.platform === "darwin" ? "bin-darwin" : process.platform}-${process.arch}`;

/** An empty project with these packages. */
async function projectWith(packages: string[]): Promise<string> {
  const project = mkdtempSync(join(folder, "project-"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", ...QUIET, ...packages], { cwd: project });
  return project;
}

/** Runs the whole reset in the app; rejects with its output when it fails. */
async function reset(program: string, args: string[]): Promise<void> {
  const data = mkdtempSync(join(folder, "data-"));
  mkdirSync(data, { recursive: true });
  copyFileSync(join(ROOT, "test/support/package/reset.mjs"), join(app, "reset.mjs"));
  const { stdout } = await run(program, [...args, "reset.mjs", `sqlite:${join(data, "latchkey.db")}`], { cwd: app });
  assert.match(stdout, /^reset complete$/m);
}

function typeErrors(file: string, options: string[]): string {
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2024"];
  const module = options.includes("--module") ? [] : ["--module", "nodenext"];
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  const all = [...strict, ...module, ...options, "--skipLibCheck", "false", "--noEmit", file];
  return spawnSync(tsc, all, { cwd: app, encoding: "utf8" }).stdout;
}

const CONSUMER = `
import { createLatchkey, letter, type Message, type Transport } from "latchkey";

const transport: Transport = { send: async (message: Message) => \`250 \${message.to}\` };
const correct = await createLatchkey({
  baseUrl: "https://acme.example/account",
  database: "sqlite::memory:",
  mail: {
    from: "Acme <no-reply@acme.example>",
    transport,
    templates: {
      "password-reset": (view, letterhead) => {
        const action = { label: "Choose a password", url: \`\${letterhead.baseUrl}/reset-password/\${view.token}\` };
        const subject = "Reset your password";
        return letter({ ...letterhead, subject, preview: "", heading: subject, paragraphs: [], action, notes: [] });
      },
    },
  },
  passwords: { minLength: 12 },
});
const request = new Request("https://acme.example/account/sign-in");
const response: Response = await correct.fetch(request, { ip: "192.0.2.1" });
const account = await correct.account(request.headers);
console.log(response.status, account?.email);

// @ts-expect-error
void createLatchkey({ baseUrl: "https://acme.example", passwords: { minimum: 12 } });
// @ts-expect-error
void createLatchkey({ baseUrl: "https://acme.example", limits: { requestPerIp: "30/10m" } });
// @ts-expect-error
void createLatchkey({ baseUrl: "https://acme.example", mail: { templates: { nonsense: () => letter } } });
// @ts-expect-error
void createLatchkey({ baseUrl: "https://acme.example", mail: { templates: { "password-reset": () => "a string" } } });

const outcome = await correct.for(request, { ip: null }).passwordReset.request({ email: "anna@example.com" });
if (outcome.kind === "queued") console.log("sent");
// @ts-expect-error
if (outcome.kind === "nonsense") console.log("never");
// @ts-expect-error
console.log(account.email);
// @ts-expect-error
void correct.fetch(request);
`;
const WRONG_LINES = CONSUMER.match(/@ts-expect-error/g)?.length ?? 0;
