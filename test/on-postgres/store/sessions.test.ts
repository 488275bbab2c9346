import "../../support/use-postgres.ts";
import "../../store/sessions.test.ts";
