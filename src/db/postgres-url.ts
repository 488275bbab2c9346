/** Connections per process. Transactions are short, so a few serve many requests; each costs PostgreSQL a process. */
const DEFAULT_POOL_SIZE = 10;
const MAX_POOL_SIZE = 500;

const EXAMPLE = "postgres://user:password@host/name";
const ENCODING = "In a user name, password or file name, encode / as %2F, # as %23, ? as %3F, @ as %40 and % as %25";

/** Parameters that the driver understands. What it does with each is in the documentation of `pg-connection-string`. */
const DRIVER_PARAMETERS: Record<string, RegExp> = {
  host: /./,
  port: /^\d+$/,
  user: /./,
  password: /./,
  ssl: /^(true|1|0|no-verify)$/,
  sslmode: /^(disable|prefer|require|verify-ca|verify-full|no-verify)$/,
  sslcert: /./,
  sslkey: /./,
  sslrootcert: /./,
  sslnegotiation: /^(postgres|direct)$/,
  uselibpqcompat: /^(true|false)$/,
  application_name: /./,
  options: /./,
};

/**
 * Parameters of libpq that the driver ignores, which hosting providers write into the URLs they give out. `connect_timeout`
 * is replaced by a fixed timeout. Of `channel_binding` see `channelBindingProblem`.
 */
const IGNORED_PARAMETERS: Record<string, RegExp> = {
  channel_binding: /^(disable|prefer|require)$/,
  connect_timeout: /^\d+$/,
};

/** How to connect to PostgreSQL. */
export interface PostgresSettings {
  /** For the driver, without Latchkey's own parameters. */
  connectionString: string;
  poolSize: number;
  /** Whether statements are prepared by name; null: unless a connection pooler is detected. */
  prepared: boolean | null;
}

/**
 * Reads a PostgreSQL URL as psql and node-postgres do. Our own parameters are `pool_size` and `prepared`. What neither we
 * nor the driver understand is a problem, described in a sentence that follows the name of the setting. The sentence never
 * contains a part of the URL that may be a password. Returns null for any other URL.
 */
export function readPostgresUrl(url: string): PostgresSettings | { problem: string } | null {
  if (!/^postgres(ql)?:\/\//.test(url)) return null;
  // The driver takes an empty host after a password, as psql does; `URL` does not.
  const withHost = url.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[/?]|$)/, "$1socket");
  const hasEmptyHost = withHost !== url;
  if (/\s/.test(url)) return { problem: "contains a space or line break. Use %20 for a space." };
  if (/^[^?#]*,/.test(url.replace(/^.*@/, ""))) {
    return { problem: "names several hosts, which is not supported. Use one name that leads to the primary server." };
  }
  if (!URL.canParse(withHost)) return { problem: `can't be read. Use ${EXAMPLE}. ${ENCODING}.` };

  const address = new URL(withHost);
  if ([address.pathname, address.search].some((part) => part.includes("@")) || address.hash !== "") {
    return { problem: `is cut by a character of the password or user name. ${ENCODING}.` };
  }
  if (address.pathname.slice(1).includes("/")) {
    return { problem: `has more than a database name after the host. Use ${EXAMPLE}. ${ENCODING}.` };
  }
  const { searchParams } = address;
  if (!address.hostname && !address.pathname && !searchParams.has("host"))
    return { problem: `has no host. Use ${EXAMPLE}.` };
  if (hasEmptyHost && !searchParams.has("host")) {
    return { problem: `has no host. Use ${EXAMPLE}, or ?host=/run/postgresql for a socket.` };
  }

  const poolSize = Number(searchParams.get("pool_size") ?? DEFAULT_POOL_SIZE);
  // A worker and a request must not wait for each other, so two is the minimum.
  if (!Number.isInteger(poolSize) || poolSize < 2 || poolSize > MAX_POOL_SIZE) {
    return { problem: `has an invalid pool_size. Use a number from 2 to ${MAX_POOL_SIZE}.` };
  }
  const prepared = searchParams.get("prepared");
  if (prepared !== null && prepared !== "on" && prepared !== "off") {
    return { problem: "has an invalid value of prepared. Use prepared=on or prepared=off." };
  }
  searchParams.delete("pool_size");
  searchParams.delete("prepared");
  const problem = parameterProblem(searchParams) ?? channelBindingProblem(searchParams);
  if (problem) return { problem };
  for (const name of Object.keys(IGNORED_PARAMETERS)) searchParams.delete(name);

  const connectionString = hasEmptyHost ? address.href.replace("@socket", "@") : address.href;
  return { connectionString, poolSize, prepared: prepared === null ? null : prepared === "on" };
}

function parameterProblem(parameters: URLSearchParams): string | null {
  for (const [name, value] of parameters) {
    const form = DRIVER_PARAMETERS[name] ?? IGNORED_PARAMETERS[name];
    if (name === "schema" || name === "currentSchema" || name === "search_path") {
      return `has the parameter ${name}, which PostgreSQL drivers ignore. Use ?options=-c%20search_path%3DNAME.`;
    }
    if (!form) {
      const known = ["pool_size", "prepared", ...Object.keys({ ...DRIVER_PARAMETERS, ...IGNORED_PARAMETERS })].join(
        ", ",
      );
      return `has the unknown parameter ${name.slice(0, 40)}. Known are ${known}.`;
    }
    if (!form.test(value)) return `has a value of ${name} that the driver does not understand.`;
  }
  return null;
}

/**
 * `channel_binding=require` demands that no other server can relay the login. The driver ignores it, so it is accepted only
 * where the server's certificate is verified. The driver verifies it with each of these modes, unlike libpq.
 */
function channelBindingProblem(parameters: URLSearchParams): string | null {
  // Of a repeated parameter the driver takes the last value.
  const { channel_binding, sslmode = "", uselibpqcompat } = Object.fromEntries(parameters);
  const verifying = uselibpqcompat === "true" ? ["verify-full"] : ["require", "verify-ca", "verify-full"];
  if (channel_binding !== "require" || verifying.includes(sslmode)) return null;
  return "has channel_binding=require without a verified certificate. Add sslmode=verify-full.";
}
