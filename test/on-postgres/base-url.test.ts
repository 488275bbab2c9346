import "../support/use-postgres.ts";
import "../base-url.test.ts";
