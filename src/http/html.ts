import type { html } from "hono/html";

/** Escaped markup: what the `html` tag returns. Strings put into the tag are escaped, so a page cannot forget to. */
export type Html = ReturnType<typeof html>;
