import "../../support/use-postgres.ts";
import "../../store/tokens.test.ts";
