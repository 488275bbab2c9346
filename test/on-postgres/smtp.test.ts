import "../support/use-postgres.ts";
import "../smtp.test.ts";
