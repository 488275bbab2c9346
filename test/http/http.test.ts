import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { Worker } from "node:worker_threads";
import { malformed } from "../support/malformed.ts";
import { openWire, replyOn } from "../support/raw-http.ts";
import { until } from "../support/until.ts";

const wire = await openWire();

// Clients that say nothing, or drip, or talk nonsense, and then wait. They are opened first and looked at last, so that
// the file waits for them only once.
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
  it("serves on, in the same process, after 2,000 malformed requests (B6)", async () => {
    for (let round = 0; round < 20; round += 1) {
      const sent = Array.from({ length: 100 }, async (_, i) => {
        const socket = await wire.open();
        const reply = replyOn(socket, 10_000);
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

  it("does not report a client that hung up as a fault of its own", () => {
    assert.equal(wire.errors.length, 0);
  });

  it("counts a client that hangs up before its request is looked at", async () => {
    const limited = await openWire({ limits: { requestsPerIp: "5/10m" } });

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

  it("puts its wall also around what never reaches a page", async () => {
    const host = `Host: localhost:${wire.port}\r\nConnection: close`;
    for (const bytes of [
      "GET /sign-in HTTP/1.1\r\nHost: a/b\\c\r\n\r\n",
      `OPTIONS * HTTP/1.1\r\n${host}\r\n\r\n`,
      `BLAH / HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET /sign-in HTTP/1.1\r\n${host}\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`,
    ]) {
      const { status, headers } = await wire.send(bytes);
      assert.ok(status >= 400);
      assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/, bytes.slice(0, 40));
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("cache-control"), "no-store");
    }
  });

  it("cuts off who says nothing, drips or talks nonsense, within seconds and for good (B6)", async () => {
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

const HANGING_UP = `
  const { workerData: { port, forms, done } } = require("node:worker_threads");
  const hangUp = (form, then) => {
    const socket = require("node:net").connect(port, "127.0.0.1", () => { socket.write(form); socket.resetAndDestroy(); });
    socket.on("error", () => {}).on("close", then);
  };
  const next = () => forms.length > 0 ? hangUp(forms.pop(), next) : (Atomics.store(done, 0, 1), Atomics.notify(done, 0));
  next();`;
