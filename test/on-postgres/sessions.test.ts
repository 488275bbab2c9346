import "../support/use-postgres.ts";
import "../sessions.test.ts";
