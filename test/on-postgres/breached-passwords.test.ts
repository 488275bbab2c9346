import "../support/use-postgres.ts";
import "../breached-passwords.test.ts";
