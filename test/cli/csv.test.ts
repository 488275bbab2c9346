import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CsvError, readEmailColumn } from "../../src/cli/csv.ts";

const EXPECTED = [
  { line: 2, email: "anna@example.com" },
  { line: 3, email: "bob@example.com" },
];

describe("readEmailColumn", () => {
  for (const [title, text, line = 0] of [
    ["commas", "name,email\nAnna,anna@example.com\nBob,bob@example.com\n"],
    [
      "semicolons, as Excel writes them in much of Europe",
      "name;email\r\nAnna;anna@example.com\r\nBob;bob@example.com\r\n",
    ],
    ["semicolons, with commas in a heading", '"Name, first";Email\nAnna;anna@example.com\nBob;bob@example.com\n'],
    ["tabs", "email\tname\nanna@example.com\tAnna\nbob@example.com\tBob\n"],
    ["sep=;", "sep=;\r\nname;email\r\nAnna;anna@example.com\r\nBob;bob@example.com\r\n", 1],
    ["sep=| in quotes", '"sep=|"\nname|email\nAnna|anna@example.com\nBob|bob@example.com\n', 1],
    ["one column", "email\nanna@example.com\nbob@example.com\n"],
  ] as const) {
    it(`reads ${title}`, () => {
      const expected = EXPECTED.map((one) => ({ ...one, line: one.line + line }));

      assert.deepEqual(readEmailColumn(Buffer.from(text)), expected);
      assert.deepEqual(readEmailColumn(Buffer.from(`\ufeff${text}`)), expected, "with a byte order mark");
      assert.deepEqual(readEmailColumn(Buffer.from(`\ufeff${text}`, "utf16le")), expected, "in UTF-16");
    });
  }

  it("names the headings if there is no email column", () => {
    const read = () => readEmailColumn(Buffer.from("mail;name\nanna@example.com;Anna\n"));

    assert.throws(read, (error) => error instanceof CsvError && error.message.endsWith("mail, name"));
  });
});
