import { type SmtpOptions, smtpTransport } from "../../src/mail/smtp/transport.ts";
import { type Message, SendError, type Transport } from "../../src/mail/transport.ts";

let count = 0;

/** An email with a Message-ID of its own. */
export function message(to = "anna@example.com"): Message {
  count += 1;
  return {
    messageId: `<${count}@acme.example>`,
    from: { name: "Acme", address: "no-reply@acme.example" },
    to,
    subject: "Reset your Acme password",
    text: "Open this link.\n",
    html: "<p>Open this link.</p>\n",
  };
}

/** Sends an email and returns how that failed. */
export async function failureOf(transport: Transport, mail = message()): Promise<SendError> {
  const outcome = await transport.send(mail).catch((error: unknown) => error);
  if (outcome instanceof SendError) return outcome;
  throw new Error(`expected a SendError, got ${String(outcome)}`);
}

/** As `smtpTransport`, with timeouts that a test can wait for. */
export function shortTimeoutTransport(url: string | string[], options: SmtpOptions = {}): Transport {
  const limits = { openMs: 1_500, handOverMs: 3_000, finalMs: 3_000, ...options.limits };
  return smtpTransport([url].flat(), { ...options, limits });
}
