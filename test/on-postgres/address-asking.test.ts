import "../support/use-postgres.ts";
import "../address-asking.test.ts";
