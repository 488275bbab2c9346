import type { Core } from "../core/context.ts";
import { newId } from "../lib/ids.ts";
import type { MailContext } from "./delivery.ts";
import { letter } from "./letter.ts";

/** Sends one plain email at once, without the outbox, so that an operator can check delivery. Returns the server's answer. */
export function sendTestMail(core: Core, mailing: MailContext, to: string): Promise<string> {
  const { productName, baseUrl, from, transport } = mailing;
  const test = letter({
    productName,
    baseUrl,
    subject: `A test mail from ${productName}`,
    preview: "Mail leaves as it should.",
    heading: "Mail leaves as it should",
    paragraphs: [`The ${productName} team sent this email to check delivery. You don’t need to do anything.`],
    notes: [],
  });
  const messageId = `<${newId(core.clock())}@${new URL(baseUrl).hostname}>`;
  return transport.send({ ...test, messageId, from, to });
}
