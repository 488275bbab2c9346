import "../support/use-postgres.ts";
import "../code-guessed.test.ts";
