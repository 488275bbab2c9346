import { z } from "zod";
import { parseRate } from "../lib/rate.ts";
import { isLoopback } from "../mail/smtp/url.ts";

/** A rate limit, such as `30/10m`. */
export const rate = (example: string) =>
  z
    .string()
    .default(example)
    .transform((text, context) => {
      const parsed = parseRate(text);
      if (parsed) return parsed;
      context.addIssue(`is "${text}". Use a count and a period, for example ${example}.`);
      return z.NEVER;
    });

/** A whole number, or the same as text, because settings are text. */
export const whole = (unit: string, { example, min, max }: { example: number; min: number; max: number }) =>
  z
    .union([z.number(), z.string()])
    .default(example)
    .transform((given, context) => {
      const value = Number(given);
      if (String(given).trim() !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
      context.addIssue(`is "${given}". Use a whole number of ${unit} from ${min} to ${max}, for example ${example}.`);
      return z.NEVER;
    });

/** A boolean, or `on` or `off`, because settings are text. */
export const onOrOff = (example: boolean) =>
  z
    .union([z.boolean(), z.string()])
    .default(example)
    .transform((given, context) => {
      if (typeof given === "boolean") return given;
      if (given === "on" || given === "off") return given === "on";
      context.addIssue(`is "${given}". Use on or off.`);
      return z.NEVER;
    });

/** An address that pages may link to. Plain HTTP only to this machine. */
export function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
}
