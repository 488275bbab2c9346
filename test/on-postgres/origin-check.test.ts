import "../support/use-postgres.ts";
import "../origin-check.test.ts";
