import "../../support/use-postgres.ts";
import "../../store/limits.test.ts";
