import "../support/use-postgres.ts";
import "../dead-notice-link.test.ts";
