import "../../support/use-postgres.ts";
import "../../store/outbox-priority.test.ts";
