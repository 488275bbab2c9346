import "../support/use-postgres.ts";
import "../address-change.test.ts";
