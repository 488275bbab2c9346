import { type DkimKey, signMessage } from "./smtp/dkim.ts";
import { type Message, toMime } from "./transport.ts";

/** An email as it is sent, with its envelope. */
export interface Composed {
  envelope: { from: string; to: string[] };
  source: Buffer;
}

/** Writes a message in full (RFC 5322), signed if there is a key. */
export async function compose(message: Message, dkim: DkimKey | null = null): Promise<Composed> {
  // Imported with the first email, to keep the start short.
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composed = new MailComposer(toMime(message)).compile();
  const { from, to } = composed.getEnvelope();
  const source = await composed.build();
  return { envelope: { from: from || "", to }, source: dkim ? await signMessage(source, dkim) : source };
}
