import "../support/use-postgres.ts";
import "../every-link.test.ts";
