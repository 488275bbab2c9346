import "../support/use-postgres.ts";
import "../crash.test.ts";
