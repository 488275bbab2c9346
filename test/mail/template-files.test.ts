import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { plainBrand } from "../../src/brand/brand.ts";
import { readTemplateFiles, TemplateFilesError } from "../../src/mail/template-files.ts";
import { render } from "../../src/mail/templates.ts";
import type { EmailView } from "../../src/mail/views.ts";
import { EMAIL_SECRETS, EMAIL_VIEWS, letterheadIn, writeEmail } from "../support/letterhead.ts";
import { scratchFolder } from "../support/scratch.ts";

const RESET = EMAIL_VIEWS["password-reset"] as EmailView;
const LINK = `https://acme.example/reset-password/${EMAIL_SECRETS.token}`;

function folderWith(files: Record<string, string | Buffer>): string {
  const folder = scratchFolder("templates");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function write(files: Record<string, string | Buffer>, { view = RESET, tag = "en", name = "Acme" } = {}) {
  return render(view, await letterheadIn(tag, { brand: plainBrand(name) }), readTemplateFiles(folderWith(files)));
}

describe("Email templates in files", () => {
  it("replace the parts that have a file, with values escaped in HTML", async () => {
    const letter = await write(
      {
        "password-reset.html": '<p>{{product}}: <a href="{{link}}">{{link}}</a>{{#code}} Code {{code}}{{/code}}</p>',
        "password-reset.subject": "Neues Passwort\nfür {{product}}",
      },
      { name: "A & B" },
    );

    assert.equal(letter.html, `<p>A &#38; B: <a href="${LINK}">${LINK}</a> Code 1234 5678</p>`);
    assert.equal(letter.subject, "Neues Passwort für A & B");
    assert.equal(letter.text, (await writeEmail(RESET, "en", { brand: plainBrand("A & B") })).text);
  });

  it("leave a section out where its value is empty", async () => {
    const view = EMAIL_VIEWS["password-reset without a code"] as EmailView;
    const letter = await write({ "password-reset.txt": "{{link}}{{#code}} Code {{code}}{{/code}}" }, { view });

    assert.equal(letter.text, LINK);
  });

  it("prefer the file of the email's language", async () => {
    const files = { "password-reset.txt": "general {{link}}", "de/password-reset.txt": "deutsch {{link}}" };

    assert.equal((await write(files, { tag: "de" })).text, `deutsch ${LINK}`);
    assert.equal((await write(files)).text, `general ${LINK}`);
  });

  it("fill every placeholder of every kind", async () => {
    for (const [name, view] of Object.entries(EMAIL_VIEWS)) {
      const built = await writeEmail(view);
      const link = /https:\/\/acme\.example\/[a-z-]+\/A{43}/.exec(built.text)?.[0];
      const letter = await write(
        { [`${view.kind}.txt`]: `{{product}} ${link ? "{{link}} {{expires}}" : "{{browser}}"}` },
        { view },
      );

      assert.ok(letter.text.startsWith(link ? `Acme ${link} ` : "Acme Firefox on Windows"), `${name}: ${letter.text}`);
    }
  });

  for (const [why, files, message] of [
    [
      "a missing link",
      { "password-reset.html": "<p>Hello</p>" },
      /password-reset\.html: the placeholder \{\{link\}\} is missing/,
    ],
    ["a link in src", { "password-reset.html": '<img src="{{link}}">{{link}}' }, /not in <img/],
    ["a link in a part of href", { "password-reset.html": '<a href="https://x.example/?{{link}}">x</a>' }, /not in <a/],
    ["an unknown placeholder", { "password-reset.txt": "{{link}} {{name}}" }, /unknown placeholder \{\{name\}\}/],
    ["raw output", { "password-reset.html": "{{{link}}} {{&link}}" }, /no raw output/],
    ["a link in the subject", { "password-reset.subject": "{{link}}" }, /a subject holds no link/],
    ["an open section", { "password-reset.txt": "{{link}}{{#code}}x" }, /is not closed/],
    ["an unknown kind", { "password-rest.html": "x" }, /no email has this name/],
    ["an empty subject", { "de/invitation.subject": " \n" }, /de\/invitation\.subject: the subject is empty/],
    ["a placeholder in a style", { "password-reset.html": "<style>p{color:{{product}}}</style>{{link}}" }, /<style>/],
  ] as const) {
    it(`refuse ${why} at the start`, () => {
      assert.throws(
        () => readTemplateFiles(folderWith(files)),
        (error) => error instanceof TemplateFilesError && message.test(error.message),
      );
    });
  }

  it("refuse a folder that can't be read", () => {
    assert.throws(() => readTemplateFiles("/nowhere/at/all"), TemplateFilesError);
  });
});
