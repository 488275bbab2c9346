import "../support/use-postgres.ts";
import "../mail-budget.test.ts";
