import { createAdaptorServer } from "@hono/node-server";
import { createLatchkey } from "../src/index.ts";

/**
 * The measured server, in a process of its own: Latchkey on the given database and, for comparison, an empty handler on the
 * same HTTP server. The worker is not started.
 */
const [, , port = "", database = ""] = process.argv;
const latchkey = await createLatchkey({
  baseUrl: `http://localhost:${port}`,
  database,
  mode: "development",
  mail: { transport: { send: async () => "250" } },
  limits: { requestsPerIp: "100000000/1h", signInsPerAccount: "100000000/1h" },
});
const empty = new Response("ok");

createAdaptorServer({
  fetch: (request) => (request.url.endsWith("/empty") ? empty.clone() : latchkey.fetch(request, { ip: "192.0.2.1" })),
  overrideGlobalObjects: false,
}).listen(Number(port), "127.0.0.1", () => process.send?.("ready"));

process.on("disconnect", () => process.exit(0));
