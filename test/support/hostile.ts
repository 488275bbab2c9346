import { connect, type Socket } from "node:net";
import { malformed } from "./malformed.ts";
import { readResponse } from "./raw-http.ts";

// Run as a process of its own, so that a person who measures is not slowed down by those who attack:
// node hostile.ts PORT MANY SLOW. Prints what it was answered, as JSON.
const [port = 0, many = 0, slow = 0] = process.argv.slice(2).map(Number);

/** So many malformed requests are under way at once. */
const AT_ONCE = 50;

const open = () =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => resolve(socket));
    socket.once("error", reject);
  });

let isOver = false;
let cutOff = 0;

/** Says a little, and then a byte a second, and comes back when it is cut off. */
async function drip(nth: number): Promise<void> {
  const socket = await open();
  const beginnings = ["", "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "POST /sign-up HTTP/1.1\r\n"];
  socket.write(beginnings[nth % beginnings.length] ?? "");
  const dripping = setInterval(() => socket.write(nth % 3 === 2 ? "X: y\r\n" : "x"), 1_000);
  socket.resume().on("error", () => {});
  socket.once("close", () => {
    clearInterval(dripping);
    if (isOver) return;
    cutOff += 1;
    drip(nth).catch(() => {});
  });
  drippers[nth] = socket;
}

const drippers: Socket[] = [];
for (let nth = 0; nth < slow; nth += 1) await drip(nth);

const statuses: Record<number, number> = {};
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let i = next++; i < many; i = next++) {
      const socket = await open();
      const reply = readResponse(socket, 20_000);
      // Half of them hang up in the middle.
      socket.write(malformed(port, i), () => (i % 2 === 0 ? socket.resetAndDestroy() : socket.end()));
      const { status } = await reply;
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  }),
);

const stillOpen = drippers.filter((socket) => !socket.destroyed).length;
isOver = true;
for (const socket of drippers) socket.destroy();
console.log(JSON.stringify({ statuses, cutOff, stillOpen }));
