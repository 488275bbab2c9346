import type { Logo } from "./logo.ts";
import { createTheme, type Theme } from "./theme.ts";

/** What pages and emails show of the operator's brand. */
export interface Brand {
  /** The product's name. */
  name: string;
  logo: Logo | null;
  /** The logo on dark backgrounds. Null: `logo` stands on a white chip there. */
  logoDark: Logo | null;
  theme: Theme;
  /** Where a user finds help; null if there is no such page. */
  supportUrl: string | null;
  /** Also the `Reply-To` of every email. */
  supportEmail: string | null;
  /** The postal address in the footer of emails. */
  address: string | null;
  /** Links in the footer of pages, such as the privacy policy. */
  links: readonly BrandLink[];
}

export interface BrandLink {
  label: string;
  url: string;
}

/** A brand of a name alone. */
export function plainBrand(name: string): Brand {
  return {
    name,
    logo: null,
    logoDark: null,
    theme: createTheme({}),
    supportUrl: null,
    supportEmail: null,
    address: null,
    links: [],
  };
}

/** The first letter of a name, for a brand without a logo. A whole grapheme, so that no letter loses its accent. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  return (first?.segment ?? "").toLocaleUpperCase();
}
