import "../support/use-postgres.ts";
import "../password-reset.test.ts";
