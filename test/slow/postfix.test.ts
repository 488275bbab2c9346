import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { smtpTransport } from "../../src/mail/smtp/transport.ts";
import { freePort } from "../support/mail-server.ts";
import { message } from "../support/message.ts";
import { scratchFolder } from "../support/scratch.ts";
import { until } from "../support/until.ts";

const POSTFIX = "/usr/sbin/postfix";
/** Why the tests are skipped, or false. Postfix starts only as root and drops its privileges itself. */
const skip = !existsSync(POSTFIX)
  ? "Postfix is not installed (Debian package postfix)"
  : process.getuid?.() !== 0 && "Postfix starts only as root";

const HELO = "accounts.acme.example";
const MAILBOXES = "mydestination = example.com\nlocal_recipient_maps =\nlocal_transport = discard";

describe("A real Postfix", { skip, concurrency: false }, () => {
  it("accepts email under its default restrictions", async () => {
    const url = await startPostfix(MAILBOXES);

    assert.match(await sendOne(url, { helo: HELO }), /^250 2\.0\.0 Ok: queued/);
  });

  it("that rejects the sender at RCPT is an outage and no bounce (M7)", async () => {
    const url = await startPostfix(`${MAILBOXES}
smtpd_recipient_restrictions = reject_unlisted_sender, permit
virtual_mailbox_domains = acme.example
virtual_mailbox_maps = inline:{ { someone@acme.example = x } }
virtual_transport = discard`);

    const failure = await failureFrom(url, { helo: HELO });

    assert.match(failure.message, /^550 5\.1\.0 <no-reply@acme\.example>: Sender address rejected/);
    assert.deepEqual([failure.isOutage, failure.isBounce, failure.isPermanent], [true, false, false]);
  });

  it("that refuses to relay is an outage and no bounce (M7)", async () => {
    const url = await startPostfix(`mydestination =
mynetworks = 192.0.2.0/24
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination`);

    const failure = await failureFrom(url, { helo: HELO });

    assert.match(failure.message, /^5\d\d 5\.7\.1 .*Relay access denied/);
    assert.deepEqual([failure.isOutage, failure.isBounce], [true, false]);
  });

  it("that checks the HELO name refuses one without a dot as an outage, and accepts the default (M7)", async () => {
    const url = await startPostfix(`${MAILBOXES}
smtpd_helo_required = yes
smtpd_recipient_restrictions = reject_non_fqdn_helo_hostname, permit`);

    const failure = await failureFrom(url, { helo: "container" });

    assert.match(failure.message, /^50\d 5\.5\.2 <container>: Helo command rejected/);
    assert.deepEqual([failure.isOutage, failure.isBounce], [true, false]);
    assert.match(await sendOne(url, { helo: HELO }), /^250/);
  });

  it("that does not know the recipient is a bounce", async () => {
    const url = await startPostfix(
      MAILBOXES.replace("local_recipient_maps =", "local_recipient_maps = inline:{ { bob@example.com = x } }"),
    );

    const failure = await failureFrom(url, { helo: HELO });

    assert.match(failure.message, /^550 5\.1\.1 /);
    assert.deepEqual([failure.isOutage, failure.isBounce], [false, true]);
  });
});

async function sendOne(url: string, options: { helo: string }): Promise<string> {
  const transport = smtpTransport([url], options);
  return transport.send(message()).finally(() => transport.close?.());
}

async function failureFrom(url: string, options: { helo: string }) {
  return sendOne(url, options).then(
    (response) => assert.fail(`accepted: ${response}`),
    (failure) => failure,
  );
}

/** Starts a Postfix of its own, with its configuration, queue and data below a temporary folder, on a loopback port. */
async function startPostfix(settings: string): Promise<string> {
  const folder = scratchFolder("postfix");
  const port = await freePort();
  const [config, queue, data] = ["config", "queue", "data"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [config, queue, data]) mkdirSync(path, { mode: 0o755 });
  // Postfix's own user must be able to enter the folder.
  execFileSync("chmod", ["755", folder]);
  execFileSync("chown", ["postfix", data]);
  cpSync("/etc/postfix/postfix-files", join(config, "postfix-files"));
  cpSync("/etc/postfix/postfix-files.d", join(config, "postfix-files.d"), { recursive: true });
  if (existsSync("/etc/postfix/dynamicmaps.cf")) cpSync("/etc/postfix/dynamicmaps.cf", join(config, "dynamicmaps.cf"));
  const master = readFileSync("/usr/share/postfix/master.cf.dist", "utf8")
    .replace(/^smtp +inet .*$/m, `127.0.0.1:${port} inet n - n - - smtpd`)
    // No chroot: the temporary queue has no resolver files.
    .replace(/^((?:[a-z-]+|\S+:\d+) +(?:unix|inet|unix-dgram) +\S+ +\S+ +)y /gm, "$1n ");
  writeFileSync(join(config, "master.cf"), master);
  writeFileSync(
    join(config, "main.cf"),
    `compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
myhostname = mx.postfix.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_tls_security_level = none
maillog_file = ${join(folder, "postfix.log")}
maillog_file_prefixes = ${folder}
alias_maps =
default_transport = discard
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
${settings}
`.replace(/^(smtpd_relay_restrictions|mynetworks) = .*\n(?=[\s\S]*^\1 = )/gm, ""),
  );
  const run = (...args: string[]) => spawnSync(POSTFIX, ["-c", config, ...args], { encoding: "utf8" });
  after(() => run("stop"));
  const started = run("start");
  assert.equal(started.status, 0, `${started.stdout}${started.stderr}`);
  await until("Postfix listens", () => isListening(port));
  return `smtp://127.0.0.1:${port}`;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.unref();
    setTimeout(() => socket.destroy(), 100).unref();
  });
}
