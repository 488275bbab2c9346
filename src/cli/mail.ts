import { type Command, Option } from "commander";
import type { Latchkey } from "../latchkey.ts";
import { displayEmail, maskEmail } from "../lib/email-address.ts";
import { formatTime, pluralise, printColumns, wholeNumber } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

const STATES = ["due", "held", "sent", "failed", "given-up", "closed"] as const;

type Mail = NonNullable<Awaited<ReturnType<Latchkey["operator"]["mail"]["show"]>>>;

export function mailCommands(program: Command): void {
  const mail = program.command("mail").description("list, inspect and retry emails");

  mail
    .command("list")
    .description("list emails, newest first")
    .addOption(new Option("--state <state>", "only emails in this state").choices(STATES))
    .option("--to <address>", "only emails to this address")
    .option("--limit <n>", "show at most this many", wholeNumber, 50)
    .action((options: { state?: (typeof STATES)[number]; to?: string; limit: number }, command: Command) =>
      withOperator(command, async (operator) => {
        const { state, to, limit } = options;
        const mails = await operator.mail.list({ state, to, atMost: limit });
        if (mails.length === 0) return console.log("No emails.");
        const addressOf = (one: Mail) => displayEmail(to === undefined ? maskEmail(one.email) : one.email);
        const rows = mails.map((one) => [
          one.id,
          formatTime(one.createdAt),
          one.kind,
          addressOf(one),
          describeState(one),
        ]);
        printColumns([["id", "requested", "kind", "to", "state"], ...rows]);
      }),
    );

  mail
    .command("show")
    .description("show the details of an email")
    .argument("<id>", "id from `mail list`")
    .action((id: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        const one = await operator.mail.show(id);
        if (!one) throw new Refusal(`There's no email with id ${id}.`);
        printColumns([
          ["Email", one.id],
          ["Kind", one.kind],
          ["To", displayEmail(maskEmail(one.email))],
          ["Requested", formatTime(one.createdAt)],
          ["State", one.state],
          ["Attempts", String(one.attempts)],
          ...(one.nextAttemptAt === null ? [] : [["Next attempt", formatTime(one.nextAttemptAt)]]),
          ...(one.finishedAt === null ? [] : [["Finished", formatTime(one.finishedAt)]]),
          ["Server reply", maskedAnswer(one) || "none yet"],
        ]);
      }),
    );

  mail
    .command("retry")
    .description("retry an email now that has failed or is waiting for its next attempt")
    .argument("[id]", "id from `mail list`")
    .option("--all-given-up", "every email that was given up")
    .action((id: string | undefined, { allGivenUp }: { allGivenUp?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        if ((id === undefined) === !allGivenUp) throw new Refusal("Give the id of one email, or use --all-given-up.");
        if (id !== undefined) return retryOne(operator, id);
        const many = await operator.mail.retryAllGivenUp();
        console.log(many === 0 ? "No emails to retry." : `Retrying ${pluralise(many, "email")}.`);
      }),
    );

  mail
    .command("bounces")
    .description("list addresses that bounced in the last 30 days, newest first")
    .option("--to <address>", "only this address")
    .option("--limit <n>", "show at most this many", wholeNumber, 50)
    .action((options: { to?: string; limit: number }, command: Command) =>
      withOperator(command, async (operator) => {
        const { to, limit } = options;
        const bounces = await operator.mail.bounces({ to, atMost: limit });
        if (bounces.length === 0) return console.log("No bounces.");
        const addressOf = (email: string) => displayEmail(to === undefined ? maskEmail(email) : email);
        const rows = bounces.map((one) => {
          return [
            addressOf(one.email),
            String(one.times),
            formatTime(one.firstAt),
            formatTime(one.lastAt),
            maskedAnswer(one),
          ];
        });
        printColumns([["address", "bounces", "first", "last", "server reply"], ...rows]);
      }),
    );

  mail
    .command("test")
    .description("send a test email now and print the mail server's reply")
    .argument("<address>")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        const answer = await operator.mail.test(address).catch((error: Error) => {
          if (error instanceof TypeError) throw new Refusal(error.message);
          throw new Refusal(`The test email wasn't sent: ${error.message}`);
        });
        console.log(`Sent. The mail server replied: ${answer}`);
      }),
    );
}

async function retryOne(operator: Latchkey["operator"], id: string): Promise<void> {
  const retried = await operator.mail.retry(id);
  switch (retried.kind) {
    case "done":
      return console.log("Retrying now, and for up to a day.");
    case "in-hand":
      return console.log("Already being sent, or about to be (within 10 seconds).");
    case "unknown":
      throw new Refusal(`There's no email with id ${id}.`);
    case "not-tried":
      throw new Refusal(`Nothing to retry: this email is ${describeState(retried.mail)}.`);
  }
}

/** The state of an email, in a line. */
function describeState(one: Mail): string {
  const answer = maskedAnswer(one);
  if (one.state === "failed" && one.nextAttemptAt !== null) {
    return `failed, next attempt ${formatTime(one.nextAttemptAt)}: ${answer}`;
  }
  return answer ? `${one.state}: ${answer}` : one.state;
}

/** A server's reply often repeats the address. */
function maskedAnswer({ answer, email }: Pick<Mail, "answer" | "email">): string {
  return (answer ?? "").replaceAll(email, maskEmail(email)).replace(/\s+/g, " ");
}
