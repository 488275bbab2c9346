import type { Client } from "../core/context.ts";
import type { HttpContext } from "./context.ts";

/** One request on its way through us. */
export interface RequestContext {
  http: HttpContext;
  request: Request;
  client: Client;
  /** A part of the path, such as the token of a link; "" where there is none. */
  param(name: string): string;
  /** A parameter of the query, or undefined. */
  query(name: string): string | undefined;
}

/** A row of the route table. `fields` must be there once each, as plain strings; `optional` ones at most once. */
export interface Route {
  method: "GET" | "POST";
  path: string;
  fields: readonly string[];
  optional: readonly string[];
  handle(c: RequestContext, form: Record<string, string>): Promise<Response> | Response;
}

/** A page that is looked at. HEAD is answered alike, without the body. Must change nothing: mail scanners open it too. */
export function get(path: string, answer: (c: RequestContext) => Promise<Response> | Response): Route {
  return { method: "GET", path, fields: [], optional: [], handle: answer };
}

/** A form that is submitted. Its fields are read and checked before `answer` is called. */
export function post<Field extends string, Optional extends string = never>(
  path: string,
  fields: readonly Field[],
  answer: (
    c: RequestContext,
    form: Record<Field, string> & Partial<Record<Optional, string>>,
  ) => Promise<Response> | Response,
  optional: readonly Optional[] = [],
): Route {
  return { method: "POST", path, fields, optional, handle: (c, form) => answer(c, form as never) };
}
