import { randomUUID } from "node:crypto";
import type { HttpContext } from "./http/context.ts";
import { withSecurityHeaders } from "./http/headers.ts";

/**
 * The last resort behind `latchkey.fetch`. The routes answer errors with a page; if that page fails too, or the arguments are
 * unusable, the answer is plain text with an id, and the log has the error under the same id.
 */
export async function answerSafely(http: HttpContext, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (err) {
    const id = randomUUID();
    http.log.error({ err, id }, "request failed, and so did its error page");
    const headers = { "content-type": "text/plain; charset=utf-8" };
    return withSecurityHeaders(http, new Response(`Internal Server Error\n${id}\n`, { status: 500, headers }));
  }
}
