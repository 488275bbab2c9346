import type { Logo } from "./logo.ts";
import { createTheme, type Theme } from "./theme.ts";

/** What pages and emails show of the operator's brand. */
export interface Brand {
  /** The product's name. */
  name: string;
  /** What stands for the name where there is no logo. */
  initial: string;
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
    initial: initialOf(name),
    logo: null,
    logoDark: null,
    theme: createTheme({}),
    supportUrl: null,
    supportEmail: null,
    address: null,
    links: [],
  };
}

/** Where a user finds help: the support page, or a new email. Null if neither is configured. */
export function supportHref({ supportUrl, supportEmail }: Pick<Brand, "supportUrl" | "supportEmail">): string | null {
  return supportUrl ?? (supportEmail && `mailto:${supportEmail}`);
}

/** The first letter of a name, for a brand without a logo. A whole grapheme, so that no letter loses its accent. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  return (first?.segment ?? "").toLocaleUpperCase();
}
