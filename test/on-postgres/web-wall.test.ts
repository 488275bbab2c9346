import "../support/use-postgres.ts";
import "../web-wall.test.ts";
