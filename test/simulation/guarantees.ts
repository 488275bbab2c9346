import { DAY, HOUR, MINUTE } from "../../src/lib/clock.ts";
import type { Machine } from "./machine.ts";
import { GuaranteeViolation, type World } from "./world.ts";

const TABLES = ["accounts", "tokens", "requests", "codes", "sessions", "outbox", "limits", "events"];
/** The default limit of requested emails to one address: `5/1h`. */
const MAILS_PER_ADDRESS = 5;

/** All that the database holds, but for when a session was last seen. */
export function snapshot(machine: Machine): string {
  const rows = TABLES.map((table) => machine.rows(`select * from latchkey_${table} order by 1, 2`));
  return JSON.stringify(rows, (key, value) => (key === "last_seen_at" ? undefined : value));
}

/** What must hold after every step. Throws GuaranteeViolation. */
export async function checkGuarantees(world: World): Promise<void> {
  const { machine } = world;
  checkRevocation(machine);
  checkAtomicity(machine);
  checkRateLimits(machine);
  checkSentEmails(machine);
  checkQueuedEmails(world);
  checkNoStoredSecrets(world);
  await checkAttackerSessions(world);
}

/** Checks the end state: the mail server works, enough time has passed, and nothing is queued. */
export function checkEnd({ machine }: World): void {
  const waiting = machine.rows("select kind, email from latchkey_outbox where state = 'due'");
  if (waiting.length > 0) throw new GuaranteeViolation(`Lost email: ${waiting.length} emails are queued for ever.`);
  const mute = machine.rows("select id from latchkey_outbox where state in ('closed', 'failed') and answer is null");
  if (mute.length > 0) throw new GuaranteeViolation("Lost email: an email was closed without a reason.");
}

const DEEDS = "('password-reset', 'password-changed', 'security-alert')";

/** "This wasn't me" outlives a change of the password, which a thief who knows it can make: see decisions/012. */
const NO_OBJECTION =
  "and old.ended_at is null and not (old.purpose = 'security-alert' and deed.kind = 'password-changed')";

function checkRevocation(machine: Machine): void {
  for (const [table, born, but = ""] of [
    ["sessions", "created_at"],
    ["tokens", "created_at", NO_OBJECTION],
    ["codes", `expires_at - ${10 * MINUTE}`],
  ]) {
    const old = machine.rows(
      `select count(*) as n from latchkey_${table} old join latchkey_events deed
       on deed.account_id = old.account_id and deed.kind in ${DEEDS} and old.${born} < deed.at and old.expires_at > ${machine.now} ${but}`,
    );
    if (old[0]?.n !== 0) throw new GuaranteeViolation(`Revocation: ${table} from before it are left.`);
  }
}

/** Each change has its event, its notice and its used link, because one transaction writes all three. */
function checkAtomicity(machine: Machine): void {
  const count = (query: string) => Number(machine.rows(`select count(*) as n from ${query}`)[0]?.n);
  const changed = count("latchkey_events where kind in ('password-reset', 'password-changed')");
  const told = count("latchkey_outbox where kind = 'password-changed'");
  if (changed !== told) throw new GuaranteeViolation(`${changed} passwords were changed, and ${told} owners told.`);

  const objected = count("latchkey_events where kind = 'security-alert'");
  const mailed = count("latchkey_outbox where kind = 'password-reset' and request is null");
  if (objected !== mailed) throw new GuaranteeViolation(`${objected} objections brought ${mailed} reset mails.`);

  for (const [action, purpose] of [
    ["password-reset", "password-reset"],
    ["signed-up", "sign-up"],
    ["security-alert", "security-alert"],
  ]) {
    const done = count(`latchkey_events where kind = '${action}'`);
    const used = count(`latchkey_tokens where purpose = '${purpose}' and end_reason = 'used'`);
    // What is dead for a week is forgotten.
    const isYoung = machine.now < Date.UTC(2026, 0, 15, 9) + 6 * DAY;
    if (isYoung && done !== used) throw new GuaranteeViolation(`Single use: ${done} × ${action} by ${used} links.`);
  }
}

/** Counts the rows as the limit should have, and looks whether the same ones were closed. */
function checkRateLimits(machine: Machine): void {
  const rows = machine.rows(
    `select kind, email, created_at, answer = 'limit for this address reached' as is_over from latchkey_outbox
     where request is not null order by kind, email, created_at, is_over is true`,
  );
  let key = "";
  let windowEndsAt = 0;
  let counted = 0;
  for (const row of rows) {
    const at = Number(row.created_at);
    if (key !== `${row.kind} ${row.email}` || at >= windowEndsAt) {
      key = `${row.kind} ${row.email}`;
      windowEndsAt = at + HOUR;
      counted = 0;
    }
    counted += 1;
    if (counted > MAILS_PER_ADDRESS && row.is_over !== 1) {
      throw new GuaranteeViolation(`The limit of mails to one address was passed: ${counted} within the hour.`);
    }
  }
}

function checkSentEmails(machine: Machine): void {
  const taken = new Set(machine.mails.map(({ messageId }) => messageId.slice(1, 37)));
  const lost = machine
    .rows("select id, kind from latchkey_outbox where state = 'sent'")
    .find(({ id }) => !taken.has(String(id)));
  if (lost) throw new GuaranteeViolation(`Lost email: a ${lost.kind} email was recorded as sent and never left.`);
}

function checkQueuedEmails({ machine, answered }: World): void {
  for (const [key, responses] of answered) {
    const [kind = "", email = ""] = key.split(" ");
    const query = "select count(*) as n from latchkey_outbox where kind = ? and email = ? and request is not null";
    const rows = Number(machine.rows(query, kind, email)[0]?.n);
    if (rows < responses) throw new GuaranteeViolation(`Lost email: ${responses} answers to ${key}, and ${rows} rows.`);
  }
}

function checkNoStoredSecrets(world: World): void {
  const all = snapshot(world.machine);
  const offered = world.offers().flatMap(({ token, code }) => (code === null ? [token] : [token, `"${code}"`]));
  const cookies = world.people.flatMap(({ browsers }) => browsers).flatMap(({ cookies }) => [...cookies.values()]);
  const passwords = world.people.flatMap((person) => person.passwords.slice(-1));
  const found = [...offered, ...cookies, ...passwords].find((secret) => all.includes(secret));
  if (found) throw new GuaranteeViolation("Stored secret: the database holds one.");
}

/** An attacker's browser has a session only for an account whose password it had, and only until the owner changes it. */
async function checkAttackerSessions(world: World): Promise<void> {
  for (const client of world.attackers) {
    if (!client.cookies.has("latchkey")) continue;
    const response = await world.attempt(() => client.request("GET", "/users/me"));
    if (response?.status !== 200) continue;
    const leave = world.permittedSignIns.get(client);
    const changes = `select count(*) as n from latchkey_events e join latchkey_accounts a on a.id = e.account_id
      where a.email = ? and e.kind in ${DEEDS} and e.at > ?`;
    const isRevoked = leave && Number(world.machine.rows(changes, leave.email, String(leave.since))[0]?.n) > 0;
    if (!leave || isRevoked) throw new GuaranteeViolation("Revocation: an attacker is still signed in.");
  }
}
