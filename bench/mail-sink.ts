import { createServer, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail server that accepts and discards all email. `arrived` is called with each recipient after the whole email. */
export async function openMailSink(kind: "smtp-server" | "bare", arrived: (to: string) => void): Promise<number> {
  const server = kind === "bare" ? bare(arrived) : smtpServer(arrived);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
}

/** The package `smtp-server`. It waits 100 ms before it greets each connection. */
function smtpServer(arrived: (to: string) => void) {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      stream.on("end", () => {
        for (const { address } of envelope.rcptTo) arrived(address);
        done();
      });
      stream.resume();
    },
  });
  smtp.on("error", () => {});
  return Object.assign(smtp.server, { listen: smtp.server.listen.bind(smtp.server) });
}

/** The part of SMTP that Latchkey's client uses, without delays. */
function bare(arrived: (to: string) => void) {
  return createServer((socket: Socket) => {
    let unread = "";
    let to = "";
    let inMessage = false;
    socket.setNoDelay().on("error", () => {});
    socket.write("220 sink\r\n");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      unread += chunk;
      for (let end = unread.indexOf("\r\n"); end >= 0; end = unread.indexOf("\r\n")) {
        const line = unread.slice(0, end);
        unread = unread.slice(end + 2);
        if (inMessage) {
          if (line !== ".") continue;
          inMessage = false;
          arrived(to);
          socket.write("250 taken\r\n");
          continue;
        }
        to = /^RCPT TO:<([^>]+)>/i.exec(line)?.[1] ?? to;
        inMessage = /^DATA$/i.test(line);
        if (/^QUIT$/i.test(line)) socket.end("221 bye\r\n");
        else socket.write(inMessage ? "354 go on\r\n" : "250 yes\r\n");
      }
    });
  });
}
