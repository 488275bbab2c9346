import "../support/use-postgres.ts";
import "../promises.test.ts";
