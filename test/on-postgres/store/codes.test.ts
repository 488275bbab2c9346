import "../../support/use-postgres.ts";
import "../../store/codes.test.ts";
