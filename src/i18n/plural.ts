import type { Category, Language } from "./languages.ts";

type Form = (n: string) => string;

/** One form for each plural category of a built-in language, no more and no fewer. Other languages need at least `other`. */
export type Forms<L extends string> = L extends Language
  ? { [C in Category<L>]: Form }
  : { other: Form } & { [C in Intl.LDMLPluralRule]?: Form };

/** A sentence that counts. */
export interface Plural {
  (n: number): string;
  /** The sentence of each category with `{n}` for the number: for the script, which counts down with `Intl.PluralRules`. */
  readonly templates: Readonly<Record<string, string>>;
}

/** The sentence for a number, in the form that the language asks for (CLDR cardinal categories). */
export function plural<L extends string>(language: L, forms: Forms<L>): Plural {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const byCategory = forms as { other: Form } & Partial<Record<string, Form>>;
  const templates = Object.fromEntries(
    Object.entries(byCategory).map(([category, form]) => [category, form?.("{n}") ?? ""]),
  );
  return Object.assign((n: number) => (byCategory[rules.select(n)] ?? byCategory.other)(digits.format(n)), {
    templates,
  });
}
