import type { ClientBase } from "pg";

/**
 * Whether a pooler such as PgBouncer stands between the client and the server. A pooler makes up the process id that it
 * gives to clients, because it needs one of its own to route cancel requests, so it differs from the server's.
 */
export async function isPooled(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid !== (client as ClientBase & { processID: number | null }).processID;
}
