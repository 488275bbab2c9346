import { editDistance } from "../lib/edit-distance.ts";

/** Names that begin so are ours in a `.env` file, so an unknown one is a mistake. */
const OUR_PREFIXES = /^(SMTP|MAIL|DKIM|LIMIT)_/;

/**
 * Warns about names that look like a setting and are not one: in the environment by their spelling alone, in `.env` also by
 * their prefix. `known` holds every setting that was looked up.
 */
export function unknownNames(
  { environment, dotenv }: { environment: string[]; dotenv: string[] },
  known: ReadonlySet<string>,
): string[] {
  const warnings: string[] = [];
  for (const name of new Set([...environment, ...dotenv])) {
    if (known.has(name) || known.has(name.replace(/_FILE$/, ""))) continue;
    const meant = similarName(name, known);
    if (meant) warnings.push(`${name} is not a setting and is ignored. Did you mean ${meant}?`);
    else if (dotenv.includes(name) && OUR_PREFIXES.test(name))
      warnings.push(`${name} is not a setting and is ignored.`);
  }
  return warnings;
}

/** The known name that a name is probably a misspelling of, or null. */
function similarName(name: string, known: ReadonlySet<string>): string | null {
  const upper = name.toUpperCase();
  let best: { name: string; distance: number } | null = null;
  for (const candidate of known) {
    const allowed = candidate.length >= 12 ? 3 : candidate.length >= 8 ? 2 : 1;
    if (Math.abs(candidate.length - upper.length) > allowed) continue;
    const distance = editDistance(upper, candidate);
    if (distance <= allowed && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: candidate, distance };
  }
  return best?.name ?? null;
}
