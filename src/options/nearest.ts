/**
 * Returns the known option path closest to an unknown one, or null if none is close. Names in the same group win ties;
 * the group is left out of the result if it is the same.
 */
export function nearestOption(unknown: string, known: readonly string[]): string | null {
  const [group, name] = split(unknown);
  const limit = Math.max(2, Math.floor(name.length / 3));
  const ranked = known
    .map((path) => {
      const [itsGroup, itsName] = split(path);
      const isSameGroup = itsGroup === group;
      const distance = editDistance(name.toLowerCase(), itsName.toLowerCase());
      return { suggestion: isSameGroup ? itsName : path, distance, rank: distance + (isSameGroup ? 0 : 0.5) };
    })
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.rank - b.rank);
  return ranked[0]?.suggestion ?? null;
}

/** `mail.dkim.domain` is `domain` in the group `mail.dkim`. */
function split(path: string): [group: string, name: string] {
  const end = path.lastIndexOf(".");
  return [path.slice(0, Math.max(0, end)), path.slice(end + 1)];
}

/** Levenshtein distance. Names are cut to 40 characters, so that the cost is bounded. */
function editDistance(a: string, b: string): number {
  const to = b.slice(0, 40);
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a.slice(0, 40)].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
