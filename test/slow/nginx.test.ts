import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PURPOSES } from "../../src/core/purposes.ts";
import { openBrowser } from "../support/browser.ts";
import { freePort, type MailServer, openMailServer } from "../support/mail-server.ts";
import { linkIn, tokenOf } from "../support/open-app.ts";
import { freshFolder, type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

const DOCUMENTED = readFileSync(new URL("../../docs/deploy/nginx.conf", import.meta.url), "utf8");
const CERTIFICATE = fileURLToPath(new URL("../support/mail-server.pem", import.meta.url));
const hasNginx = spawnSync("nginx", ["-v"]).status === 0;

describe("nginx with docs/deploy/nginx.conf", {
  skip: !hasNginx && "nginx is missing: apt-get install nginx",
}, () => {
  it("names the path of every link", () => {
    const [, paths = ""] = /location ~ \/\(([^)]*)\)\//.exec(DOCUMENTED) ?? [];

    assert.deepEqual(
      paths.split("|").toSorted(),
      Object.values(PURPOSES)
        .map(({ linkPath }) => linkPath.slice(1))
        .toSorted(),
    );
  });

  it("keeps both logs clean of tokens while a browser opens a link and while Latchkey restarts", async () => {
    const site = await openSite();
    const browser = await openBrowser();
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    const sent: Array<{ path: string; referer: string }> = [];
    page.on("request", async (request) => {
      const headers = await request.allHeaders();
      sent.push({ path: new URL(request.url()).pathname, referer: headers.referer ?? "" });
    });
    const link = await site.requestLink("anna@example.com");

    await page.goto(link);
    await page.getByRole("button").first().waitFor();
    await site.server.kill("SIGTERM");
    const whileDown = [await page.goto(link), await page.goto(`${site.baseUrl}/sign-in`)].map((one) => one?.status());

    assert.deepEqual(whileDown, [502, 502]);
    const assets = sent.filter(({ path }) => path.startsWith("/latchkey-"));
    assert.ok(assets.length >= 2, "the style sheet and the script are requested");
    for (const { referer } of sent) assert.ok(referer === "" || referer === `${site.baseUrl}/`, referer);
    const logs = site.logs();
    assert.match(logs, /GET \/latchkey-[0-9a-f]{8}\.css/, "positive control: the access log is on");
    assert.match(logs, /connect\(\) failed.*GET \/sign-in/, "positive control: the error log is on");
    assert.ok(!logs.includes(tokenOf(link)), logs);
    assert.ok(!logs.includes(tokenOf(link).slice(1)), "in any spelling");
  });

  it("gives each client its own limit, whatever its X-Forwarded-For contains", async () => {
    const site = await openSite({ LIMIT_REQUESTS_PER_IP: "2/1h" });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const headers = { "x-forwarded-for": `10.9.9.${i}` };
      statuses.push(await site.post(`p${i}@example.com`, { from: "127.0.0.5", headers }));
    }
    const other = await site.post("other@example.com", { from: "127.0.0.6" });

    assert.deepEqual(statuses, [303, 303, 429]);
    assert.equal(other, 303);
    assert.doesNotMatch(site.server.output(), /"level":40/, "no warning");
  });

  it("answers no POST with 502 on connections that were idle for longer than Node's default of 5 s", async () => {
    const site = await openSite({}, { latencyMs: 40 });
    const statuses: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const posts = Array.from({ length: 6 }, (_, i) => site.post(`person${round}-${i}@example.com`));
      statuses.push(...(await Promise.all(posts)));
      await wait(4_900 + 40 * round);
    }

    assert.deepEqual([...new Set(statuses)], [303]);
    assert.ok(site.connections() <= 12, `positive control: connections are reused, ${site.connections()} were opened`);
  });
});

interface PostOptions {
  /** The client's address, in 127.0.0.0/8. */
  from?: string;
  headers?: Record<string, string>;
}

interface Site {
  baseUrl: string;
  server: ServerProcess;
  /** Both of nginx's logs. */
  logs(): string;
  /** How many connections nginx has opened to the server. */
  connections(): number;
  post(email: string, options?: PostOptions): Promise<number>;
  /** Requests a sign-up, and returns the link in its email. */
  requestLink(email: string): Promise<string>;
}

/** A server in production behind nginx, which runs the documented configuration with other ports and folders. */
async function openSite(env: Record<string, string> = {}, { latencyMs = 0 } = {}): Promise<Site> {
  const folder = await freshFolder();
  const port = await freePort();
  const baseUrl = `https://localhost:${port}`;
  const mail = await openMailServer();
  const server = await startServer({
    env: {
      NODE_ENV: "production",
      BASE_URL: baseUrl,
      SMTP_URL: mail.url,
      MAIL_FROM: "Acme <no-reply@acme.example>",
      TRUSTED_PROXIES: "127.0.0.1",
      LIMIT_REQUESTS_PER_IP: "1000/1h",
      ...env,
    },
  });
  const network = await openNetwork(server.port, latencyMs);
  const conf = DOCUMENTED.replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace("127.0.0.1:3000", `127.0.0.1:${latencyMs > 0 ? network.port : server.port}`)
    .replace("server_name acme.example", "server_name localhost")
    .replaceAll(/\/etc\/ssl\/acme\.example\/\w+\.pem/g, CERTIFICATE)
    .replaceAll("/var/log/nginx/", `${folder}/`);
  await mkdir(join(folder, "temp"));
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (one) => `${one}_temp_path ${folder}/temp/${one};`,
  );
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const main = `${user} pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}`;
  await writeFile(join(folder, "site.conf"), conf);
  await writeFile(join(folder, "nginx.conf"), `${main} http { ${temp.join(" ")} include ${folder}/site.conf; }`);
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-g", "daemon off;"], {
    stdio: "inherit",
  });
  after(() => nginx.kill("SIGTERM"));
  await until("nginx is ready", () => isOpen(port));

  return {
    baseUrl,
    server,
    logs: () => ["access.log", "error.log"].map((name) => readFileSync(join(folder, name), "utf8")).join(""),
    connections: network.connections,
    post: (email, options) => post(port, email, options),
    async requestLink(email) {
      await post(port, email);
      return baseUrl + (await linkOf(mail, email));
    },
  };
}

async function linkOf(mail: MailServer, email: string): Promise<string> {
  const kept = await until("the email has arrived", () => mail.kept.find(({ to }) => to.includes(email)));
  return linkIn(kept.text);
}

/** By curl: it takes the certificate of another name, as `fetch` does not. */
async function post(port: number, email: string, { from, headers = {} }: PostOptions = {}): Promise<number> {
  const given = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  if (from) given.push("--interface", from);
  const body = new URLSearchParams({ email }).toString();
  const args = [
    "-sk",
    "-o",
    "/dev/null",
    "-w",
    "%{http_code}",
    "-d",
    body,
    ...given,
    `https://localhost:${port}/sign-up`,
  ];
  const child = spawn("curl", args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  return Number(output);
}

/** A network between nginx and the server that delays every packet. */
async function openNetwork(port: number, latencyMs: number) {
  let opened = 0;
  const between = createServer((inner) => {
    opened += 1;
    const outer = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      from.on("data", (chunk) => setTimeout(() => to.destroyed || to.write(chunk), latencyMs));
      from.on("close", () => setTimeout(() => to.destroy(), latencyMs));
      from.on("error", () => {});
    }
  });
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
  after(() => between.close());
  return { port: (between.address() as { port: number }).port, connections: () => opened };
}

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const open = new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  return open.finally(() => socket.destroy());
}
