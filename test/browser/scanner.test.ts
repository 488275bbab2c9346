import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Message } from "../../src/mail/transport.ts";
import { openBrowser, openSite, openUser, type Site, submit, visibleText } from "../support/browser.ts";
import { LIMITS } from "../support/every-page.ts";
import { linkIn, PASSWORD } from "../support/open-app.ts";
import { newScan, type Scan, scan } from "../support/scanner.ts";
import { until } from "../support/until.ts";
import { accountOf, assertSays, confirmButton, REQUEST_BUTTONS, SUBJECTS, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const CODE = words.code.label;

const browser = await openBrowser();

describe("An email scanner that opens every link and submits every form in a real browser", () => {
  it("consumes no link and no code, and starts no session (T8)", async () => {
    const mailer = await openMailer();
    const asked = [];
    for (const form of ["/forgot-password", "/sign-in-link", "/sign-up"] as const) {
      for (const by of ["link", "code"] as const) {
        const email = `${by}@${form.slice(1)}.example`;
        if (form !== "/sign-up") await mailer.makeAccount(email);
        const page = await mailer.person();
        await page.goto(form);
        await submit(page, { [words.email.label]: email }, REQUEST_BUTTONS[form]);
        asked.push({ form, by, page, email, mail: await mailer.mailTo(email, FORM_SUBJECTS[form]) });
      }
    }

    const scanner = await mailer.person();
    const { pressed, wasSignedIn } = await scanAll(
      mailer.http,
      scanner,
      asked.map(({ mail }) => mail),
    );
    assert.equal(wasSignedIn, false);

    for (const button of [words.reset.button, words.choose.button, confirmButton("l•••@sign-in-link.example")]) {
      assert.ok(pressed.has(button), `pressed ${button}`);
    }
    await assertSignedOut(scanner);
    for (const { form, by, page, email, mail } of asked) {
      if (by === "link") await page.goto(linkIn(mail.text));
      else await submit(page, { [CODE]: codeIn(mail) }, words.check.button);
      if (form === "/forgot-password")
        await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
      if (form === "/sign-up") await submit(page, { [words.password.newLabel]: NEW_PASSWORD }, words.choose.button);
      if (form === "/sign-in-link" && by === "link") await submit(page, {}, confirmButton("l•••@sign-in-link.example"));
      assertSays(await visibleText(page), accountOf(email));
    }
  });

  it("revokes all sessions by the button of a notice, gets none, and the owner recovers by the new email (T8)", async () => {
    const email = "anna@example.com";
    const mailer = await openMailer();
    await mailer.makeAccount(email);
    const owner = await mailer.person();
    const attacker = await mailer.person();
    await owner.goto("/sign-in-link");
    await submit(owner, { [words.email.label]: email }, words.link.button);
    const { text } = await mailer.mailTo(email, SUBJECTS.signInLink);
    await owner.goto(linkIn(text));
    await submit(owner, {}, confirmButton("a•••@example.com"));
    const notice = await mailer.mailTo(email, SUBJECTS.signedInByLink);
    assertSays(await visibleText(owner), accountOf("anna@example.com"));

    const scanner = await mailer.person();
    const done = await scanAll(mailer.http, scanner, [notice]);
    assert.ok(done.pressed.has(words.secure.button));
    const fresh = await mailer.mailTo(email, SUBJECTS.reset);
    await scanAll(mailer.http, scanner, [fresh], done);

    await assertSignedOut(scanner);
    await assertSignedOut(owner);
    await attacker.goto("/sign-in");
    await submit(attacker, { [words.email.label]: email, [words.password.label]: PASSWORD }, words.signIn.button);
    assertSays(await visibleText(attacker), words.signIn.errorSummary);
    await owner.goto(linkIn(fresh.text));
    await submit(owner, { [words.password.newLabel]: NEW_PASSWORD }, words.reset.button);
    assertSays(await visibleText(owner), accountOf("anna@example.com"));
    // The reset sends a notice with a button too, so that this repeats. Decision 012 explains why this is accepted.
    await scanAll(mailer.http, scanner, [await mailer.mailTo(email, SUBJECTS.passwordChanged)], done);
    await assertSignedOut(owner);
    assert.equal(done.wasSignedIn, false);
    assert.match((await mailer.mailTo(email, SUBJECTS.reset, fresh)).text, /You told us it wasn’t you/);
  });
});

const FORM_SUBJECTS = {
  "/forgot-password": SUBJECTS.reset,
  "/sign-in-link": SUBJECTS.signInLink,
  "/sign-up": SUBJECTS.signUp,
} as const;

/** A site that delivers its emails through a transport, as in production, and serves no development mailbox. */
async function openMailer() {
  const mails: Message[] = [];
  const transport = {
    async send(message: Message) {
      mails.push(message);
      return "250 kept";
    },
  };
  const http = await openSite({ limits: LIMITS, mail: { transport } });
  /** Waits for the newest email of this kind other than `known`. */
  const mailTo = (email: string, subject: string, known?: Message) =>
    until(`an email to ${email}`, () =>
      mails.findLast((mail) => mail.to === email && mail.subject.startsWith(subject) && mail !== known),
    );
  return {
    http,
    mailTo,
    async person(): Promise<Page> {
      return (await openUser(browser, http)).page;
    },
    async makeAccount(email: string) {
      const client = http.client();
      await client.post("/sign-up", { email });
      await client.open(linkIn((await mailTo(email, SUBJECTS.signUp)).text));
      await client.submit({ password: PASSWORD });
    },
  };
}

async function scanAll(http: Site, scanner: Page, mails: Message[], done: Scan = newScan()): Promise<Scan> {
  const links = mails.flatMap(({ text, html }) => `${text} ${html}`.match(/https?:\/\/[^\s"<>]+/g) ?? []);
  await scan(scanner, http.baseUrl, links, done);
  return done;
}

async function assertSignedOut(page: Page): Promise<void> {
  await page.goto("/users/me");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
}

function codeIn(mail: Message): string {
  return /^ *(\d{4} \d{4})$/m.exec(mail.text)?.[1] ?? "";
}
