import "../support/use-postgres.ts";
import "../address-undo.test.ts";
