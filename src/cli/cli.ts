#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// What Node compiles it keeps, so that every start but the first is quick. Beside our own packages, and not in a folder
// that others on the machine may write to; where it cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/latchkey"));
const { run } = await import("./commands.ts");
await run();
