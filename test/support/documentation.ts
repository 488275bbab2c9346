import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

/** The pages of the documentation, as paths from the root. */
export const PAGES = [
  "README.md",
  "ARCHITECTURE.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...globSync(["docs/*.md", "decisions/*.md"], { cwd: ROOT }).sort(),
];

/** A block of code on a page, and the line on which it begins. */
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

/** The rows, as cells, of every table on a page whose first heading is this. */
export function rowsUnder(page: string, heading: string): string[][] {
  const rows: string[][] = [];
  let isInside = false;
  for (const line of withoutSnippets(page).split("\n")) {
    const cells = /^\|.*\|$/.test(line) ? line.slice(1, -1).split("|") : null;
    const row = cells?.map((cell) => cell.trim());
    if (row && isInside && !/^-+$/.test(row[0] ?? "")) rows.push(row);
    isInside = row !== undefined && (isInside || row[0] === heading);
  }
  return rows;
}

/** Where a page links to, other sites left out. */
export function linksOn(page: string): string[] {
  const links = [...withoutSnippets(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^https?:/.test(link));
}

/** Whether there is a file, and on it the heading, to which a link on the page leads. */
export function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOn(target).has(anchor);
}

/** A cell without the signs of code. */
export function bare(cell = ""): string {
  return cell.replaceAll("`", "");
}

/** The anchors that headings get where Markdown is shown. */
function anchorsOn(page: string): Set<string> {
  const headings = [...withoutSnippets(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
  return new Set(headings.map((heading) => heading.replace(/[^\w\- ]/g, "").replaceAll(" ", "-")));
}

function withoutSnippets(page: string): string {
  return textOf(page).replace(/^```[\s\S]*?^```$/gm, "");
}
