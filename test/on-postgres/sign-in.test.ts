import "../support/use-postgres.ts";
import "../sign-in.test.ts";
