import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Worker } from "node:worker_threads";
import { malformed } from "../support/malformed.ts";
import { openRawServer, readResponse } from "../support/raw-http.ts";
import { scratchFolder } from "../support/scratch.ts";
import { until } from "../support/until.ts";

const wire = await openRawServer();

// Clients that send nothing, part of a request, or malformed bytes, and then wait. Opened first and checked last, so that the
// file waits for them only once.
const IDLERS = [
  "",
  "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
  wire.form("/sign-up", "email=slow@example.com", { "content-length": "100" }),
  "BLAH\r\n\r\n",
];
const idlers = await Promise.all(IDLERS.map(() => wire.open()));
for (const [i, socket] of idlers.entries()) {
  socket.resume().on("error", () => {});
  socket.write(IDLERS[i] ?? "");
}

describe("The HTTP server", () => {
  it("keeps serving in the same process after 2,000 malformed requests (B6)", async () => {
    for (let round = 0; round < 20; round += 1) {
      const sent = Array.from({ length: 100 }, async (_, i) => {
        const socket = await wire.open();
        const reply = readResponse(socket, 10_000);
        // Half of them hang up in the middle.
        socket.write(malformed(wire.port, round * 100 + i), () =>
          i % 2 === 0 ? socket.resetAndDestroy() : socket.end(),
        );
        return reply;
      });
      for (const { status } of await Promise.all(sent))
        assert.ok(status === 0 || (status >= 400 && status < 500), `${status}`);
    }

    const reply = await wire.send(wire.form("/sign-up", "email=after%40example.com"));

    assert.equal(reply.status, 303);
    await until("the mail has left", () => wire.mails.some(({ to }) => to === "after@example.com"));
  });

  it("logs no error for a client that hung up", () => {
    assert.equal(wire.errors.length, 0);
  });

  it("counts requests of a client that hangs up before they are handled", async () => {
    const limited = await openRawServer({ limits: { requestsPerIp: "5/10m" } });

    const forms = Array.from({ length: 20 }, (_, i) => limited.form("/sign-up", `email=p${i}%40example.com`));
    const done = new Int32Array(new SharedArrayBuffer(4));
    const thread = new Worker(HANGING_UP, { eval: true, workerData: { port: limited.port, forms, done } });
    await once(thread, "online");
    // This thread, and with it the server, stands still meanwhile: it sees the clients when all of them are gone.
    assert.notEqual(Atomics.wait(done, 0, 0, 20_000), "timed-out");
    const last = await limited.send(limited.form("/sign-up", "email=last%40example.com"));
    if (last.status === 303) await until("the mail has left", () => limited.mails.some(({ to }) => /last/.test(to)));

    assert.ok(limited.mails.length <= 5, `${limited.mails.length} mails left`);
  });

  it("sends the security headers also with responses to malformed requests (B3)", async () => {
    const host = `Host: localhost:${wire.port}\r\nConnection: close`;
    for (const bytes of [
      "GET /sign-in HTTP/1.1\r\nHost: a/b\\c\r\n\r\n",
      `OPTIONS * HTTP/1.1\r\n${host}\r\n\r\n`,
      `BLAH / HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n`,
      `GET /sign-in HTTP/1.1\r\n${host}\r\nHost: two.test\r\n\r\n`,
      `POST /sign-up HTTP/1.1\r\n${host}\r\nExpect: 200-ok\r\nContent-Length: 0\r\n\r\n`,
      `CONNECT acme.example:443 HTTP/1.1\r\n${host}\r\n\r\n`,
      `POST /sign-up HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      `GET /sign-in HTTP/1.1\r\n${host}\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`,
    ]) {
      const { status, headers } = await wire.send(bytes);
      assert.ok(status >= 400);
      assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/, bytes.slice(0, 40));
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("cache-control"), "no-store");
    }
  });

  it("answers HTTP/1.0 without Host, and HTTP/1.1 without Host with 400 (RFC 9112 §3.2)", async () => {
    assert.equal((await wire.send("GET /livez HTTP/1.0\r\n\r\n")).status, 200);
    assert.equal((await wire.send("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n")).status, 400);
  });

  it("answers an unknown expectation with 417", async () => {
    const head = "POST /sign-up HTTP/1.1\r\nHost: localhost\r\nExpect: x\r\nContent-Length: 0\r\n\r\n";
    assert.equal((await wire.send(head)).status, 417);
  });

  it("keeps idle connections open for longer than the 60 s of load balancers", async () => {
    const { headers } = await wire.send(`GET /livez HTTP/1.1\r\nHost: localhost:${wire.port}\r\n\r\n`);
    assert.equal(headers.get("keep-alive"), "timeout=65");
  });

  it("closes idle connections after KEEP_ALIVE_SECONDS", async () => {
    const short = await openRawServer({}, { keepAliveSeconds: 1 });
    const socket = await short.open();
    socket.resume().write(`GET /livez HTTP/1.1\r\nHost: localhost:${short.port}\r\n\r\n`);

    await until("the server closes it", () => socket.readableEnded, WITHIN);
    socket.destroy();
  });

  it("trusts X-Forwarded-For on a unix socket, and replaces the socket file of a killed process (L2)", async () => {
    const path = join(scratchFolder("unix"), "latchkey.sock");
    const { signal } = spawnSync(process.execPath, ["-e", KILLED_LISTENER, path]);
    assert.ok(signal === "SIGKILL" && existsSync(path));
    const unix = await openRawServer({ limits: { requestsPerIp: "1/1h" } }, { host: path });
    const send = async (client: string) => {
      const socket = connect(path);
      socket.write(unix.form("/sign-up", "email=anna%40example.com", { "x-forwarded-for": client }));
      return (await readResponse(socket, 10_000)).status;
    };

    const statuses = [await send("203.0.113.1"), await send("203.0.113.2"), await send("203.0.113.1")];
    assert.deepEqual(statuses, [303, 303, 429]);
    assert.equal(statSync(path).mode & 0o777, 0o660);
  });

  it("disconnects clients that are silent, slow or malformed within seconds (B6)", async () => {
    await until("the server says that it is over", () => idlers.every((socket) => socket.readableEnded), WITHIN);
    // Their own ends stay open and say nothing more. The server's must not wait for that.
    await until("only their ends are left", () => openSockets() === idlers.length, WITHIN);
    for (const socket of idlers) socket.destroy();
    assert.equal((await wire.send("GET /livez HTTP/1.0\r\nHost: localhost\r\n\r\n")).status, 200);
  });
});

/** How many sockets this process has, the clients' and the server's. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;
}

const WITHIN = { within: 20_000, every: 100 };

const KILLED_LISTENER = `require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;

const HANGING_UP = `
  const { workerData: { port, forms, done } } = require("node:worker_threads");
  const hangUp = (form, then) => {
    const socket = require("node:net").connect(port, "127.0.0.1", () => { socket.write(form); socket.resetAndDestroy(); });
    socket.on("error", () => {}).on("close", then);
  };
  const next = () => forms.length > 0 ? hangUp(forms.pop(), next) : (Atomics.store(done, 0, 1), Atomics.notify(done, 0));
  next();`;
