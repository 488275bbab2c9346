import { type AccentColours, accentColours } from "./colour.ts";

/** The colours of pages and emails in one colour scheme that a brand does not change. */
export interface Palette {
  ground: string;
  card: string;
  sunken: string;
  ink: string;
  quiet: string;
  /** Edges of inputs and second buttons: at least 3:1 on the card and the ground. */
  line: string;
  /** Edges of cards and rules, which carry no meaning. */
  hair: string;
  bad: string;
  badGround: string;
  badLine: string;
  good: string;
  goodGround: string;
  goodLine: string;
  warn: string;
  warnGround: string;
  warnLine: string;
  infoGround: string;
  infoLine: string;
}

export const LIGHT: Palette = {
  ground: "#f5f6f8",
  card: "#ffffff",
  sunken: "#f5f6f8",
  ink: "#15181e",
  quiet: "#545b68",
  line: "#858c99",
  hair: "#e2e5ea",
  bad: "#b3261e",
  badGround: "#fdf2f1",
  badLine: "#e2a6a1",
  good: "#17693a",
  goodGround: "#eff8f2",
  goodLine: "#9ccdb0",
  warn: "#7a4a00",
  warnGround: "#fff7e6",
  warnLine: "#e4bd75",
  infoGround: "#f1f5fe",
  infoLine: "#b7c8f3",
};

export const DARK: Palette = {
  ground: "#0f1115",
  card: "#181b21",
  sunken: "#0f1115",
  ink: "#eceef2",
  quiet: "#a6adba",
  line: "#767e8d",
  hair: "#2b303a",
  bad: "#ffb4ab",
  badGround: "#2e1a1a",
  badLine: "#7c4642",
  good: "#8fd9a8",
  goodGround: "#14261b",
  goodLine: "#3c6b4d",
  warn: "#f5c66b",
  warnGround: "#2a2113",
  warnLine: "#6f5624",
  infoGround: "#171f33",
  infoLine: "#3c4f80",
};

/** A colour scheme with the accent of the brand. */
export type Scheme = Palette & AccentColours;

export interface Theme {
  light: Scheme;
  dark: Scheme;
  /** The radius of controls in CSS pixels, 0 to 20. Cards have 1.6 times it. */
  radius: number;
}

/** The default accent in each scheme. A brand's accent replaces both. */
const DEFAULT_ACCENT = { light: "#2456d6", dark: "#9db8ff" };

/** The radius of controls unless a brand sets it. */
export const DEFAULT_RADIUS = 10;

/** The colours for an accent. Whatever the accent is, every pair of text and background keeps its contrast floor. */
export function createTheme({
  accent,
  radius = DEFAULT_RADIUS,
}: {
  accent?: string | undefined;
  radius?: number | undefined;
}): Theme {
  return {
    light: { ...LIGHT, ...accentColours(accent ?? DEFAULT_ACCENT.light, groundsOf(LIGHT), "black") },
    dark: { ...DARK, ...accentColours(accent ?? DEFAULT_ACCENT.dark, groundsOf(DARK), "white") },
    radius,
  };
}

function groundsOf({ card, ground, infoGround }: Palette) {
  return { card, ground, well: infoGround };
}
