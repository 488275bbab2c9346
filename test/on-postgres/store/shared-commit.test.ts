import "../../support/use-postgres.ts";
import "../../store/shared-commit.test.ts";
