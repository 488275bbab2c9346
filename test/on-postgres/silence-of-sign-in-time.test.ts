import "../support/use-postgres.ts";
import "../silence-of-sign-in-time.test.ts";
