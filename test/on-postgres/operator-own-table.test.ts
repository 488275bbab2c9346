import "../support/use-postgres.ts";
import "../operator-own-table.test.ts";
