import "../support/use-postgres.ts";
import "../check-email.test.ts";
