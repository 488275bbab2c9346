import "../support/use-postgres.ts";
import "../link-races.test.ts";
