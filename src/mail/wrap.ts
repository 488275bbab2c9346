/** The width of plain text in columns (RFC 5322 §2.1.1 recommends at most 78). */
export const TEXT_WIDTH = 72;

/** Characters that are written without spaces between words, and take two columns. */
const WIDE = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/u;

/** Punctuation that does not begin a line. */
const CLOSING = /^[、。，．！？：；）」』】〉》”’…,.!?:;)\]]/u;

/** Breaks a paragraph into lines. A word that is longer than a line, such as a link, stays whole. */
export function wrap(paragraph: string, width = TEXT_WIDTH): string {
  const lines: string[] = [];
  let line = "";
  for (const { piece, glue } of pieces(paragraph)) {
    const joined = line === "" ? piece : `${line}${glue}${piece}`;
    if (line === "" || columns(joined) <= width || CLOSING.test(piece)) line = joined;
    else {
      lines.push(line);
      line = piece;
    }
  }
  return [...lines, line].join("\n");
}

/** Words, and the single characters of scripts without spaces. `glue` stands before the piece unless a line breaks there. */
function pieces(paragraph: string): Array<{ piece: string; glue: string }> {
  // Only U+0020 is a place for a break: no-break spaces keep what they join together.
  return paragraph.split(" ").flatMap((word) => {
    const parts = WIDE.test(word)
      ? (word.match(/[^\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+|./gu) ?? [])
      : [word];
    return parts.map((piece, i) => ({ piece, glue: i === 0 ? " " : "" }));
  });
}

function columns(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
