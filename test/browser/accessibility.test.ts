import assert from "node:assert/strict";
import { describe, it } from "node:test";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { openBrowser, openEmail, openSite, openUser, submit } from "../support/browser.ts";
import { everyPage, LIMITS } from "../support/every-page.ts";
import { overflowOfLongNames } from "../support/long-names.ts";
import { createAccount, emailedLink } from "../support/site-emails.ts";
import { SUBJECTS, words } from "../support/words.ts";

const browser = await openBrowser();

const MAILS = [
  SUBJECTS.signUp,
  SUBJECTS.reset,
  SUBJECTS.signInLink,
  SUBJECTS.passwordChanged,
  SUBJECTS.signedInByLink,
  SUBJECTS.alreadySignedUp,
];

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules about colours. Only these can differ in dark mode. */
const COLOURS = ["color-contrast", "link-in-text-block"];
/** Layout rules ignore colours and colour rules ignore layout, so that two combinations cover all four. */
const APPEARANCES = [
  { colorScheme: "light", width: 320, onlyColours: false },
  { colorScheme: "dark", width: 1280, onlyColours: true },
] as const;

describe("Accessibility in light and dark mode, wide and narrow", async () => {
  const http = await openSite({ limits: LIMITS });
  const { page, complaints } = await openUser(browser, http);
  let status = 0;
  page.on("response", (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) status = response.status();
  });

  for (const view of everyPage) {
    it(`has no violations: ${view.name}`, async () => {
      await page.context().clearCookies();
      await view.open(page, http);

      assert.equal(status, view.status);
      assert.deepEqual(await violationsOf(page, [...WCAG, "best-practice"]), []);
      assert.deepEqual(await lowControls(page), []);
      assert.deepEqual(await overflowOfLongNames(page), []);
      assert.deepEqual(complaints, []);
    });
  }

  it("has no violations in the emails", async () => {
    const { page: mail } = await openUser(browser, http);
    for (const subject of MAILS) {
      await createAccountTwice(subject);
      await openEmail(page, subject);
      await mail.setContent((await page.locator("iframe").getAttribute("srcdoc")) ?? "");

      assert.match(await mail.title(), new RegExp(subject));
      assert.deepEqual(await violationsOf(mail, WCAG), [], subject);
    }
  });

  async function createAccountTwice(subject: string) {
    if (!subject.startsWith("You already")) return;
    await createAccount(http, "twice@example.com");
    await http.client().post("/sign-up", { email: "twice@example.com" });
  }
});

/** The violations that axe-core finds in each appearance, and horizontal overflow. */
async function violationsOf(page: Page, tags: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const { colorScheme, width, onlyColours } of APPEARANCES) {
    const rules = onlyColours ? COLOURS : tags;
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme });
    await page.setViewportSize({ width, height: 720 });
    // The frames of emails run no scripts. Emails are checked separately.
    const violations = await page.evaluate<string[]>(`axe
      .run({ iframes: false, resultTypes: ["violations"], runOnly: ${JSON.stringify(rules)} })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`);
    if (await isTooWide(page)) violations.push("horizontal overflow");
    found.push(...violations.map((violation) => `${colorScheme}, ${width} px: ${violation}`));
  }

  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  await page.setViewportSize({ width: 640, height: 720 });
  if (await isTooWide(page)) found.push("horizontal overflow at 200% text size");
  await page.evaluate("document.documentElement.style.fontSize = ''");
  return found;
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > innerWidth");
}

/** Buttons and fields below the target size of 44 px (WCAG 2.5.5). */
function lowControls(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("button, input, summary, .button")]
    .filter((control) => control.checkVisibility() && control.type !== "hidden")
    .filter((control) => control.getBoundingClientRect().height < 44)
    .map((control) => control.outerHTML)`);
}

describe("A password field", () => {
  it("is shown and hidden again with the keyboard", async () => {
    const http = await openSite();
    const { page } = await openUser(browser, http);
    await page.goto("/sign-in");
    const field = page.getByLabel("Password", { exact: true });
    await field.fill("what was typed");
    assert.equal(await field.getAttribute("type"), "password");

    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Show password");
    await page.keyboard.press("Enter");
    assert.equal(await field.getAttribute("type"), "text");
    assert.equal(await field.inputValue(), "what was typed");

    assert.equal(await focused(page), "Hide password");
    await page.keyboard.press("Space");
    assert.equal(await field.getAttribute("type"), "password");
  });

  it("keeps its focus when the button is clicked", async () => {
    const http = await openSite();
    const { page } = await openUser(browser, http);
    await page.goto("/sign-in");
    await page.getByLabel("Password", { exact: true }).fill("what was");

    await page.getByRole("button", { name: "Show password" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" typed");

    assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), "what was typed");
  });

  it("has no button to show it without JavaScript", async () => {
    const http = await openSite();
    const { page } = await openUser(browser, http, { javaScriptEnabled: false });

    await page.goto("/sign-in");

    assert.deepEqual(await page.getByRole("button").allTextContents(), [words.signIn.button]);
  });
});

describe("A form with an error", () => {
  for (const javaScriptEnabled of [true, false]) {
    it(`links its error summary to the field with JavaScript ${javaScriptEnabled ? "on" : "off"}`, async () => {
      const http = await openSite();
      const { page } = await openUser(browser, http, { javaScriptEnabled });
      await page.goto("/forgot-password");
      await submit(page, { [words.email.label]: "anna" }, words.forgot.button);

      const field = page.getByLabel(words.email.label);
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      assert.equal(await field.getAttribute("aria-describedby"), "email-error");
      assert.equal(await page.locator("#email-error").textContent(), words.error.emailNoAt);
      if (javaScriptEnabled) {
        assert.equal(await focused(page), "alert");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
      } else {
        await page.getByRole("alert").getByRole("link").click();
      }

      assert.equal(await focused(page), "email");
      assert.equal(await field.inputValue(), "anna");
    });
  }
});

describe("The form with a new password", () => {
  it("gives password managers the user name and marks the password as new; the address is read-only (B5)", async () => {
    const http = await openSite();
    const { page } = await openUser(browser, http);
    await createAccount(http, "anna@example.com");
    await page.goto(await emailedLink(http, "/forgot-password", "anna@example.com"));

    const address = page.getByLabel(words.email.label);
    assert.equal(await address.inputValue(), "anna@example.com");
    assert.equal(await address.getAttribute("autocomplete"), "username");
    assert.equal(await address.isEditable(), false);
    const password = page.getByLabel(words.password.newLabel, { exact: true });
    assert.equal(await password.getAttribute("autocomplete"), "new-password");
    assert.equal(await password.getAttribute("passwordrules"), "minlength: 15;");
    assert.equal(await password.getAttribute("maxlength"), null);
    assert.equal(await page.locator("input[type=password]").count(), 1);
  });
});

/** The name, role or id of the focused element. */
function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { activeElement: at } = document;
    return at.getAttribute("aria-label") ?? at.getAttribute("role") ?? at.id;
  })()`);
}
