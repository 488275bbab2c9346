import { parse } from "csv-parse/sync";
import { decodeText } from "../lib/decode-text.ts";

/** A file that can't be imported. The message continues a sentence that begins with the file's name. */
export class CsvError extends Error {}

/** Excel writes semicolons where the comma is the decimal separator, and tabs in "Unicode text" (UTF-16). */
const SEPARATORS = [",", ";", "\t"];

/**
 * Reads the `email` column of a CSV file with a header row: UTF-8 or UTF-16, separated by commas, semicolons or tabs. Lines
 * count from 1. Throws CsvError.
 */
export function readEmailColumn(bytes: Uint8Array): Array<{ line: number; email: string }> {
  // Excel's own first line, `sep=;`, names the separator.
  const text = decodeText(bytes);
  const [declaration = "", named] = /^"?sep=(.)"?[^\S\n]*(?:\r\n?|\n)/i.exec(text) ?? [];
  const body = text.slice(declaration.length);
  const firstLine = declaration === "" ? 0 : 1;
  const separator = named ?? detectSeparator(body);

  let headings: string[] = [];
  try {
    const records = parse(body, {
      bom: true,
      delimiter: separator,
      columns: (first: string[]) => {
        headings = first.map((heading) => heading.trim().toLowerCase());
        return headings;
      },
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Array<{ record: Record<string, string>; info: { lines: number } }>;
    if (!headings.includes("email")) {
      throw new CsvError(`has no email column. Its header row is: ${headings.join(", ")}`);
    }
    return records.map(({ record, info }) => ({ line: info.lines + firstLine, email: record.email ?? "" }));
  } catch (error) {
    if (error instanceof CsvError) throw error;
    throw new CsvError(`isn't valid CSV: ${(error as Error).message}`);
  }
}

/** The separator under which the header row has an email column; otherwise the most frequent one. */
function detectSeparator(text: string): string {
  const header = text.split(/\r\n?|\n/, 1)[0] ?? "";
  const hasEmail = (separator: string) =>
    header.split(separator).some((heading) => /^"?\s*email\s*"?$/i.test(heading.trim()));
  const count = (separator: string) => header.split(separator).length;
  const candidates = SEPARATORS.filter(hasEmail);
  return (candidates.length > 0 ? candidates : SEPARATORS).toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}
