import "../support/use-postgres.ts";
import "../too-many.test.ts";
