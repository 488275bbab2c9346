import type { Core } from "../core/context.ts";
import { englishOnly } from "../i18n/english-only.ts";
import { newId } from "../lib/ids.ts";
import type { MailContext } from "./delivery.ts";
import { letter } from "./letter.ts";
import { letterheadIn } from "./letterhead.ts";

/** Sends one plain email at once, without the outbox, so that an operator can check delivery. Returns the server's answer. */
export async function sendTestMail(core: Core, mailing: MailContext, to: string): Promise<string> {
  const { brand, baseUrl, from, transport } = mailing;
  const { subject, heading, body } = englishOnly.testEmail;
  const product = { product: brand.name };
  const test = letter({
    ...(await letterheadIn(mailing, { locale: "en" })),
    subject: subject(product),
    preview: heading,
    heading,
    paragraphs: [body(product)],
    notes: [],
  });
  const messageId = `<${newId(core.clock())}@${new URL(baseUrl).hostname}>`;
  return transport.send({ ...test, messageId, from, to });
}
