import type { Client } from "../core/context.ts";
import type { HttpContext } from "./context.ts";
import type { HttpPages } from "./problem-page.ts";

/** One request, with what its handler needs. `Pages` is the set of pages that the handler can show. */
export interface RequestContext<Pages = HttpPages> {
  http: HttpContext<Pages>;
  request: Request;
  client: Client;
  /** A part of the path; "" if there is none. The token of a link comes without what a mail program appended to it. */
  param(name: string): string;
  /** A parameter of the query, or undefined. */
  query(name: string): string | undefined;
}

/** A row of the route table. Each of `fields` is required exactly once, as a plain string; `optional` ones at most once. */
export interface Route<Pages = HttpPages> {
  method: "GET" | "POST";
  path: string;
  fields: readonly string[];
  optional: readonly string[];
  handle(c: RequestContext<Pages>, form: Record<string, string>): Promise<Response> | Response;
}

/** A page. HEAD gets the same response without the body. The handler must change nothing: mail scanners open links too. */
export function get<Pages = HttpPages>(
  path: string,
  answer: (c: RequestContext<Pages>) => Promise<Response> | Response,
): Route<Pages> {
  return { method: "GET", path, fields: [], optional: [], handle: answer };
}

/** A form submission. Its fields are read and checked before `answer` is called. */
export function post<Pages = HttpPages, Field extends string = never, Optional extends string = never>(
  path: string,
  fields: readonly Field[],
  answer: (
    c: RequestContext<Pages>,
    form: Record<Field, string> & Partial<Record<Optional, string>>,
  ) => Promise<Response> | Response,
  optional: readonly Optional[] = [],
): Route<Pages> {
  return { method: "POST", path, fields, optional, handle: (c, form) => answer(c, form as never) };
}
