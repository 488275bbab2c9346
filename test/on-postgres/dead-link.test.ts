import "../support/use-postgres.ts";
import "../dead-link.test.ts";
