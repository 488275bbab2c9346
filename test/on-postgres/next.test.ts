import "../support/use-postgres.ts";
import "../next.test.ts";
