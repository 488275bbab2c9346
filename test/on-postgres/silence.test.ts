import "../support/use-postgres.ts";
import "../silence.test.ts";
