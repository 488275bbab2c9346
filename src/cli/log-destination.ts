import { fstatSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { SECOND } from "../lib/clock.ts";

/** Maximum size of the buffer of unread lines, in bytes. Further lines are dropped. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** How long an exit waits for the reader of the log. */
const FLUSH_MS = SECOND;

/** Where log lines go. Losing lines is acceptable; blocking or ending the process is not. */
export interface LogDestination {
  write(line: string): void;
  /** Waits for buffered lines, at most a second. */
  flush(): Promise<void>;
}

/** Writes to a file descriptor: a file or terminal directly, a pipe or socket without blocking and with a bounded buffer. */
export function logDestination(fd = 1): LogDestination {
  const { isPipe } = typeOf(fd);
  return isPipe ? streamDestination(fd) : fileDestination(fd);
}

function typeOf(fd: number): { isPipe: boolean } {
  try {
    const stat = fstatSync(fd);
    return { isPipe: stat.isFIFO() || stat.isSocket() };
  } catch {
    return { isPipe: false };
  }
}

/** A write to a full disk fails at once. The line is lost, and the next one is tried again. */
function fileDestination(fd: number): LogDestination {
  return {
    write(line) {
      try {
        writeSync(fd, line);
      } catch {
        // ENOSPC, EIO or a closed descriptor.
      }
    },
    async flush() {},
  };
}

/** A stalled reader fills the buffer; one that has closed the pipe causes EPIPE, after which nothing is written. */
function streamDestination(fd: number): LogDestination {
  const stream = new Socket({ fd, readable: false, writable: true });
  stream.on("error", () => stream.destroy());
  stream.unref();
  return {
    write(line) {
      if (!stream.destroyed && stream.writableLength + line.length <= MAX_BUFFERED_BYTES) stream.write(line);
    },
    async flush() {
      const until = performance.now() + FLUSH_MS;
      while (!stream.destroyed && stream.writableLength > 0 && performance.now() < until) await wait(10);
    },
  };
}
