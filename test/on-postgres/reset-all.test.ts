import "../support/use-postgres.ts";
import "../reset-all.test.ts";
