import { createAdaptorServer } from "@hono/node-server";
import { createLatchkey } from "../src/index.ts";

/**
 * The server that is measured, in a process of its own: Latchkey on the database of that address, and beside it, on the same server,
 * a handler that does nothing, to compare with. The worker sleeps, as it would with a slow mail server.
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
