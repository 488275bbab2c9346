import "../support/use-postgres.ts";
import "../password-unknown.test.ts";
