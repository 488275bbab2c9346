import "../support/use-postgres.ts";
import "../invite.test.ts";
