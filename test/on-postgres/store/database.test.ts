import "../../support/use-postgres.ts";
import "../../store/database.test.ts";
