import "../../support/use-postgres.ts";
import "../../store/migrations.test.ts";
