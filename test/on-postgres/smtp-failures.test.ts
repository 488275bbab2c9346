import "../support/use-postgres.ts";
import "../smtp-failures.test.ts";
