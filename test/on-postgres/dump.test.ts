import "../support/use-postgres.ts";
import "../dump.test.ts";
