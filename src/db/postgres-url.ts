/** Connections of one process. A transaction is short, so a few serve many requests; each costs PostgreSQL a process. */
const POOL_SIZE = 10;
const MOST = 500;

/**
 * Reads the address of a PostgreSQL, whose `pool_size` is ours and all else the driver's. Returns null for anything else.
 * Two connections at least: a worker and a request must not wait for each other.
 */
export function readPostgresUrl(url: string): { connectionString: string; poolSize: number } | null {
  if (!/^postgres(ql)?:\/\/\S+$/.test(url) || !URL.canParse(url)) return null;

  const address = new URL(url);
  const poolSize = Number(address.searchParams.get("pool_size") ?? POOL_SIZE);
  if (!Number.isInteger(poolSize) || poolSize < 2 || poolSize > MOST) return null;
  address.searchParams.delete("pool_size");
  return { connectionString: address.href, poolSize };
}
