import "../support/use-postgres.ts";
import "../operator-accounts.test.ts";
