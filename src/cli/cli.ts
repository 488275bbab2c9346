#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { sizeThreadPool } from "./thread-pool.ts";

sizeThreadPool(process.env);
// Compiled code is kept for the next start, next to our packages: other users of the machine cannot write there.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/latchkey"));
const { run } = await import("./commands.ts");
await run();
