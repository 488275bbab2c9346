import { parse as parseCookie } from "hono/utils/cookie";
import { readable } from "./words.ts";

/** What came back, with its body read. */
export interface TestResponse {
  status: number;
  headers: Headers;
  body: string;
}

/**
 * A person's browser without its engine: keeps cookies, follows the redirects after a form, and submits the form that is
 * on the page with its hidden fields. Sends the headers that a browser sends with its own site's forms.
 */
export class TestClient {
  readonly cookies = new Map<string, string>();
  readonly #fetch: (request: Request) => Promise<Response>;
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;
  /** The page that is open. */
  page: TestResponse = { status: 0, headers: new Headers(), body: "" };
  path = "/";
  /** What the last form was answered with, before the redirect was followed. */
  response: TestResponse = this.page;

  constructor(fetch: (request: Request) => Promise<Response>, baseUrl: string, headers: Record<string, string> = {}) {
    this.#fetch = fetch;
    this.#baseUrl = baseUrl;
    this.#headers = headers;
  }

  /** The page as a person reads it: no tags, single spaces. */
  get text(): string {
    return readable(this.page.body);
  }

  /** Opens a page and follows redirects. */
  async open(path: string): Promise<TestResponse> {
    this.response = await this.request("GET", path);
    return this.#follow(path);
  }

  /** Submits the form on the page: the only one, or the one whose action ends in `action`. Follows the redirect. */
  async submit(fields: Record<string, string>, action?: string): Promise<TestResponse> {
    const form = this.formOn(action);
    return this.post(form.action, { ...form.hidden, ...fields });
  }

  /** Sends a form to a path, and follows the redirect. */
  async post(path: string, fields: Record<string, string>): Promise<TestResponse> {
    this.response = await this.send(path, fields);
    return this.#follow(path);
  }

  /** Sends a form to a path, and follows nothing. */
  send(path: string, fields: Record<string, string>): Promise<TestResponse> {
    return this.request("POST", path, new URLSearchParams(fields).toString());
  }

  /** The form on the open page, with its hidden fields. */
  formOn(action?: string): { action: string; hidden: Record<string, string> } {
    const forms = [...this.page.body.matchAll(/<form[^>]* action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const form = forms.find(([, target]) => !action || target?.endsWith(action));
    if (!form) throw new Error(`No form on the page:\n${this.text}`);
    const hidden = [...(form[2] ?? "").matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const fields = hidden.map(([, name, value = ""]) => [name, value.replaceAll("&amp;", "&")]);
    return { action: form[1] ?? "", hidden: Object.fromEntries(fields) };
  }

  /** One request, with the cookies; nothing is followed. */
  async request(method: string, path: string, body?: string): Promise<TestResponse> {
    const headers: Record<string, string> = { ...this.#headers };
    if (this.cookies.size > 0) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (body !== undefined) {
      headers["content-type"] ??= "application/x-www-form-urlencoded";
      headers["sec-fetch-site"] ??= "same-origin";
    }
    const response = await this.#fetch(
      new Request(new URL(path, this.#baseUrl), { method, headers, body: body ?? null }),
    );
    this.#keepCookies(response.headers.getSetCookie());
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  async #follow(path: string): Promise<TestResponse> {
    this.page = this.response;
    this.path = path;
    for (let hops = 0; hops < 5 && this.page.headers.has("location"); hops += 1) {
      this.path = this.page.headers.get("location") ?? "";
      this.page = await this.request("GET", this.path);
    }
    return this.page;
  }

  #keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [name = "", value = ""] = Object.entries(parseCookie(line.split(";")[0] ?? ""))[0] ?? [];
      if (value === "" || /max-age=0\b/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
