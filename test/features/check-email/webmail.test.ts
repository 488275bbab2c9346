import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { webmailFor } from "../../../src/features/check-email/webmail.ts";
import { templates } from "../../../src/mail/templates.ts";
import { openApp } from "../../support/open-app.ts";
import { mailWords, plain, words } from "../../support/words.ts";

const sender = "no-reply@acme.example";

describe("The button to the webmail of an address", () => {
  for (const [email, url] of [
    [
      "anna+x@gmail.com",
      "https://mail.google.com/mail/u/anna%2Bx%40gmail.com/#search/from%3A(no-reply%40acme.example)+in%3Aanywhere+newer_than%3A1h",
    ],
    ["anna@hotmail.fr", "https://outlook.live.com/mail/?login_hint=anna%40hotmail.fr"],
    ["anna@yahoo.co.uk", "https://mail.yahoo.com/d/search/keyword=from%253Ano-reply%2540acme.example"],
    ["anna@proton.me", "https://mail.proton.me/u/0/all-mail#from=no-reply%40acme.example"],
    ["anna@icloud.com", "https://www.icloud.com/mail"],
    ["anna@gmail.com.example", null],
    ["anna@notyahoo.fr", null],
  ] as const) {
    it(`leads from ${email} to ${url ?? "nowhere"}`, () => {
      assert.equal(webmailFor({ email, sender })?.url ?? null, url);
    });
  }

  it("opens in another tab without a referrer, and says so", async () => {
    const app = await openApp();
    const client = app.client();

    await client.post("/forgot-password", { email: "anna@gmail.com" });

    assert.match(
      client.page.body,
      /<a class="button second full" href="https:[^"]+" target="_blank" rel="noreferrer">/,
    );
    assert.ok(client.text.includes(`${words.check.webmail({ webmail: "Gmail" })} ${words.frame.newTab}`));
  });
});

describe("The subject to look for", () => {
  it("is not named if the host app writes the email", async () => {
    const app = await openApp({
      mail: { templates: { "password-reset": (...given) => templates["password-reset"](...given) } },
    });
    const subject = mailWords.reset.subject({ product: "Latchkey" });

    const client = app.client();
    await client.post("/forgot-password", { email: "anna@example.com" });

    assert.ok(!client.text.includes(subject));
    assert.ok(client.text.includes(plain(words.check.helpSpam)));
  });
});
