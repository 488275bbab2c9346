import "../support/use-postgres.ts";
import "../silence-of-time.test.ts";
