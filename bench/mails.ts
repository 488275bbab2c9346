import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { smtpTransport } from "../src/mail/smtp/transport.ts";

/**
 * Measures emails per second to a mail server on this machine: with a new connection for each, and with kept-alive
 * connections. The server is a separate process that does the minimum. Across a network, where a connection costs several
 * round trips and TLS, the ratio is larger.
 */
const ROUNDS = 3;
const MAILS = 1_000;
const LANES = 5;

if (process.argv[2] === "server") serve();
else await measure();

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ["server"]);
  const [port] = await once(server, "message");
  const url = `smtp://127.0.0.1:${port}`;
  const single: number[] = [];
  const pooled: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    single.push(
      await rate(async (n) => {
        const transport = smtpTransport([url]);
        await transport.send(message(n));
        await transport.close?.();
      }),
    );
    const kept = smtpTransport([url]);
    pooled.push(await rate((n, lane) => kept.send(message(n), { lane })));
    await kept.close?.();
  }
  server.disconnect();
  const ratio = (median(pooled) / median(single)).toFixed(1);
  console.log(`One connection per email   ${Math.round(median(single)).toLocaleString("en")} emails/s`);
  console.log(`Kept-alive connections     ${Math.round(median(pooled)).toLocaleString("en")} emails/s, ${ratio} ×`);
}

async function rate(send: (n: number, lane: number) => Promise<unknown>): Promise<number> {
  let sent = 0;
  const started = performance.now();
  const run = async (lane: number) => {
    while (sent < MAILS) await send(sent++, lane);
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => run(lane)));
  return MAILS / ((performance.now() - started) / 1_000);
}

function message(n: number) {
  return {
    messageId: `<${n}@acme.example>`,
    from: { name: "Acme", address: "no-reply@acme.example" },
    to: `person${n}@example.com`,
    subject: "Reset your Acme password",
    text: "Open this link and choose a new password.\n".repeat(20),
    html: "<p>Open this link and choose a new password.</p>\n".repeat(80),
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function serve(): void {
  const server = createServer((socket) => {
    let unread = "";
    let isMail = false;
    socket.setNoDelay();
    socket.on("error", () => {});
    socket.write("220 here\r\n");
    socket.on("data", (chunk) => {
      unread += chunk.toString("latin1");
      for (;;) {
        const end = isMail ? "\r\n.\r\n" : "\r\n";
        const at = unread.indexOf(end);
        if (at < 0) return;
        const line = unread.slice(0, at);
        unread = unread.slice(at + end.length);
        const isData = !isMail && line === "DATA";
        isMail = isData;
        socket.write(isData ? "354 go on\r\n" : line === "QUIT" ? "221 bye\r\n" : "250 well\r\n");
        if (line === "QUIT") socket.end();
      }
    });
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as { port: number }).port));
  process.on("disconnect", () => process.exit(0));
}
