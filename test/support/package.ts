import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./documentation.ts";

const run = promisify(execFile);

/** What `npm pack` reads. Everything is copied, so that a build does not disturb other tests. */
const SOURCES = ["package.json", "tsconfig.json", "tsconfig.build.json", "src", "data", "docs", "README.md", "LICENSE"];

/** Builds and packs Latchkey as a release does, and returns the path of the tarball in `folder`. */
export async function packLatchkey(folder: string): Promise<string> {
  const stage = join(folder, "stage");
  mkdirSync(stage);
  for (const path of [...SOURCES, "CHANGELOG.md", "SECURITY.md"]) {
    cpSync(join(ROOT, path), join(stage, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(stage, "node_modules"));
  await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: stage });
  const { version } = (await import(join(ROOT, "package.json"), { with: { type: "json" } })).default;
  const tarball = join(folder, `latchkey-${version}.tgz`);
  if (!existsSync(tarball)) throw new Error(`npm pack wrote no ${tarball}`);
  return tarball;
}

/**
 * A project in `folder` with the packed Latchkey in `node_modules/latchkey`; its dependencies are the ones of this
 * repository. Needs no network. Returns the path of the project.
 */
export async function unpackLatchkey(folder: string): Promise<string> {
  const tarball = await packLatchkey(folder);
  const app = join(folder, "app");
  const installed = join(app, "node_modules/latchkey");
  mkdirSync(installed, { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  return app;
}
