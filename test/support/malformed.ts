import { formRequest } from "./raw-http.ts";

/** The i-th of endlessly many requests that are none, in ten kinds. */
export function malformed(port: number, i: number): string | Buffer {
  return MALFORMED[i % MALFORMED.length]?.(port, i) ?? "";
}

const MULTIPART = `--${"b".repeat(30)}\r\nContent-Disposition: form-data; name="`;

const MALFORMED: Array<(port: number, i: number) => string | Buffer> = [
  (_, i) => Buffer.from(Array.from({ length: 64 }, (_, k) => (i * 31 + k * 17) % 256)),
  (port, i) => formRequest(port, "/sign-in", `email=%${i}`, { "content-length": "9000" }),
  (port) =>
    formRequest(port, "/reset-password", "zz\r\nnot a chunk", {
      "content-length": null,
      "transfer-encoding": "chunked",
    }),
  (port) => formRequest(port, "/sign-up", "0\r\n\r\n", { "transfer-encoding": "chunked" }),
  (port, i) => formRequest(port, "/users/me/password", Buffer.alloc(i % 500, 0xff)),
  (port) =>
    formRequest(port, "/sign-up/confirm", MULTIPART, {
      "content-type": `multipart/form-data; boundary=${"b".repeat(30)}`,
    }),
  (port, i) => `GET /${"%".repeat(i % 90)}\\ HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`,
  (_, i) => `GET /sign-in HTTP/1.1\r\n${`X-${i}: y\r\n`.repeat(3_000)}\r\n`,
  (port) => formRequest(port, "/sign-up", "email=x", { host: "a b", "content-length": "-1" }),
  () => Buffer.from("16030100c8010000c40303", "hex"),
];
