import "../support/use-postgres.ts";
import "../dkim.test.ts";
