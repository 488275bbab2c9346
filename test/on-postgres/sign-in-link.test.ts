import "../support/use-postgres.ts";
import "../sign-in-link.test.ts";
