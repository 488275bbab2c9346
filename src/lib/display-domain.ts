import { domainToUnicode } from "node:url";

/** Scripts whose letters may stand together in one label, as Unicode UTS 39 §5.2 recommends. Latin mixes with none of them. */
const MIXES = [
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u30fc]+$/u,
  /^[\p{sc=Han}\p{sc=Bopomofo}]+$/u,
  /^[\p{sc=Han}\p{sc=Hangul}]+$/u,
];

/** Scripts in present use (UAX 31), each alone in a label. Not the letters of Latin beyond European languages. */
const SINGLE = [
  "Arabic",
  "Armenian",
  "Bengali",
  "Cyrillic",
  "Devanagari",
  "Ethiopic",
  "Georgian",
  "Greek",
  "Gujarati",
  "Gurmukhi",
  "Hebrew",
  "Kannada",
  "Khmer",
  "Lao",
  "Malayalam",
  "Myanmar",
  "Oriya",
  "Sinhala",
  "Tamil",
  "Telugu",
  "Thaana",
  "Thai",
  "Tibetan",
].map((script) => new RegExp(`^[\\p{sc=${script}}\\p{M}]+$`, "u"));

/** ASCII and the accented letters of Latin-1 and Latin Extended-A, without those that resemble a plain letter or two. */
const LATIN = /^[a-z\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u017e]+$/;

/** Letters of other scripts that look like ASCII letters. A label of these alone could pass for a Latin one. */
const RESEMBLE_LATIN =
  /^[\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u051b\u0455\u051d\u0445\u0443\u044a\u044c\u04bd\u043f\u0433\u0475\u0461\u043a\u043c\u043d\u0442\u0432\u04af\u04cc\u03b1\u03b3\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c3\u03c2\u03c4\u03c5\u03c7\u03c9\u0585\u057d\u0570\u0578\u0563\u0566\u0581\u0584\u0575\u057c\u10e7\u10ff\u10dd\u05d5\u05d8\u05df\u05e1\u05d9\u0647\u0627\u0d20\u0c66\u0966\u0e50]+$/u;

/**
 * A domain as people write it: `b\u00fccher.example` for `xn--bcher-kva.example`. A label stays in its `xn--` form unless
 * its letters are of one script, or of scripts that are written together, and cannot be taken for a Latin label (UTS 39). Only
 * for display: stored addresses and envelopes keep the form that DNS knows.
 */
export function displayDomain(domain: string): string {
  return domain.split(".").map(displayLabel).join(".");
}

function displayLabel(label: string): string {
  if (!/^xn--[a-z0-9-]{1,59}$/i.test(label)) return label;
  const plain = domainToUnicode(label);
  return isUnmistakable(plain) ? plain : label;
}

function isUnmistakable(plain: string): boolean {
  const letters = plain.replace(/[0-9-]/g, "");
  if (!/^[\p{L}\p{M}]+$/u.test(letters) || RESEMBLE_LATIN.test(letters)) return false;
  return [LATIN, ...MIXES, ...SINGLE].some((script) => script.test(letters));
}
