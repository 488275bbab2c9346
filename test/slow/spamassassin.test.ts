import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { compose } from "../../src/mail/compose.ts";
import { EMAIL_VIEWS, writeEmail } from "../support/letterhead.ts";

const isInstalled = spawnSync("spamassassin", ["--version"]).status === 0;

/** The score of a message by the local rules, and the report. */
function scoreOf(source: Buffer): { score: number; report: string } {
  const { stdout } = spawnSync("spamassassin", ["--local", "--test-mode"], { input: source, encoding: "utf8" });
  const [, score = "99"] = /^X-Spam-Status: .*?score=(-?[\d.]+)/m.exec(stdout) ?? [];
  return { score: Number(score), report: stdout.slice(stdout.indexOf("Content analysis")) };
}

describe("SpamAssassin", { skip: isInstalled ? false : "spamassassin is not installed" }, () => {
  for (const [name, view] of Object.entries(EMAIL_VIEWS)) {
    it(`gives 0.0 points after one hop: ${name}`, async () => {
      const letter = await writeEmail(view);
      const { source } = await compose({
        ...letter,
        messageId: "<0195f5b2-7c1e-7cc3-98c4-dc0c0c07398f@acme.example>",
        from: { name: "Acme", address: "no-reply@acme.example" },
        to: "anna@example.com",
      });
      const date = new Date().toUTCString().replace("GMT", "+0000");
      const hop = `Received: from mail.acme.example (mail.acme.example [93.184.215.14]) by mx.example.com with ESMTPS id 4b7c; ${date}\r\n`;

      const { score, report } = scoreOf(Buffer.concat([Buffer.from(hop), source]));

      assert.equal(score, 0, report);
    });
  }
});
