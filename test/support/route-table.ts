import { ownAccounts } from "../../src/accounts/accounts-table.ts";
import { plainBrand } from "../../src/brand/brand.ts";
import { routes } from "../../src/features/app.ts";
import type { Pages } from "../../src/features/pages.ts";
import type { HttpContext } from "../../src/http/context.ts";
import type { Route } from "../../src/http/route.ts";
import { stylePath, stylesheet } from "../../src/http/style.ts";

/** Every route that there is, the development mailbox's too: taken from the app, so that a new one cannot be forgotten. */
export function everyRoute(): Route<Pages>[] {
  const brand = plainBrand("Latchkey");
  const mailbox = { list: async () => [], find: async () => null };
  return routes({
    mailbox,
    brand,
    stylePath: stylePath(stylesheet(brand.theme)),
    core: { settings: { signInLinks: true }, accounts: ownAccounts },
  } as unknown as HttpContext<Pages>);
}

/** A path that the route answers, with something in place of `:token` and the like. */
export function pathOf(route: Pick<Route, "path">, part = "A".repeat(43)): string {
  return route.path.replace(/:\w+/g, part);
}

/** A form that the route takes: every field, once. */
export function fieldsOf(route: Pick<Route, "fields" | "optional">): Record<string, string> {
  return Object.fromEntries([...route.fields, ...route.optional].map((name) => [name, VALUES[name] ?? "x"]));
}

const VALUES: Record<string, string> = {
  email: "anna@example.com",
  password: "some long enough password",
  current_password: "not the right password",
  token: "A".repeat(43),
  code: "12345678",
};
