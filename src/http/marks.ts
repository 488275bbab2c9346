import { html } from "hono/html";
import { link, type Rich } from "../i18n/rich.ts";
import type { Html } from "./html.ts";
import { type IconName, icon } from "./icons.ts";
import type { PageContext } from "./page-context.ts";

/** What a sentence of the catalogue is set as. */
export type Sentence = string | Rich | Html;

/** A circle with an icon above the title of a page without fields. */
export function emblem(name: IconName, kind: "info" | "good" | "warn" | "bad" = "info"): Html {
  return html`<div class="emblem ${kind}">${icon(name)}</div>
`;
}

const NOTICE_ICONS = { info: "info", good: "tick", warn: "clock", bad: "problem" } as const;

/** One or two sentences in a box. `status`: read out by screen readers, for what was just done. */
export function notice(
  kind: keyof typeof NOTICE_ICONS,
  sentences: readonly Sentence[] | Sentence,
  { status = false } = {},
): Html {
  const list = Array.isArray(sentences) ? sentences : [sentences];
  return html`<div class="notice ${kind}"${status ? html` role="status"` : ""}>${icon(NOTICE_ICONS[kind])}<div>${list.map((sentence) => html`<p>${sentence}</p>`)}</div></div>
`;
}

/** The sentence below the title. */
export function lead(sentence: Sentence): Html {
  return html`<p class="lead">${sentence}</p>`;
}

/** What a button does, one sentence for each item. */
export function bulletList(...sentences: readonly Sentence[]): Html {
  return html`<ul class="bullets">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

/** "or" between two ways. */
export function divider(label: string): Html {
  return html`<div class="or">${label}</div>`;
}

/** Links and help below the form, after a rule. */
export function foot(...sentences: ReadonlyArray<Sentence | "">): Html {
  return html`<div class="foot">${sentences.filter((sentence) => sentence !== "").map((sentence) => html`<p>${sentence}</p>`)}</div>`;
}

/** A link that looks like a button. */
export function buttonLink(
  href: string,
  label: Sentence,
  { kind = "primary" }: { kind?: "primary" | "second" } = {},
): Html {
  return html`<a class="button full${kind === "second" ? " second" : ""}" href="${href}">${label}</a>`;
}

/** The submit button of a form. `busy`: its label while the form is sent. */
export function submit(
  label: Sentence,
  { busy, kind = "primary" }: { busy: string; kind?: "primary" | "second" | "danger" },
): Html {
  return html`<button class="full${kind === "primary" ? "" : ` ${kind}`}" data-busy="${busy}"><span>${label}</span></button>`;
}

/** The link to the page that the user was on the way to. `next` has been checked. Its query could hold a stranger's words. */
export function continueLink({ words }: Pick<PageContext, "words">, next: string): Rich {
  return link({ label: words.other.continueTo({ path: next.replace(/[?#].*$/, "") }), href: next });
}
