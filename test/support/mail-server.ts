import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { after } from "node:test";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** How far a conversation has come when the script is asked what to say. */
export type Stage = "greeting" | "login" | "sender" | "recipient" | "message";

/** One moment of a conversation. `to` is "" before the recipient is named; `nth` counts from 1, for this stage and recipient. */
export interface Moment {
  at: Stage;
  to: string;
  nth: number;
}

/** A reply code; or the connection is cut instead; or nothing is ever said. */
export type StageReply = number | "cut" | "silence";

/** An email whose final dot arrived, and the reply. */
export interface ArrivedMail {
  from: string;
  to: string[];
  source: string;
  parsed: ParsedMail;
  text: string;
  html: string;
  /** Whether it arrived over TLS. */
  isEncrypted: boolean;
  reply: StageReply;
}

/** A real SMTP server on this machine that does what its script says. */
export interface MailServer {
  port: number;
  /** `smtp://127.0.0.1:PORT`, with the login if one is required. */
  url: string;
  /** What to say, 250 to everything unless a test sets another. A promise keeps the client waiting. */
  script: (moment: Moment) => StageReply | Promise<StageReply>;
  /** The text of refusals after the code. Default: "the script says" and the code. */
  answer?: string;
  /** Every email whose final dot arrived, oldest first, whatever the reply. */
  arrived: ArrivedMail[];
  /** The emails that were kept: accepted with a 250, or cut off before the reply. */
  readonly kept: ArrivedMail[];
  moments: Moment[];
  /** How often a stage was reached. */
  times(at: Stage, to?: string): number;
  /** How many connections are open. */
  connections(): number;
  /** Cuts the open connections, as a server does with those that lie idle. */
  hangUp(): Promise<void>;
  /** From now on connections are refused, and the open ones are cut. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface MailServerOptions {
  /** Required before any email, as `user:password`. */
  login?: string;
  /** False: `url` does not hold the login. */
  isLoginGiven?: boolean;
  /** Offers STARTTLS with a certificate that is untrusted by default. */
  startTls?: boolean;
  /** Default: 127.0.0.1. */
  host?: string;
}

/** Key and certificate of the mail server for 0.0.0.0 and localhost, made for these tests alone. */
export const CERTIFICATE = readFileSync(new URL("mail-server.pem", import.meta.url), "utf8");

/** Opens a mail server on a free port; it is stopped at the end of the test. */
export async function openMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { host = "127.0.0.1", login, isLoginGiven = true } = options;
  const port = await freePort();
  const sockets = new Map<number, Socket>();
  let smtp: SMTPServer;

  const server: MailServer = {
    port,
    url: `smtp://${login && isLoginGiven ? `${login}@` : ""}${host}:${port}`,
    script: () => 250,
    arrived: [],
    get kept() {
      return server.arrived.filter((mail) => mail.reply === 250 || mail.reply === "cut");
    },
    moments: [],
    times: (at, to) => server.moments.filter((moment) => moment.at === at && (!to || moment.to === to)).length,
    connections: () => sockets.size,
    async hangUp() {
      const cut = [...sockets.values()].map((socket) => once(socket.destroy(), "close"));
      await Promise.all(cut);
    },
    async stop() {
      const closed = new Promise<void>((resolve) => smtp.close(resolve));
      for (const socket of sockets.values()) socket.destroy();
      await closed;
    },
    async start() {
      smtp = new SMTPServer(settings());
      smtp.on("error", () => {});
      smtp.server.on("connection", (socket) => {
        const peer = socket.remotePort ?? 0;
        sockets.set(peer, socket);
        socket.on("close", () => sockets.delete(peer));
      });
      await new Promise<void>((resolve) => smtp.listen(port, host, resolve));
    },
  };

  function settings(): ConstructorParameters<typeof SMTPServer>[0] {
    return {
      ...(options.startTls ? { key: CERTIFICATE, cert: CERTIFICATE } : {}),
      disabledCommands: [...(options.startTls ? [] : ["STARTTLS"]), ...(login ? [] : ["AUTH"])],
      disableReverseLookup: true,
      authOptional: !login,
      onConnect: (session, done) => void say(session, "greeting", "", done),
      onAuth: (auth, session, done) => {
        const isRight = `${auth.username}:${auth.password}` === decodeURIComponent(login ?? "");
        void say(session, "login", "", (error) => done(error ?? refusal(isRight ? 250 : 535), { user: auth.username }));
      },
      onMailFrom: (_, session, done) => void say(session, "sender", "", done),
      onRcptTo: ({ address }, session, done) => void say(session, "recipient", address, done),
      onData: (stream, session, done) => {
        // A client that dies in the middle ends the stream with an error: then nothing has arrived.
        readAll(stream).then(
          (source) => arrive(source, session, done),
          () => {},
        );
      },
    };
  }

  async function arrive(source: string, session: SMTPServerSession, done: (error?: Error | null) => void) {
    const { mailFrom, rcptTo } = session.envelope;
    const to = rcptTo.map(({ address }) => address);
    const parsed = await simpleParser(source);
    await say(session, "message", to.join(), done, (reply) => {
      const from = mailFrom ? mailFrom.address : "";
      const [text, html, isEncrypted] = [parsed.text ?? "", parsed.html || "", session.secure];
      server.arrived.push({ from, to, source, parsed, text, html, isEncrypted, reply });
    });
  }

  async function say(
    session: SMTPServerSession,
    at: Stage,
    to: string,
    done: (error?: Error | null) => void,
    note: (reply: StageReply) => void = () => {},
  ): Promise<void> {
    const moment = { at, to, nth: server.times(at, to) + 1 };
    server.moments.push(moment);
    const reply = await server.script(moment);
    note(reply);
    if (reply === "silence") return;
    if (reply === "cut") sockets.get(session.remotePort)?.destroy();
    else done(refusal(reply, server.answer));
  }

  await server.start();
  after(() => server.stop());
  return server;
}

/** A free port below the ephemeral range, so that no outgoing connection takes it. */
export async function freePort(): Promise<number> {
  const port = 10_000 + randomInt(20_000);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function refusal(code: number, response = `the script says ${code}`): Error | null {
  return code < 400 ? null : Object.assign(new Error(response), { responseCode: code });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
