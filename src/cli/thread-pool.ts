import { availableParallelism } from "node:os";

/** Threads besides the ones that hash passwords: file access and `dns.lookup` use these. */
const OTHER_THREADS = 4;

/**
 * Sizes libuv's thread pool: one hash on each core but one, and threads for everything else. libuv reads the variable when
 * the pool is first used, so this runs before other imports. A value that is set already stays.
 */
export function sizeThreadPool(env: NodeJS.ProcessEnv): void {
  env.UV_THREADPOOL_SIZE ||= String(Math.max(1, availableParallelism() - 1) + OTHER_THREADS);
}
