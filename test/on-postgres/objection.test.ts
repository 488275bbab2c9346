import "../support/use-postgres.ts";
import "../objection.test.ts";
