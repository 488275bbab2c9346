import "../support/use-postgres.ts";
import "../database-trouble.test.ts";
