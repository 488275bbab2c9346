import "../support/use-postgres.ts";
import "../address-races.test.ts";
