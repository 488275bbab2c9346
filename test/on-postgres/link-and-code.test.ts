import "../support/use-postgres.ts";
import "../link-and-code.test.ts";
