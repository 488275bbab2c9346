import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { catalogueProblems, createCatalogues, LOADERS, type Sentences } from "../../src/i18n/catalogues.ts";
import { words as english } from "../../src/i18n/en.ts";
import { englishOnly } from "../../src/i18n/english-only.ts";
import { LANGUAGES, type Language } from "../../src/i18n/languages.ts";
import { plural } from "../../src/i18n/plural.ts";
import { link, Rich, rich } from "../../src/i18n/rich.ts";

const SRC = join(import.meta.dirname, "../../src/i18n");
const REVIEW = join(import.meta.dirname, "../../docs/i18n");

/** Sentences that a language may share with English, by its tag and their path: names, and words that are the same. */
const SAME_ALLOWED = /^(\S+ (frame\.documentTitle|mail\.common\.(row|action))|es frame\.documentTitleError)$/;
/** Words that a language has in common with English. */
const SAME_WORDS = /^(Browser|Code|Computer|Tablet|Link|Password|.{0,3})$/i;
const BUTTON =
  /(^|\.)(button\w*|\w*Button|action|show|hide|resend|start|change|notMe|newLink|resetPassword|problem\.signInLink|toAccount|endOne|endOthers|signOut|byLink)$/;

const en = await load("en");

for (const [tag, loader] of Object.entries(LOADERS)) {
  describe(`The catalogue ${tag}`, async () => {
    const own = await loader();
    const texts = textsOf(own);
    const source = textsOf(en);

    it("has the keys of English", () => {
      assert.deepEqual([...texts.keys()].sort(), [...source.keys()].sort());
    });

    it("uses the slots of English in each sentence", () => {
      const wrong = [...texts].filter(([path, { slots }]) => String(slots) !== String(source.get(path)?.slots));

      assert.deepEqual(
        wrong.map(([path, { slots }]) => `${path}: ${slots} instead of ${source.get(path)?.slots}`),
        [],
      );
    });

    it("has no empty sentence, and no spaces at the ends of one", () => {
      assert.deepEqual(
        found(texts, (text) => text.trim() === "" || text.trim() !== text),
        [],
      );
    });

    it("has curly apostrophes and one character for an ellipsis", () => {
      assert.deepEqual(
        found(texts, (text) => /'|\.\.\.|"/.test(text)),
        [],
      );
    });

    it("has subjects of at most 78 characters, and labels of buttons of at most 40", () => {
      const tooLong = found(texts, (text, path) => {
        if (/\.subject$/.test(path)) return text.length > 78;
        return BUTTON.test(path) && text.length > 40;
      });

      assert.deepEqual(tooLong, []);
    });

    it("fits the narrow places", () => {
      const limits: Record<string, number> = {
        "code.label": 24,
        "password.show": 12,
        "password.hide": 12,
        "me.change": 16,
      };
      const wide = found(
        texts,
        (text, path) => text.length > (path.startsWith("busy.") ? 24 : (limits[path] ?? Infinity)),
      );

      assert.deepEqual(wide, []);
    });

    if (tag !== "en") {
      it("has nothing left in English", () => {
        const same = found(texts, (text, path) => {
          return text === source.get(path)?.text && !SAME_ALLOWED.test(`${tag} ${path}`) && !SAME_WORDS.test(text);
        });

        assert.deepEqual(same, []);
      });

      it("keeps each link, and each word in bold, of English", () => {
        const wrong = [...texts].filter(([path, { tags }]) => String(tags) !== String(source.get(path)?.tags));

        assert.deepEqual(
          wrong.map(([path, { tags }]) => `${path}: ${tags} instead of ${source.get(path)?.tags}`),
          [],
        );
      });

      it("has a glossary", () => {
        assert.ok(existsSync(join(REVIEW, `${tag}.md`)));
      });
    }
  });
}

describe("The catalogues", () => {
  it("have a loader for each language that has files", () => {
    const tags = globSync("*-mail.ts", { cwd: SRC }).map((name) => name.replace(/-mail\.ts$/, ""));

    assert.deepEqual(tags.sort(), Object.keys(LOADERS).sort());
  });

  it("have curly apostrophes in English for developers, too", () => {
    assert.deepEqual(
      found(textsOf(englishOnly), (text) => /'|\.\.\./.test(text)),
      [],
    );
  });

  it("put a changed sentence over the built-in one, and keep the others", async () => {
    const catalogues = createCatalogues({
      words: { en: { signIn: { button: "Let’s go" }, emails: { reset: { heading: "Reset" } } } },
    });
    const { words, mail } = await catalogues.load("en");

    assert.equal(words.signIn.button, "Let’s go");
    assert.equal(words.signIn.forgot, english.signIn.forgot);
    assert.equal(mail.reset.heading, "Reset");
    assert.equal(english.signIn.button, "Sign in");
  });

  it("serve a language of the operator's own, with English for what it lacks", async () => {
    const words = { ...en.words, signIn: { button: "Logga in" } } as unknown as Sentences["words"];
    const own = { tag: "sv", name: "Svenska", dir: "ltr" as const, words, emails: en.mail };
    const catalogues = createCatalogues({ languages: [own] });
    const swedish = await catalogues.load("sv");

    assert.equal(catalogues.negotiate({ accept: "sv-SE" }, "en").language, "sv");
    assert.equal(swedish.words.signIn.button, "Logga in");
    assert.equal(swedish.words.signIn.forgot, english.signIn.forgot);
    assert.equal(swedish.name, "Svenska");
  });

  it("isolate names in plain sentences of right-to-left languages", async () => {
    const own = { tag: "he", name: "עברית", dir: "rtl" as const, words: en.words, emails: en.mail };
    const { words, mail, dir } = await createCatalogues({ languages: [own] }).load("he");

    assert.equal(dir, "rtl");
    assert.equal(mail.reset.subject({ product: "Acme" }), "Reset your \u2068Acme\u2069 password");
    assert.equal(words.check.signUp({ email: "a@example.com" }).text("rtl").split("\u2069").length, 2);
    assert.equal(words.check.resendIn(1), english.check.resendIn(1));
    assert.deepEqual(words.check.resendIn.templates, english.check.resendIn.templates);
  });

  it("load each language once, and English for a tag that is not served", async () => {
    const catalogues = createCatalogues();

    assert.equal(await catalogues.load("en"), await catalogues.load("en"));
    assert.equal((await catalogues.load("tlh")).language, "en");
  });

  it("report changes of sentences that do not exist, and tags that are none", () => {
    const form = (n: string) => n;
    const options = {
      words: { en: { signIn: { buton: "x", title: "x" }, toString: "x" }, xx: {} },
      languages: [{ tag: "de" }, { tag: "not a tag" }, { tag: "sv", dir: "up" }],
    };
    const fine = { words: { en: { password: { needed: plural("en", { one: form, other: form }) } } } };

    assert.equal(catalogueProblems(options as never).length, 7);
    assert.deepEqual(catalogueProblems(fine), []);
  });

  it("do not compile with an unknown sentence or a wrong slot", () => {
    // @ts-expect-error no such sentence
    assert.ok(catalogueProblems({ words: { en: { signIn: { buton: "x" } } } }));
    // @ts-expect-error no such slot
    catalogueProblems({ words: { en: { signIn: { title: (v: { name: string }) => v.name } } } });
  });
});

interface Text {
  /** The text, or the texts of all forms of the plural, with `{name}` for each slot. */
  text: string;
  /** The names of the slots that the sentence uses, sorted. */
  slots: string[];
  /** The tags of its markup, sorted. */
  tags: string[];
}

/** Every sentence by its path. A slot is filled with its own name; a link slot with the words that it is given. */
function textsOf(entry: unknown, path = "", into = new Map<string, Text>()): Map<string, Text> {
  if (typeof entry === "object" && entry !== null && !(entry instanceof Rich)) {
    // The words of pages have no prefix, so that a path reads as in the code.
    for (const [key, value] of Object.entries(entry))
      textsOf(value, path === "" && key === "words" ? "" : path === "" ? key : `${path}.${key}`, into);
    return into;
  }
  if (typeof entry === "function" && "templates" in entry) {
    const forms = Object.values((entry as { templates: Record<string, string> }).templates);
    // A form for one number, such as the Arabic dual, may spell the number out.
    into.set(path, {
      text: forms.join("\n"),
      slots: forms.some((form) => form.includes("{n}")) ? ["n"] : [],
      tags: [],
    });
    return into;
  }
  const used = new Set<string>();
  const result = typeof entry === "function" ? entry(spy(used)) : entry;
  const markup = result instanceof Rich ? result.html() : "";
  const text = result instanceof Rich ? result.text("ltr").replaceAll(" (#)", "") : String(result);
  into.set(path, {
    text,
    slots: [...used].sort(),
    tags: [...markup.matchAll(/<(a|strong)\b/g)].map(([, tag = ""]) => tag).sort(),
  });
  return into;
}

const LINKS = /^(reset|account|signUp|signIn|link|support|again|mailbox)$/;
const RICH = /^(when|date|contact)$/;

function spy(used: Set<string>): unknown {
  return new Proxy(
    {},
    {
      get(_, name) {
        const slot = String(name);
        used.add(slot);
        if (LINKS.test(slot)) return toLink;
        return RICH.test(slot) ? rich`{${slot}}` : `{${slot}}`;
      },
    },
  );
}

function toLink(label: Rich | string): Rich {
  return link({ label, href: "#" });
}

function found(texts: Map<string, Text>, isWrong: (text: string, path: string) => boolean): string[] {
  return [...texts].filter(([path, { text }]) => isWrong(text, path)).map(([path, { text }]) => `${path}: ${text}`);
}

async function load(tag: Language): Promise<Sentences> {
  assert.ok(tag in LANGUAGES);
  const loader = LOADERS[tag];
  assert.ok(loader);
  return loader();
}
