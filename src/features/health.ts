import { isReady } from "../db/health.ts";
import { get, type Route } from "../http/route.ts";

export const healthRoutes: Route[] = [
  get("/livez", () => new Response("alive\n")),
  get("/readyz", async (c) => {
    const ready = await isReady(c.http.core.database);
    return new Response(ready ? "ready\n" : "not ready\n", { status: ready ? 200 : 503 });
  }),
];
