import "../../support/use-postgres.ts";
import "../../store/bounces.test.ts";
