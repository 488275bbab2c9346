import { type DkimKey, signMessage } from "./smtp/dkim.ts";
import { type Message, toMime } from "./transport.ts";

/** A mail as it goes over the wire, with its envelope. */
export interface Composed {
  envelope: { from: string; to: string[] };
  source: Buffer;
}

/** Writes a message out in full (RFC 5322), signed where there is a key. */
export async function compose(message: Message, dkim: DkimKey | null = null): Promise<Composed> {
  // Loaded with the first mail, so that a start need not wait for it.
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composed = new MailComposer(toMime(message)).compile();
  const { from, to } = composed.getEnvelope();
  const source = await composed.build();
  return { envelope: { from: from || "", to }, source: dkim ? await signMessage(source, dkim) : source };
}
