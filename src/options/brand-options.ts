import { z } from "zod";
import { type Brand, plainBrand } from "../brand/brand.ts";
import { hexColour } from "../brand/colour.ts";
import { type Logo, LogoError, readLogo } from "../brand/logo.ts";
import { createTheme, DEFAULT_RADIUS } from "../brand/theme.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import type { OptionProblem } from "./option-problem.ts";
import { isWebUrl, whole } from "./readers.ts";

/** The form of the options of the brand. */
export const brand = {
  name: z
    .string()
    .regex(/^[^\p{Cc}<>"]{1,60}$/u, 'must be 1 to 60 characters, without < > " or line breaks.')
    .default("Latchkey"),
  // Read in `resolveOptions`: a URL is checked against `baseUrl`.
  logoUrl: z.string().optional(),
  logoDarkUrl: z.string().optional(),
  accent: z
    .string()
    .transform((text, context) => {
      const colour = hexColour(text);
      if (colour) return colour;
      context.addIssue(`is "${text}". Use a colour of 3 or 6 hex digits, for example #0f766e.`);
      return z.NEVER;
    })
    .optional(),
  radius: whole("pixels", { example: DEFAULT_RADIUS, min: 0, max: 20 }),
  supportUrl: z
    .string()
    .refine(isWebUrl, "must be an address that begins with https://, such as https://acme.example/help.")
    .optional(),
  supportEmail: z
    .string()
    .transform((text, context) => {
      const normalised = normaliseEmail(text);
      if (normalised.kind === "address") return normalised.email;
      context.addIssue("must be an email address, such as help@acme.example.");
      return z.NEVER;
    })
    .optional(),
  address: z
    .string()
    .regex(/^[^\p{Cc}]{1,200}$/u, "must be 1 to 200 characters on one line.")
    .optional(),
  links: z
    .array(
      z.strictObject({
        label: z.string().regex(/^[^\p{Cc}]{1,40}$/u, "must be 1 to 40 characters."),
        url: z.string().refine(isWebUrl, "must be an address that begins with https://."),
      }),
    )
    .max(10)
    .default([]),
};

/** The options of the brand as they are read, before the logos are. */
type BrandOptions = z.output<z.ZodObject<typeof brand>>;

/** Reads the logos and derives the colours. */
export function resolveBrand(given: BrandOptions, baseUrl: URL): { brand: Brand; problems: OptionProblem[] } {
  const problems: OptionProblem[] = [];
  const logo = (name: "logoUrl" | "logoDarkUrl"): Logo | null => {
    const value = given[name];
    if (value === undefined) return null;
    try {
      return readLogo(value, baseUrl);
    } catch (error) {
      if (!(error instanceof LogoError)) throw error;
      problems.push({ option: `brand.${name}`, message: error.message });
      return null;
    }
  };
  const brand: Brand = {
    ...plainBrand(given.name),
    logo: logo("logoUrl"),
    logoDark: logo("logoDarkUrl"),
    theme: createTheme(given),
    supportUrl: given.supportUrl ?? null,
    supportEmail: given.supportEmail ?? null,
    address: given.address ?? null,
    links: given.links,
  };
  if (given.logoDarkUrl !== undefined && given.logoUrl === undefined) {
    problems.push({ option: "brand.logoDarkUrl", message: "needs brand.logoUrl, the logo on light backgrounds." });
  }
  return { brand, problems };
}
