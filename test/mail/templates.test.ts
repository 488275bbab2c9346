import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Letter } from "../../src/mail/letter.ts";
import { render, templates } from "../../src/mail/templates.ts";
import type { EmailView } from "../../src/mail/views.ts";

const AT = Date.UTC(2026, 0, 15, 9);
const TOKEN = "A".repeat(43);
const CODE = { digits: "12345678", lifetimeMs: 600_000 };
const ASKED = { token: TOKEN, lifetimeMs: 3_600_000, browser: "Firefox on Windows", requestedAt: AT };
const MOVED = { from: "a•••@example.com", to: "a•••@new.example", browser: "Firefox on Windows", changedAt: AT };

const WITH_CODE = [
  { kind: "password-reset", because: "asked" },
  { kind: "password-reset", because: "security-alert" },
  { kind: "sign-in-link" },
  { kind: "sign-up" },
] as const;

const NOTICES: EmailView[] = [
  { kind: "password-changed", browser: MOVED.browser, changedAt: AT, alertToken: TOKEN, alertLifetimeMs: 1_000_000 },
  { kind: "signed-in-by-link", browser: MOVED.browser, signedInAt: AT, alertToken: TOKEN, alertLifetimeMs: 1_000_000 },
  { kind: "email-changed", ...MOVED, button: { does: "undo", token: TOKEN, lifetimeMs: 1_000_000 } },
  { kind: "email-changed", ...MOVED, button: { does: "object", token: TOKEN, lifetimeMs: 1_000_000 } },
];

describe("An email with a code", () => {
  for (const part of WITH_CODE) {
    const name = "because" in part ? `${part.kind}, ${part.because}` : part.kind;

    it(`warns not to share the code, and an email without a code does not mention it: ${name}`, () => {
      const [has, hasNot] = [write({ ...part, ...ASKED, code: CODE }), write({ ...part, ...ASKED, code: null })];

      for (const body of [has.text, has.html]) assert.match(body, /Never tell anyone the code\./);
      for (const body of [hasNot.text, hasNot.html]) assert.doesNotMatch(body, /\bcode\b/);
    });
  }

  it("states where the code is entered, for sign-in also on the page of the link in another browser", () => {
    const signIn = write({ kind: "sign-in-link", ...ASKED, code: CODE }).text;
    const reset = write({ kind: "password-reset", because: "asked", ...ASKED, code: CODE }).text;

    assert.match(signIn, /In any other browser it asks for the code below\./);
    assert.match(signIn, /Or type this code where you asked, or on the page of the link\. It works for 10 minutes:/);
    assert.match(reset, /Or type this code where you asked\. It works for 10 minutes:/);
    assert.doesNotMatch(reset, /page of the link/);
  });
});

describe("An email to reset a password", () => {
  it("makes no promise about other readers of the mailbox", () => {
    const { text } = write({ kind: "password-reset", because: "asked", ...ASKED, code: CODE });

    assert.doesNotMatch(text, /no one else can see/);
    assert.match(text, /your password stays as it is, and it can be reset only with this email\./);
  });
});

describe("A notice", () => {
  for (const view of NOTICES) {
    const name = "button" in view ? `${view.kind}, ${view.button.does}` : view.kind;

    it(`explains the next steps without relying on buttons: ${name}`, () => {
      const { text } = write(view);

      assert.doesNotMatch(text, /press the button/);
      assert.match(text, /If it was not, open the link below and press “This wasn’t me” there\. That /);
      assert.match(text, new RegExp(`^http://localhost:3000/[a-z-]+/${TOKEN}$`, "m"));
    });
  }
});

function write(view: EmailView): Letter {
  return render(view, { productName: "Latchkey", baseUrl: "http://localhost:3000" }, templates);
}
