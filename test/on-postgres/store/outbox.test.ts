import "../../support/use-postgres.ts";
import "../../store/outbox.test.ts";
