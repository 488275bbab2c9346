import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Message } from "../../src/mail/transport.ts";
import { openBrowser, openPerson, openSite, type Site, seen, submit } from "../support/browser.ts";
import { LIMITS } from "../support/every-page.ts";
import { linkIn, PASSWORD } from "../support/open-app.ts";
import { newScan, type Scan, scan } from "../support/scanner.ts";
import { until } from "../support/until.ts";

const NEW_PASSWORD = "a new and rather long password";
const CODE = "Code from the mail";

const browser = await openBrowser();

describe("A mail scanner that opens every link, presses every button and submits every form in a real browser", () => {
  it("uses no link and no code up, and is signed in nowhere (T8)", async () => {
    const post = await openPost();
    const asked = [];
    for (const form of ["/forgot-password", "/sign-in-link", "/sign-up"] as const) {
      for (const by of ["link", "code"] as const) {
        const email = `${by}@${form.slice(1)}.example`;
        if (form !== "/sign-up") await post.makeAccount(email);
        const page = await post.person();
        await page.goto(form);
        await submit(page, { "Email address": email }, "Send me a link");
        asked.push({ form, by, page, email, mail: await post.mailTo(email, SUBJECTS[form]) });
      }
    }

    const scanner = await post.person();
    const { pressed, wasSignedIn } = await scanAll(
      post.http,
      scanner,
      asked.map(({ mail }) => mail),
    );
    assert.equal(wasSignedIn, false);

    for (const button of ["Save password and sign in", "Create account", "Sign in as l•••@sign-in-link.example"]) {
      assert.ok(pressed.has(button), `pressed ${button}`);
    }
    await isSignedInNowhere(scanner);
    for (const { form, by, page, email, mail } of asked) {
      if (by === "link") await page.goto(linkIn(mail.text));
      else await submit(page, { [CODE]: codeIn(mail) }, "Continue here");
      if (form === "/forgot-password")
        await submit(page, { "New password": NEW_PASSWORD }, "Save password and sign in");
      if (form === "/sign-up") await submit(page, { "New password": NEW_PASSWORD }, "Create account");
      if (form === "/sign-in-link" && by === "link") await submit(page, {}, `Sign in as l•••@sign-in-link.example`);
      assert.match(await seen(page), new RegExp(`You are signed in as ${email}`));
    }
  });

  it("signs everybody out if it presses the button of a notice, lets no one in, and the owner gets in by the fresh mail (T8)", async () => {
    const email = "anna@example.com";
    const post = await openPost();
    await post.makeAccount(email);
    const owner = await post.person();
    const stranger = await post.person();
    await owner.goto("/sign-in-link");
    await submit(owner, { "Email address": email }, "Send me a link");
    const { text } = await post.mailTo(email, "Sign in to");
    await owner.goto(linkIn(text));
    await submit(owner, {}, "Sign in as a•••@example.com");
    const notice = await post.mailTo(email, "Someone signed in");
    assert.match(await seen(owner), /You are signed in as anna@example\.com/);

    const scanner = await post.person();
    const done = await scanAll(post.http, scanner, [notice]);
    assert.ok(done.pressed.has("This wasn’t me"));
    const fresh = await post.mailTo(email, "Reset your");
    await scanAll(post.http, scanner, [fresh], done);

    await isSignedInNowhere(scanner);
    await isSignedInNowhere(owner);
    await stranger.goto("/sign-in");
    await submit(stranger, { "Email address": email, Password: PASSWORD }, "Sign in");
    assert.match(await seen(stranger), /do not match an account/);
    await owner.goto(linkIn(fresh.text));
    await submit(owner, { "New password": NEW_PASSWORD }, "Save password and sign in");
    assert.match(await seen(owner), /You are signed in as anna@example\.com/);
    // And so it goes on: the reset has a notice of its own. Decision 012 tells why we live with it.
    await scanAll(post.http, scanner, [await post.mailTo(email, "Your Latchkey password was changed")], done);
    await isSignedInNowhere(owner);
    assert.equal(done.wasSignedIn, false);
    assert.match((await post.mailTo(email, "Reset your", fresh)).text, /someone else used your Latchkey account/);
  });
});

const SUBJECTS = {
  "/forgot-password": "Reset your",
  "/sign-in-link": "Sign in to",
  "/sign-up": "Create your",
} as const;

/** A http whose mails leave it, as in production: there is no mailbox to read them in. */
async function openPost() {
  const mails: Message[] = [];
  const transport = {
    async send(message: Message) {
      mails.push(message);
      return "250 kept";
    },
  };
  const http = await openSite({ limits: LIMITS, mail: { transport } });
  /** The newest mail of that kind, and not the one that is known already. */
  const mailTo = (email: string, subject: string, known?: Message) =>
    until(`a mail to ${email}`, () =>
      mails.findLast((mail) => mail.to === email && mail.subject.startsWith(subject) && mail !== known),
    );
  return {
    http,
    mailTo,
    async person(): Promise<Page> {
      return (await openPerson(browser, http)).page;
    },
    async makeAccount(email: string) {
      const client = http.client();
      await client.post("/sign-up", { email });
      await client.open(linkIn((await mailTo(email, "Create your")).text));
      await client.submit({ password: PASSWORD });
    },
  };
}

async function scanAll(http: Site, scanner: Page, mails: Message[], done: Scan = newScan()): Promise<Scan> {
  const links = mails.flatMap(({ text, html }) => `${text} ${html}`.match(/https?:\/\/[^\s"<>]+/g) ?? []);
  await scan(scanner, http.baseUrl, links, done);
  return done;
}

async function isSignedInNowhere(page: Page): Promise<void> {
  await page.goto("/users/me");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
}

function codeIn(mail: Message): string {
  return /^\d{4} \d{4}$/m.exec(mail.text)?.[0] ?? "";
}
