import "../support/use-postgres.ts";
import "../code.test.ts";
