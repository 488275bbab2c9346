import { after } from "node:test";

/** So long a file whose tests are done may take to close what it opened, in milliseconds. */
const GRACE = 30_000;

// Loaded before every test file. Node's own `--test-force-exit` does this at once, and loses the last lines of the report.
if (process.env.NODE_TEST_CONTEXT) {
  after(() => {
    const leave = () => {
      process.stderr.write(`${process.argv[1]} left something open: ${process.getActiveResourcesInfo().join(", ")}\n`);
      process.exit();
    };
    setTimeout(leave, GRACE).unref();
  });
}
