import { existsSync, mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const IN_MEMORY = "/dev/shm";
/** In bytes. Containers often have a small one. */
const HIGH_LIMITS = 2 ** 31;

/**
 * An empty folder of the caller's own, who throws it away. In memory where there is room: nothing here has to outlive a
 * power cut, what a dead process wrote stays in either, and a fifth of the tests' time went by waiting for the disk.
 */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(hasRoomInMemory() ? IN_MEMORY : tmpdir(), `latchkey-${name}-`));
}

function hasRoomInMemory(): boolean {
  if (!existsSync(IN_MEMORY)) return false;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize > HIGH_LIMITS;
}
