import "../support/use-postgres.ts";
import "../outage.test.ts";
