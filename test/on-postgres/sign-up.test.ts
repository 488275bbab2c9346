import "../support/use-postgres.ts";
import "../sign-up.test.ts";
