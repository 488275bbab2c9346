import type { Options } from "../../src/options/options.ts";
import { type MailServer, type MailServerOptions, openMailServer } from "./mail-server.ts";
import { type App, openApp } from "./open-app.ts";

/** What the app wrote to its log, one line an event. */
export type LogLine = { level: "info" | "error"; message: string } & Record<string, unknown>;

export const SENDER = "Acme <no-reply@acme.example>";

/** An app whose emails go through a real SMTP server. `app.mails` holds those that arrived. */
export async function openAppOverSmtp(
  options: Partial<Options> = {},
  serverOptions: MailServerOptions = {},
  from: string | null = SENDER,
): Promise<{ app: App; server: MailServer; log: LogLine[] }> {
  const server = await openMailServer(serverOptions);
  const log: LogLine[] = [];
  const app = await openApp({
    mail: { transport: server.url, from: from ?? undefined },
    limits: { mailsPerAddress: "100/1h", requestsPerIp: "1000/10m" },
    logger: {
      info: (fields, message) => void log.push({ level: "info", message, ...fields }),
      error: (fields, message) => void log.push({ level: "error", message, ...fields }),
    },
    ...options,
  });
  const deliver = app.deliver;
  app.deliver = async () => {
    await deliver();
    const arrived = server.kept.map(({ from, to, text, html, parsed }) => {
      const sender = { name: parsed.from?.value[0]?.name ?? "", address: from };
      return {
        messageId: parsed.messageId ?? "",
        from: sender,
        to: to.join(),
        subject: parsed.subject ?? "",
        text,
        html,
      };
    });
    app.mails.splice(0, app.mails.length, ...arrived);
  };
  return { app, server, log };
}
