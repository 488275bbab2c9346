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
    const allowed = candidate.length >= 8 ? 2 : 1;
    if (Math.abs(candidate.length - upper.length) > allowed) continue;
    const distance = editDistance(upper, candidate);
    if (distance <= allowed && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: candidate, distance };
  }
  return best?.name ?? null;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return at(a.length, b.length);
}
