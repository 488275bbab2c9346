import "../support/use-postgres.ts";
import "../bounces.test.ts";
