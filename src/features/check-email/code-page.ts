import { html } from "hono/html";
import type { RequestPurpose } from "../../core/purposes.ts";
import { requestAgainForm } from "../../http/fields.ts";
import type { Page } from "../../http/layout.ts";
import { buttonLink, emblem, foot, lead } from "../../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { link, linkTo } from "../../i18n/rich.ts";

/** The keys of the title and the sentence of each reason. */
const WORDS = {
  "no-request": ["elsewhereTitle", "elsewhere"],
  "not-again": ["notAgainTitle", "notAgain"],
  used: ["usedTitle", "used"],
  "too-many-tries": ["triesTitle", "tries"],
} as const;

/** Why no code is accepted or no email is sent again, and what to do next. */
export function codeEnded(
  page: PageContext,
  view: { why: keyof typeof WORDS; again: { purpose: RequestPurpose; email: string; next: string | null } | null },
): Page {
  const { words } = page;
  const { why, again } = view;
  const [title, sentence] = WORDS[why];
  const body = html`${lead(words.codeOver[sentence])}
${again ? requestAgainForm(page, again) : buttonLink(pathTo(page, "/sign-in"), words.codeOver.start)}
${foot(
  again
    ? words.dead.knowPassword({ signIn: linkTo(pathWithNext(page, "/sign-in", again.next)) })
    : link({ label: words.problem.resetPassword, href: pathTo(page, "/forgot-password") }),
)}`;
  return { title: words.codeOver[title], body, above: emblem("clock", "warn") };
}
