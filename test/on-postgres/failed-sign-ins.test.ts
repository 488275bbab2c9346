import "../support/use-postgres.ts";
import "../failed-sign-ins.test.ts";
