import "../support/use-postgres.ts";
import "../password-change.test.ts";
