import "../support/use-postgres.ts";
import "../sign-in-link-around.test.ts";
