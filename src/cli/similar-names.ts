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

/** Settings that no file can hold: Node and libuv read two of them before this code runs, and the third names a file itself. */
export const NOT_IN_A_FILE = ["NODE_ENV", "UV_THREADPOOL_SIZE", "SMTP_CA_FILE"];

/**
 * Problems with `NAME_FILE` variables that have a value and belong to no setting. A secret that is silently not read must not
 * let the server start, so these are refused where an unknown name is only warned about. Variables of other programs, such as
 * `SSL_CERT_FILE`, are left alone.
 */
export function unknownFiles(
  { environment, dotenv }: { environment: string[]; dotenv: string[] },
  known: ReadonlySet<string>,
): Array<{ setting: string; sentence: string }> {
  const problems: Array<{ setting: string; sentence: string }> = [];
  for (const setting of environment) {
    const name = setting.replace(/_FILE$/i, "");
    if (name === setting || known.has(setting)) continue;
    if (NOT_IN_A_FILE.includes(name)) {
      problems.push({ setting, sentence: `is not a setting: ${name} can't be read from a file. Set ${name} itself.` });
    } else if (!known.has(name) || !setting.endsWith("_FILE")) {
      const meant = known.has(name) ? name : similarName(name, known);
      const isOurs = dotenv.includes(setting) && OUR_PREFIXES.test(name);
      if (meant && !NOT_IN_A_FILE.includes(meant)) {
        problems.push({ setting, sentence: `is not a setting. Did you mean ${meant}_FILE?` });
      } else if (isOurs) problems.push({ setting, sentence: "is not a setting. Remove it." });
    }
  }
  return problems;
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
