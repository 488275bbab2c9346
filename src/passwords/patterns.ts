/** A repeated unit shorter than the shortest configurable password is refused. */
const SHORTEST_UNIT = 8;

/**
 * Sequences of the alphabet, the digits and the keyboard. A password that is a part of one, forwards or backwards and
 * wrapping round at its end, is determined by its first character and direction.
 */
const SEQUENCES = [
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
 * The unit that a password repeats, the last time perhaps only in part: "abc" for "abcabcabca". The whole password if it
 * repeats nothing. In code points; `folded` in NFC.
 */
export function repeatedUnit(folded: string): string {
  const points = [...folded];
  const length = points.findIndex(
    (_, period) => period > 0 && points.every((point, i) => i < period || point === points[i - period]),
  );
  return length > 0 && 2 * length <= points.length ? points.slice(0, length).join("") : folded;
}

/** Whether a password repeats a short unit, and so is as weak as the unit alone. */
export function isShortUnitRepeated(folded: string): boolean {
  const unit = repeatedUnit(folded);
  return unit !== folded && [...unit].length < SHORTEST_UNIT;
}

/** Whether a password is a part of the alphabet, the digits or the keyboard, and nothing else. */
export function isSequence(folded: string): boolean {
  const backwards = [...folded].reverse().join("");
  return SEQUENCES.some((sequence) => {
    const repeated = sequence.repeat(Math.ceil(folded.length / sequence.length) + 1);
    return repeated.includes(folded) || repeated.includes(backwards);
  });
}
