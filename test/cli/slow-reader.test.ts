import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { after, describe, it } from "node:test";
import { HttpServer } from "../../src/cli/http.ts";

describe("A client that does not read its response", () => {
  it("is disconnected when the response timeout is over; one that reads gets all of it", async () => {
    const body = "x".repeat(32 * 1024 * 1024);
    const port = await freePort();
    const baseUrl = new URL(`http://127.0.0.1:${port}`);
    const server = new HttpServer(async () => new Response(body), { baseUrl });
    await server.listen(port, "127.0.0.1");
    after(() => server.stop());

    const whole = await (await fetch(baseUrl)).text();
    assert.equal(whole.length, body.length, "positive control");

    server.responseTimeout = 500;
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    const closed = once(socket, "close");
    socket.write(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`);
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    let received = 0;
    socket.on("data", (chunk) => {
      received += chunk.length;
    });
    socket.resume();
    await closed;
    assert.ok(received < body.length, `${received} bytes`);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
