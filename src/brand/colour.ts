/** sRGB, each channel from 0 to 1. */
type Rgb = readonly [number, number, number];

/** The colours of a brand in one colour scheme, as CSS hex. Each pair keeps its contrast floor (WCAG 2.2, 1.4.3 and 1.4.11). */
export interface AccentColours {
  /** Filled buttons: at least 3:1 on the card and the ground. */
  accent: string;
  /** Text on the accent: at least 4.5:1. */
  accentInk: string;
  /** Links, icons and the focus ring: at least 4.5:1 on the card, the ground and the tinted wells. */
  accentText: string;
}

/** Backgrounds that the accent must be readable on. */
export interface Grounds {
  card: string;
  ground: string;
  well: string;
}

/** The accent as text and as a surface must reach these on every ground. */
const TEXT_FLOOR = 4.5;
const SURFACE_FLOOR = 3;

/** White and black: every colour has a contrast of 4.5 with at least one of them. */
const LIGHT_INK = "#ffffff";
const DARK_INK = "#000000";

/** How far each step moves a colour towards white or black, in OKLab lightness. */
const STEP = 0.02;

/** Derives readable colours from any accent. `towards` is where it is moved if it does not read: black on light grounds, white on dark. */
export function accentColours(accent: string, grounds: Grounds, towards: "black" | "white"): AccentColours {
  const all = [grounds.card, grounds.ground, grounds.well];
  const surface = moveUntil(accent, towards, (colour) => all.every((one) => contrast(colour, one) >= SURFACE_FLOOR));
  return {
    accent: surface,
    accentInk: contrast(LIGHT_INK, surface) >= TEXT_FLOOR ? LIGHT_INK : DARK_INK,
    accentText: moveUntil(accent, towards, (colour) => all.every((one) => contrast(colour, one) >= TEXT_FLOOR)),
  };
}

/** The contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [bright, dark] = [luminance(parseHex(one)), luminance(parseHex(other))].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (bright + 0.05) / (dark + 0.05);
}

/** A CSS hex colour of 3 or 6 digits, in lower case with 6; null if it is none. */
export function hexColour(text: string): string | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join("")}`.toLowerCase();
  return /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null;
}

/** Keeps hue and chroma as far as sRGB can show them, and changes the lightness until the colour passes. */
function moveUntil(colour: string, towards: "black" | "white", passes: (colour: string) => boolean): string {
  if (passes(colour)) return colour;
  const [lightness, a, b] = toOklab(parseHex(colour));
  const direction = towards === "white" ? STEP : -STEP;
  for (let l = lightness + direction; l > 0 && l < 1; l += direction) {
    const moved = toHex(fromOklab([l, a, b]));
    if (passes(moved)) return moved;
  }
  return towards === "white" ? LIGHT_INK : DARK_INK;
}

function parseHex(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function toHex(rgb: Rgb): string {
  const channel = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 255);
  return `#${rgb.map((value) => channel(value).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function gamma(channel: number): number {
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
}

/** OKLab (https://bottosson.github.io/posts/oklab/). */
function toOklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(linear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
