import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OPTION_PATHS } from "../../src/options/option-schema.ts";
import { type Options, OptionsError, resolveOptions } from "../../src/options/options.ts";

const BASE = { baseUrl: "http://localhost:3000", mode: "development" } as const;

describe("createLatchkey options: unknown names", () => {
  const cases: Array<[given: object, option: string, suggestion: string | null]> = [
    [{ bseUrl: "x" }, "bseUrl", "baseUrl"],
    [{ limits: { requestPerIp: "1/1m" } }, "limits.requestPerIp", "requestsPerIp"],
    [{ resetLinkMinute: 5 }, "resetLinkMinute", "links.resetMinutes"],
    [{ links: { resetMinute: 5 } }, "links.resetMinute", "resetMinutes"],
    [{ mail: { form: "a@example.com" } }, "mail.form", "from"],
    [{ mail: { dkim: { domian: "acme.example" } } }, "mail.dkim.domian", "domain"],
    [{ mail: { templates: { "password-resets": () => {} } } }, "mail.templates.password-resets", "password-reset"],
    [{ pages: { signin: () => {} } }, "pages.signin", "signIn"],
    [{ brand: { nme: "Acme" } }, "brand.nme", "name"],
    [{ passwords: { minLenght: 20 } }, "passwords.minLenght", "minLength"],
    [{ minLength: 20 }, "minLength", "passwords.minLength"],
    [{ product: { name: "Acme" } }, "product", null],
    [{ entirelyDifferent: 1 }, "entirelyDifferent", null],
  ];
  for (const [given, option, suggestion] of cases) {
    it(`rejects ${option}${suggestion ? ` and suggests ${suggestion}` : ""}`, () => {
      const message = suggestion ? `unknown option; did you mean ${suggestion}?` : "unknown option.";
      const found = problemsOf(given).find((problem) => problem.option === option);

      assert.equal(found?.message, message);
    });
  }

  it("does not take a member of Object.prototype for an option", () => {
    assert.deepEqual(
      problemsOf({ limits: JSON.parse('{"__proto__x": 1, "constructor": 1}') }).map(({ option }) => option),
      ["limits.__proto__x", "limits.constructor"],
    );
  });
});

describe("createLatchkey options: values", () => {
  it("reports every problem at once, in one error", () => {
    const given = { baseUrl: "nowhere", databse: "x", limits: { mailsPerDay: 0, mailsPerDays: 1 }, metrics: "yes" };

    assert.throws(
      () => resolveOptions(given as never),
      (error) => {
        assert.ok(error instanceof OptionsError);
        const options = error.problems.map(({ option }) => option);
        for (const option of ["baseUrl", "databse", "limits.mailsPerDay", "limits.mailsPerDays", "metrics"]) {
          assert.ok(options.includes(option), option);
          assert.ok(error.message.includes(`  ${option}: `), option);
        }
        return true;
      },
    );
  });

  for (const given of [undefined, null, "x", 5]) {
    it(`rejects ${JSON.stringify(given)} instead of an object with an OptionsError`, () => {
      assert.throws(() => resolveOptions(given as never), OptionsError);
    });
  }

  for (const [option, value] of [
    ["accounts", {}],
    ["clock", 5],
    ["logger", { info() {} }],
    ["mode", "staging"],
    ["mayBeginSession", "yes"],
    ["pages", { signIn: "<html>" }],
  ] as const) {
    it(`rejects ${option} of the wrong type`, () => {
      assert.ok(problemsOf({ [option]: value })[0]?.option.startsWith(option));
    });
  }

  for (const mode of ["development", "production"] as const) {
    for (const group of ["mail", "mail.dkim", "mail.templates", "brand", "passwords", "links", "limits", "pages"]) {
      it(`rejects null for ${group} in ${mode} with a sentence`, () => {
        const [top = "", nested] = group.split(".");
        const given = { baseUrl: "https://acme.example", mode, [top]: nested ? { [nested]: null } : null };

        const problem = problemsOf(given).find(({ option }) => option === group);

        assert.equal(problem?.message, "must be of type object, and is null. Leave it out to use the default.");
      });
    }
  }

  it("accepts a URL, a list of URLs or an object with send() as mail.transport, and nothing else", () => {
    const transport = { send: async () => "250" };
    const of = (given: unknown) => resolveOptions({ ...BASE, mail: { transport: given as never } }).mail.transport;

    assert.deepEqual(of("smtps://mail.acme.example"), ["smtps://mail.acme.example"]);
    assert.deepEqual(of(["smtp://a.example", "smtp://b.example"]), ["smtp://a.example", "smtp://b.example"]);
    assert.equal(of(transport), transport);
    assert.equal(of(undefined), undefined);
    for (const wrong of [5, {}, null, "mail.acme.example", [5], ["smtp://a.example", transport]]) {
      assert.equal(problemsOf({ mail: { transport: wrong } })[0]?.option, "mail.transport", JSON.stringify(wrong));
    }
  });

  it("requires mail.from and mail.transport in production", () => {
    const problems = problemsOf({ baseUrl: "https://acme.example", mode: "production" });

    assert.deepEqual(
      problems.map(({ option }) => option),
      ["mail.from", "mail.transport"],
    );
  });

  it("fills in the defaults of nested groups that are absent", () => {
    const { brand, links, passwords, limits, mail, clock } = resolveOptions(BASE);

    assert.equal(brand.name, "Latchkey");
    assert.deepEqual(links, { resetMinutes: 3_600_000, signUpMinutes: 86_400_000, signInMinutes: 600_000 });
    assert.equal(passwords.minLength, 15);
    assert.equal(limits.mailsPerDay, 10_000);
    assert.equal(mail.from.address, "no-reply@localhost");
    assert.equal(clock, undefined, "the time of the database");
  });

  it("never lets a logger that throws fail what is logged", () => {
    const fail = () => {
      throw new Error("disk full");
    };
    const { log } = resolveOptions({ ...BASE, logger: { info: fail, error: fail } });

    log.info({}, "a message");
    log.error({}, "a message");
  });

  it("suggests from every option that exists", () => {
    for (const path of ["baseUrl", "mail", "mail.transport", "mail.dkim.privateKey", "links.signInMinutes"]) {
      assert.ok(OPTION_PATHS.includes(path), path);
    }
  });
});

function problemsOf(given: object): OptionsError["problems"] {
  try {
    resolveOptions({ ...BASE, ...given } as Options);
    return [];
  } catch (error) {
    assert.ok(error instanceof OptionsError, String(error));
    return error.problems;
  }
}
