import "../../support/use-postgres.ts";
import "../../store/gathered.test.ts";
