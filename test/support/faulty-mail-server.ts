import { createServer, type Socket } from "node:net";
import { after } from "node:test";
import { freePort } from "./mail-server.ts";

/** The last SMTP command: `greeting` on connect, the command's verb, or `.` at the end of an email. */
export interface SmtpCommand {
  verb: string;
  /** The whole line; empty for the greeting and for the end of an email. */
  line: string;
  /** The connection, for what a correct server would not do to it. */
  socket: Socket;
  /** The how-manieth connection this is, from 1. */
  connection: number;
}

/** A mail server that can violate the protocol. */
export interface FaultyMailServer {
  url: string;
  /** The reply, a line without its end; null says nothing. Undefined: what a decent server says. */
  script: (said: SmtpCommand) => string | null | undefined;
  /** Everything that was said to it, oldest first. */
  verbs: string[];
  /** The emails whose final dot arrived. */
  mails: string[];
  times(verb: string): number;
  connections(): number;
}

const DEFAULT_REPLIES: Record<string, string> = {
  greeting: "220 here",
  EHLO: "250 here",
  DATA: "354 go on",
  QUIT: "221 bye",
};

/** Opens one on a free port of this machine; it is closed when the test is done. */
export async function openFaultyMailServer(extensions: string[] = []): Promise<FaultyMailServer> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let opened = 0;
  const server: FaultyMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    script: () => undefined,
    verbs: [],
    mails: [],
    times: (verb) => server.verbs.filter((said) => said === verb).length,
    connections: () => sockets.size,
  };

  const net = createServer((socket) => {
    opened += 1;
    const connection = opened;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    let unread = "";
    let isMail = false;

    const hear = (verb: string, line = "") => {
      server.verbs.push(verb);
      const said = server.script({ verb, line, socket, connection });
      if (said === null || socket.destroyed) return;
      const reply = said ?? (verb === "EHLO" ? ehlo(extensions) : (DEFAULT_REPLIES[verb] ?? "250 well"));
      socket.write(`${reply}\r\n`);
      isMail = verb === "DATA" && reply.startsWith("354");
      if (verb === "QUIT") socket.end();
    };
    socket.on("data", (chunk) => {
      unread += chunk.toString("latin1");
      for (;;) {
        const end = isMail ? "\r\n.\r\n" : "\r\n";
        const at = unread.indexOf(end);
        if (at < 0) return;
        const line = unread.slice(0, at);
        unread = unread.slice(at + end.length);
        if (isMail) server.mails.push(line);
        if (isMail) hear(".");
        else hear((line.split(" ", 1)[0] ?? "").toUpperCase(), line);
        if (socket.destroyed) return;
      }
    });
    hear("greeting");
  });
  await new Promise<void>((resolve) => net.listen(port, "127.0.0.1", resolve));
  after(() => {
    net.close();
    for (const socket of sockets) socket.destroy();
  });
  return server;
}

function ehlo(extensions: string[]): string {
  const lines = ["here", ...extensions];
  return lines.map((line, i) => `250${i === lines.length - 1 ? " " : "-"}${line}`).join("\r\n");
}
