/** A shorter piece could be no password of its own, however short they are allowed to be. */
const SHORTEST_PIECE = 8;

/**
 * Rows that fingers and minds run along. A password that is a stretch of one, forwards or backwards and round again at its
 * end, has no more to guess than where it begins.
 */
const ROWS = [
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "qazwsxedcrfvtgbyhnujmikolp",
];

/**
 * The piece that a password is made of by repeating it, the last time perhaps only in part: "abc" of "abcabcabca". The
 * whole of it where it repeats nothing. In code points; `folded` in NFC.
 */
export function repeatedUnit(folded: string): string {
  const points = [...folded];
  const length = points.findIndex(
    (_, period) => period > 0 && points.every((point, i) => i < period || point === points[i - period]),
  );
  return length > 0 && 2 * length <= points.length ? points.slice(0, length).join("") : folded;
}

/** Whether a password is a short piece over and over, which is as good as the piece alone. */
export function isShortUnitRepeated(folded: string): boolean {
  const piece = repeatedUnit(folded);
  return piece !== folded && [...piece].length < SHORTEST_PIECE;
}

/** Whether a password is a stretch of the alphabet, of the digits or of the keyboard, and nothing else. */
export function isSequence(folded: string): boolean {
  const backwards = [...folded].reverse().join("");
  return ROWS.some((row) => {
    const round = row.repeat(Math.ceil(folded.length / row.length) + 1);
    return round.includes(folded) || round.includes(backwards);
  });
}
