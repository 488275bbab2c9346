import "../support/use-postgres.ts";
import "../second-factor.test.ts";
