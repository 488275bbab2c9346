import "../support/use-postgres.ts";
import "../way-back.test.ts";
