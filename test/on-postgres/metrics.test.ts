import "../support/use-postgres.ts";
import "../metrics.test.ts";
