import { editDistance } from "../lib/edit-distance.ts";

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
