import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { html } from "hono/html";
import { address, link, linkTo, ltr, rich, strong, time } from "../../src/i18n/rich.ts";

const HOSTILE = `<script>alert("&'")</script>`;
const ESCAPED = "&#60;script&#62;alert(&#34;&#38;&#39;&#34;)&#60;/script&#62;";

describe("rich", () => {
  it("escapes every slot in markup, and no slot in text", () => {
    const every = rich`<${HOSTILE}> ${address(HOSTILE)} ${ltr(HOSTILE)} ${strong`${HOSTILE}`} ${link({ label: HOSTILE, href: HOSTILE })} ${time({ at: 0, text: HOSTILE, form: HOSTILE })}`;

    assert.doesNotMatch(every.html(), /<script|"&'|alert\("/);
    assert.equal(every.html().split(ESCAPED).length - 1, 8);
    assert.match(every.text("ltr"), /^<<script>/);
  });

  it("isolates names and addresses in markup", () => {
    assert.equal(
      rich`a ${"שלום"} b ${ltr("x@example.com")}`.html(),
      'a <bdi>שלום</bdi> b <bdi dir="ltr">x@example.com</bdi>',
    );
  });

  it("isolates names and addresses in text of right-to-left languages only", () => {
    const sentence = rich`${"Acme"} ${address("x@example.com")}`;

    assert.equal(sentence.text("ltr"), "Acme x@example.com");
    assert.equal(sentence.text("rtl"), "\u2068Acme\u2069 \u2066x@example.com\u2069");
  });

  it("lets the sentence choose the words of a link", () => {
    const sentence = rich`Try again or ${linkTo("/forgot?a=1&b=2")(rich`ask ${"A&B"}`)}.`;

    assert.equal(sentence.html(), 'Try again or <a href="/forgot?a=1&#38;b=2">ask <bdi>A&#38;B</bdi></a>.');
    assert.equal(sentence.text("ltr"), "Try again or ask A&B (/forgot?a=1&b=2).");
  });

  it("writes a link once in text if its label is its address", () => {
    const href = "https://acme.example/help";

    assert.equal(link({ label: href, href }).text("ltr"), href);
    assert.equal(link({ label: href, href }).text("rtl"), `\u2066${href}\u2069`);
    assert.equal(link({ label: href, href }).html(), `<a href="${href}"><bdi dir="ltr">${href}</bdi></a>`);
  });

  it("puts inline styles on links and bold words of emails", () => {
    const sentence = rich`${strong`Wasn’t you?`} ${linkTo("/x")("Go")}`;

    assert.equal(
      sentence.html({ strong: "font-weight:bold", link: "color:#2456d6" }),
      '<strong style="font-weight:bold">Wasn’t you?</strong> <a href="/x" style="color:#2456d6">Go</a>',
    );
  });

  it("is put into a page by the html tag as it is, and a string escaped", () => {
    assert.equal(String(html`<p>${rich`a ${"<b>"}`} ${"<i>"}</p>`), "<p>a <bdi>&#60;b&#62;</bdi> &lt;i&gt;</p>");
  });

  it("gives the script the moment of a time", () => {
    assert.equal(
      time({ at: Date.UTC(2026, 10, 28, 14, 43), text: "on 28 November", form: "when" }).html(),
      '<time datetime="2026-11-28T14:43:00.000Z" data-form="when">on 28 November</time>',
    );
  });
});
