import { usePostgres } from "./engine.ts";

// Imported before a test file, this has it run on PostgreSQL.
usePostgres();
