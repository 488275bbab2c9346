import "../support/use-postgres.ts";
import "../many-at-once.test.ts";
