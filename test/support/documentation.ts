import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

/** The pages of the documentation, as paths from the root. */
export const PAGES = [
  "README.md",
  "ARCHITECTURE.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "RELEASING.md",
  ...globSync(["docs/*.md", "decisions/*.md"], { cwd: ROOT }).sort(),
];

/** A block of code on a page, and its first line. */
export interface Snippet {
  page: string;
  line: number;
  text: string;
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The blocks of one language on a page. */
export function snippets(page: string, language: string): Snippet[] {
  const text = textOf(page);
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"));
  return [...blocks].map((block) => {
    return { page, line: text.slice(0, block.index).split("\n").length, text: block[1] ?? "" };
  });
}

/** The bullets below a heading of the second level that begin with a name in code: the name, and the whole bullet. */
export function entriesUnder(page: string, heading: string): Array<{ name: string; text: string }> {
  const section = withoutSnippets(page)
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`));
  return (section ?? "").split(/^\* /m).flatMap((bullet) => {
    const [text = ""] = bullet.split("\n\n");
    const [, name] = /^`([^`]+)`/.exec(text) ?? [];
    return name === undefined ? [] : [{ name, text }];
  });
}

/** What the groups of a pattern find in a text: each once, sorted. */
export function namesIn(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter((group) => group !== undefined));
  return [...new Set(found)].sort();
}

/** The links of a page to files and headings of this project. */
export function linksOn(page: string): string[] {
  const links = [...withoutSnippets(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^https?:/.test(link));
}

/** Whether the file and heading that a link points to exist. */
export function isValidLink(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOn(target).has(anchor);
}

/** A text without backticks. */
export function plainText(text = ""): string {
  return text.replaceAll("`", "");
}

/** The anchors of the headings, as Markdown renderers make them. */
function anchorsOn(page: string): Set<string> {
  const headings = [...withoutSnippets(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
  return new Set(headings.map((heading) => heading.replace(/[^\w\- ]/g, "").replaceAll(" ", "-")));
}

function withoutSnippets(page: string): string {
  return textOf(page).replace(/^```[\s\S]*?^```$/gm, "");
}
