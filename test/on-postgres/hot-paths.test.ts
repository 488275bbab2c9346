import "../support/use-postgres.ts";
import "../hot-paths.test.ts";
