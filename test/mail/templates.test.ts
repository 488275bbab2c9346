import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainBrand } from "../../src/brand/brand.ts";
import { createTheme } from "../../src/brand/theme.ts";
import { mail } from "../../src/i18n/en-mail.ts";
import { letter } from "../../src/mail/letter.ts";
import { EMAIL_SECRETS, EMAIL_VIEWS, letterheadIn, SERVED_LANGUAGES, writeEmail } from "../support/letterhead.ts";

const MAX_BYTES = 20_000;
const MAX_COLUMNS = 78;
const RESET = EMAIL_VIEWS["password-reset"] as (typeof EMAIL_VIEWS)[string];

for (const tag of SERVED_LANGUAGES) {
  describe(`Every email in ${tag}`, () => {
    for (const [name, view] of Object.entries(EMAIL_VIEWS)) {
      it(`has the same content as text and as HTML, and whole links: ${name}`, async () => {
        const { subject, text, html } = await writeEmail(view, tag);
        const link = "token" in view || "alertToken" in view || "button" in view;

        assert.ok(subject.length > 0 && subject.length <= 78 && !/[\r\n]/.test(subject), subject);
        assert.match(html, new RegExp(`^<!doctype html>\n<html lang="${tag}" dir="${tag === "ar" ? "rtl" : "ltr"}"`));
        assert.ok(Buffer.byteLength(html) < MAX_BYTES, `${Buffer.byteLength(html)} bytes`);
        assert.doesNotMatch(`${subject}${text}${html}`, /undefined|\[object|NaN|\{\w+\}/);
        assert.doesNotMatch(html, /<img|src=|url\(|@import|system-ui|font-weight:650/);
        if (link) assert.match(text, new RegExp(`^https://acme\\.example/[a-z-]+/${EMAIL_SECRETS.token}$`, "m"));
        for (const line of text.split("\n")) {
          if (!line.startsWith("https://")) assert.ok(line.length <= MAX_COLUMNS, `${line.length} columns: ${line}`);
        }
        if ("code" in view && view.code) {
          assert.match(text, /^ {4}\u2066?1234 5678\u2069?$/m);
          assert.match(html, /dir="ltr"[^>]*>1234&nbsp;5678</);
          assert.match(html, /telephone=no/);
        }
        assert.deepEqual(
          wordsOf(textOf(html), (await letterheadIn(tag)).mail.common.copyLink).filter((word) => !text.includes(word)),
          [],
        );
      });
    }
  });
}

describe("An email with a code", () => {
  it("warns not to share the code, and an email without a code does not mention it", async () => {
    for (const kind of ["password-reset", "sign-in-link"]) {
      const has = await writeEmail(EMAIL_VIEWS[kind] ?? RESET);
      const hasNot = await writeEmail(EMAIL_VIEWS[`${kind} without a code`] ?? RESET);

      for (const body of [has.text, textOf(has.html)])
        assert.ok(body.replace(/\s+/g, " ").includes(mail.common.neverShare));
      for (const body of [hasNot.text, hasNot.html]) assert.doesNotMatch(body, /1234/);
    }
  });

  it("states where the code is entered, for sign-in also after opening the link in another browser", async () => {
    const reset = (await writeEmail(RESET)).text.replace(/\s+/g, " ");
    const signIn = (await writeEmail(EMAIL_VIEWS["sign-in-link"] ?? RESET)).text.replace(/\s+/g, " ");

    assert.ok(reset.includes(mail.common.code({ duration: "10 minutes" })));
    assert.ok(signIn.includes(mail.common.codeLink({ duration: "10 minutes" })));
  });
});

describe("The brand of an email", () => {
  const brand = {
    ...plainBrand("Acme & Söhne <b>"),
    theme: createTheme({ accent: "#ffdd00", radius: 0 }),
    supportEmail: "help@acme.example",
    address: "Acme Ltd · 1 High Street, London",
  };

  it("is the name, the accent, the postal address and the support, escaped", async () => {
    const { html, text } = await writeEmail(RESET, "en", { brand });

    assert.match(html, /Acme &amp; Söhne &lt;b&gt;/);
    assert.ok(html.includes(`background:${brand.theme.light.accent}`));
    assert.ok(html.includes(`color:${brand.theme.light.accentInk}`));
    for (const body of [html, text]) {
      assert.ok(body.includes(brand.address));
      assert.ok(body.includes(brand.supportEmail));
    }
  });
});

describe("A language note", () => {
  it("stands in a notice whose reader may not read its language", async () => {
    const { html, text } = await writeEmail(RESET, "en", { languageNote: "Is this not your language?" });

    assert.match(html, /lang="en" dir="ltr"[^>]*>Is this not your language\?/);
    assert.match(text, /Is this not your language\?/);
  });
});

describe("letter", () => {
  it("renders the host app's own emails with its strings escaped", async () => {
    const { html, text } = letter({
      ...(await letterheadIn("en")),
      subject: "Your invoice",
      preview: "Invoice 7",
      heading: "Invoice <7>",
      paragraphs: ["Thanks & goodbye"],
      notes: [],
    });

    assert.match(html, /Invoice &lt;7&gt;/);
    assert.match(html, /Thanks &amp; goodbye/);
    assert.match(text, /^Invoice <7>\n\nThanks & goodbye/);
  });
});

/** The visible text of an email's HTML part. */
function textOf(html: string): string {
  return html
    .replace(/^[\s\S]*<body/, "<body")
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/<div class="preview"[\s\S]*?<\/div>/, " ")
    .replace(/<\/?(bdi|strong|a|span)\b[^>]*>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&nbsp;/g, " ")
    .replace(/&amp;/g, "&")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, " ");
}

/** Words that the other part must hold too. The button's help is in HTML only, since text has no buttons. */
function wordsOf(text: string, except: string): string[] {
  return text.split(/[\s·•■]+/u).filter((word) => /^\p{L}{3,}$/u.test(word) && !except.includes(word));
}
