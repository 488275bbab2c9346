import "../support/use-postgres.ts";
import "../address-purposes.test.ts";
