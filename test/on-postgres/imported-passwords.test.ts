import "../support/use-postgres.ts";
import "../imported-passwords.test.ts";
