import "../support/use-postgres.ts";
import "../operator-mail.test.ts";
