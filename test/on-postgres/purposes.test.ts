import "../support/use-postgres.ts";
import "../purposes.test.ts";
