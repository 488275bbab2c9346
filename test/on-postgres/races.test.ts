import "../support/use-postgres.ts";
import "../races.test.ts";
