import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { heloName, smtpSettings, smtpUrlProblem, withLogin } from "../../src/mail/smtp/url.ts";

describe("SMTP_URL", () => {
  for (const url of [
    "smtps://AKIATEST:12/cD+e@host",
    "smtps://mailer:4711/abc@mail.acme.example",
    "smtp://user:12#3@mail.acme.example",
    "smtp://user:12?3@mail.acme.example",
    "smtp://user:50%off@mail.acme.example",
  ]) {
    it(`is refused if a password would be cut, with the correct spelling: ${url} (C3)`, () => {
      const problem = smtpUrlProblem(url);

      assert.match(problem ?? "", /%2F %23 %3F %25/);
      assert.doesNotMatch(problem ?? "", /4711|cD|off/);
    });
  }

  for (const url of ["smtp://mail.acme.example", "smtps://u:a%2Fb@mail.acme.example:4650/", "smtp://[::1]:2525"]) {
    it(`is accepted: ${url}`, () => assert.equal(smtpUrlProblem(url), null));
  }

  it("accepts a user name and password of any characters from separate settings", () => {
    const url = withLogin("smtps://mail.acme.example:465", { user: "AKIA/1", password: "a/b#c?d%e@f:g" });

    assert.equal(smtpUrlProblem(url), null);
    assert.deepEqual(smtpSettings(url).auth, { user: "AKIA/1", pass: "a/b#c?d%e@f:g" });
    assert.equal(withLogin("smtp://a:b@host", { user: "c", password: "d" }), "smtp://a:b@host");
  });
});

describe("The EHLO name", () => {
  it("is the host of the base URL, an address literal, or unset", () => {
    assert.deepEqual(["acme.example", "192.0.2.1", "[2001:db8::1]", "localhost"].map(heloName), [
      "acme.example",
      "[192.0.2.1]",
      "[IPv6:2001:db8::1]",
      undefined,
    ]);
  });
});
