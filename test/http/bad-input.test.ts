import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { Route } from "../../src/http/route.ts";
import { openRawServer } from "../support/raw-http.ts";
import { everyRoute, fieldsOf } from "../support/route-table.ts";
import { until } from "../support/until.ts";

const wire = await openRawServer();
const LIMIT = 16_384;

const BOUNDARY = "----WebKitFormBoundaryAbCdEfGhIjKlMnOp";
const multipart = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
const part = (value: string, more = "", head = "") =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="email"${more}\r\n${head}\r\n${value}\r\n`;
const END = `--${BOUNDARY}--\r\n`;

describe("A form submission", () => {
  const A = "email=victim%40example.com";
  const json = { "content-type": "application/json" };
  const shapes: Array<[string, string | Buffer, Record<string, string | null>?]> = [
    ["has no body", ""],
    ["lacks the field", "e-mail=victim%40example.com"],
    ["has the field twice", `${A}&email=attacker%40example.com`],
    ["has another field twice", `${A}&x=1&x=2`],
    ["has the field as a list", "email[]=victim%40example.com&email[]=attacker%40example.com"],
    ["has the field as an object", "email[address]=victim%40example.com"],
    ["is JSON", '{"email":"victim@example.com"}', json],
    ["is a form with the content type JSON", A, json],
    ["has no content type", A, { "content-type": null }],
    ["is plain text", A, { "content-type": "text/plain" }],
    ["has a content type with a valid prefix", A, { "content-type": "application/x-www-form-urlencodedx" }],
    ["is packed", gzipSync(A), { "content-encoding": "gzip" }],
    ["is multipart without a boundary", part("victim@example.com") + END, { "content-type": "multipart/form-data" }],
    ["is multipart and truncated", part("victim@example.com"), multipart],
    ["contains a file", part("victim@example.com", '; filename="a.txt"') + END, multipart],
    ["contains a file without a name", part("victim@example.com", '; filename=""') + END, multipart],
    ["is multipart with the field twice", part("victim@example.com") + part("b@example.com") + END, multipart],
    ["holds bytes that are not UTF-8", Buffer.from([...Buffer.from(`${A}&x=`), 0xff, 0xfe])],
    ["holds percent signs that are not UTF-8", `${A}&x=%ff%fe`],
    ["holds an overlong percent sequence", `${A}&x=%c0%ae`],
    ["holds half a surrogate pair", `${A}&x=%ed%a0%80`],
    ["holds a broken percent sign", `${A}&x=%zz`],
    ["ends in a percent sign", `${A}&x=%`],
    ["hides bytes that are not UTF-8 in base64", base64Part([0xff, 0xfe]), multipart],
    ["holds an address with CR and LF", "email=victim%40example.com%0d%0aBcc:%20attacker%40example.com"],
    ["holds an address with LF", "email=victim%40example.com%0aattacker%40example.com"],
    ["holds an address with NUL", "email=victim%40example.com%00.attacker.test"],
    ["holds an address with a line separator", "email=victim%40example.com%e2%80%a8x"],
    ["holds two addresses with a comma", "email=victim%40example.com,attacker%40example.com"],
    ["holds two addresses with a space", "email=victim%40example.com+attacker%40example.com"],
    ["holds two addresses with a semicolon", "email=victim%40example.com;attacker%40example.com"],
  ];
  for (const [what, body, headers] of shapes) {
    it(`that ${what} returns 400 (A3)`, async () => {
      const reply = await wire.send(wire.form("/sign-up", body, headers));

      assert.equal(reply.status, 400);
      assert.doesNotMatch(reply.body, /victim|attacker/);
    });
  }

  it("with an invalid address shows the form again: an empty address, no @, an extra word", async () => {
    for (const email of ["", "victim", "victim%40example.com%20x"]) {
      assert.equal((await wire.send(wire.form("/sign-up", `email=${email}`))).status, 422, email);
    }
  });

  it("of exactly 16,384 bytes is accepted, and of one more is refused, with and without Content-Length (B6)", async () => {
    const chunked = { "content-length": null, "transfer-encoding": "chunked" };
    const padded = (size: number) => "email=whole%40example.com&pad=".padEnd(size, "x");
    const inChunks = (body: string) => `${chunk(body.slice(0, 9_000))}${chunk(body.slice(9_000))}${chunk("")}`;

    const exact = await wire.send(wire.form("/sign-up", padded(LIMIT)));
    const over = await wire.send(wire.form("/sign-up", padded(LIMIT + 1)));
    const exactInChunks = await wire.send(wire.form("/sign-up", inChunks(padded(LIMIT)), chunked));
    const overInChunks = await wire.send(wire.form("/sign-up", inChunks(padded(LIMIT + 1)), chunked));
    const endless = await wire.send(wire.form("/sign-up", chunk(padded(LIMIT + 1)), chunked));
    const announced = await wire.send(wire.form("/sign-up", "", { "content-length": "20000000" }));

    assert.deepEqual([exact.status, exactInChunks.status], [303, 303]);
    for (const { status } of [over, overInChunks, endless, announced]) assert.equal(status, 413);
  });

  it("that is too large cannot smuggle a second request", async () => {
    const inner = wire.form("/sign-up", "email=smuggled%40example.com").toString();
    const outer = `email=x%40example.com&pad=${"x".repeat(LIMIT)}`;

    const reply = await wire.send(wire.form("/sign-up", outer + inner));

    assert.equal(reply.status, 413);
  });

  it("is accepted as a browser sends it, urlencoded and multipart, and no refused one sent an email", async () => {
    const plain = await wire.send(wire.form("/sign-up", "email=plain%40example.com"));
    const parts = await wire.send(wire.form("/sign-up", part("parts@example.com") + END, multipart));

    assert.deepEqual([plain.status, parts.status], [303, 303]);
    await until("both mails have left", () => mailTo("plain@example.com") && mailTo("parts@example.com"));
    const right = ["plain@example.com", "parts@example.com", "whole@example.com"];
    const others = wire.mails.map(({ to }) => to).filter((to) => !right.includes(to));
    assert.deepEqual(others, []);
  });
});

describe("Every form", () => {
  const posts = everyRoute().filter(({ method }) => method === "POST");
  const sent = (route: Route, change: (fields: URLSearchParams) => void = () => {}) => {
    const fields = new URLSearchParams(fieldsOf(route));
    change(fields);
    return fields.toString();
  };

  it("accepts one plain string per field, and refuses two, a file, JSON and bytes that are not UTF-8 (A3, B6)", async () => {
    for (const route of posts) {
      const names = [...route.fields, ...route.optional];
      const refused: Array<[string, string | Buffer, Record<string, string>?]> = [
        ["JSON", JSON.stringify(fieldsOf(route)), { "content-type": "application/json" }],
        ["not UTF-8", Buffer.from([...Buffer.from(`${sent(route)}&x=`), 0xff])],
        ["half a surrogate", `${sent(route)}&x=%ed%a0%80`],
        ["packed", gzipSync(sent(route)), { "content-encoding": "gzip" }],
        ...names.map((name) => [`${name} twice`, sent(route, (fields) => fields.append(name, "x"))] as const),
        ...names.map((name) => [`${name} as a file`, filePart(name), multipart] as const),
      ] as Array<[string, string | Buffer, Record<string, string>?]>;

      for (const [what, body, headers] of refused) {
        const reply = await wire.send(wire.form(route.path, body, headers));
        assert.equal(reply.status, 400, `${route.path}, ${what}`);
      }
      for (const name of route.fields) {
        const without = await wire.send(
          wire.form(
            route.path,
            sent(route, (fields) => fields.delete(name)),
          ),
        );
        assert.equal(without.status, 400, `${route.path}, without ${name}`);
      }
      const taken = await wire.send(wire.form(route.path, sent(route)));
      assert.notEqual(taken.status, 400, route.path);
    }
  });

  it("is refused above 16,384 bytes, with and without Content-Length (A3, B6)", async () => {
    const chunked = { "content-length": null, "transfer-encoding": "chunked" };
    for (const route of posts) {
      const over = `${sent(route)}&pad=`.padEnd(LIMIT + 1, "x");
      assert.equal((await wire.send(wire.form(route.path, over))).status, 413, route.path);
      assert.equal((await wire.send(wire.form(route.path, chunk(over), chunked))).status, 413, route.path);
      const exact = await wire.send(wire.form(route.path, over.slice(0, LIMIT)));
      assert.notEqual(exact.status, 413, route.path);
    }
  });
});

describe("A request line", () => {
  const line = (first: string, host: string | null = `Host: localhost:${wire.port}`) =>
    wire.send(`${first}\r\n${host === null ? "" : `${host}\r\n`}Connection: close\r\n\r\n`);

  it("with an unknown path returns 404 for every method", async () => {
    for (const method of ["GET", "POST", "DELETE", "TRACE", "OPTIONS"]) {
      for (const path of ["/nothing", "/sign-in/", "//sign-in", "/sign-in%2f", "/%ff%zz", "/users/../nothing"]) {
        assert.equal((await line(`${method} ${path} HTTP/1.1`)).status, 404, `${method} ${path}`);
      }
    }
  });

  it("with a method that the path does not support returns 405 and Allow", async () => {
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY"]) {
      const reply = await line(`${method} /sign-in HTTP/1.1`);
      assert.equal(reply.status, 405, method);
      assert.equal(reply.headers.get("allow"), "HEAD, GET, POST");
    }
    assert.equal((await line("GET /sign-out HTTP/1.1")).headers.get("allow"), "POST");
    assert.equal((await line("POST /users/me HTTP/1.1")).headers.get("allow"), "HEAD, GET");
    assert.equal((await line("PUT /check-email HTTP/1.1")).headers.get("allow"), "HEAD, GET, POST");
  });

  it("with an invalid method is refused, and no tunnel is opened", async () => {
    const firsts = ["BLAH /sign-in HTTP/1.1", "get /sign-in HTTP/1.1", "\0\x01\x02", "CONNECT evil.test:443 HTTP/1.1"];
    for (const first of firsts) assert.ok([0, 400].includes((await line(first)).status), first);
  });

  it("without a host or with an invalid one is refused", async () => {
    const hosts = [null, "Host:", "Host: a/b\\c@d", "Host: user@evil.test", "Host: evil.test/reset?x=", "Host: [::1"];
    for (const host of hosts) assert.equal((await line("GET /sign-in HTTP/1.1", host)).status, 400, String(host));
  });

  it("with two hosts is refused, whatever they are and however they are spelt (B1)", async () => {
    const ours = `Host: localhost:${wire.port}`;
    for (const second of ["Host: evil.test", ours, "hOST: evil.test", "Host:"]) {
      for (const hosts of [`${ours}\r\n${second}`, `${second}\r\n${ours}`]) {
        assert.equal((await line("GET /sign-in HTTP/1.1", hosts)).status, 400, hosts);
      }
    }
    assert.equal((await line("GET /sign-in HTTP/1.1", `${ours}\r\nX-Forwarded-Host: evil.test`)).status, 200);
  });

  it("that names another host changes no redirect and no page (B1)", async () => {
    const there = await line("GET http://evil.test/users/me HTTP/1.1");
    const here = await line("GET /users/me HTTP/1.1");
    const page = await line("GET http://evil.test:81/sign-in HTTP/1.1", "Host: evil.test:81");

    assert.equal(there.headers.get("location"), "/sign-in?next=%2Fusers%2Fme");
    assert.equal(there.headers.get("location"), here.headers.get("location"));
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.body, /evil/);
  });
});

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

function filePart(name: string): string {
  return part("x", '; filename="a.txt"').replace('"email"', `"${name}"`) + END;
}

function base64Part(bytes: number[]): string {
  const hidden = Buffer.from(bytes).toString("base64");
  return `${part("whole@example.com")}${part(hidden, "", "Content-Transfer-Encoding: base64\r\n").replace('"email"', '"x"')}${END}`;
}

function mailTo(address: string): boolean {
  return wire.mails.some(({ to }) => to === address);
}
