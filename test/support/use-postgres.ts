// Imported first by a test file that always runs on PostgreSQL.
process.env.TEST_ENGINE = "postgres";
