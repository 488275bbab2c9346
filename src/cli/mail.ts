import { type Command, Option } from "commander";
import type { Latchkey } from "../latchkey.ts";
import { maskEmail } from "../lib/email-address.ts";
import { formatTime, pluralise, printColumns, wholeNumber } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

const STATES = ["due", "held", "sent", "failed", "failed", "closed"] as const;

type Mail = NonNullable<Awaited<ReturnType<Latchkey["operator"]["mail"]["show"]>>>;

export function mailCommands(program: Command): void {
  const mail = program.command("mail").description("see the mails, and have them tried again");

  mail
    .command("list")
    .description("list the mails, newest first")
    .addOption(new Option("--state <state>", "only those in this state").choices(STATES))
    .option("--to <address>", "only those to this address")
    .option("--limit <n>", "at most so many", wholeNumber, 50)
    .action((options: { state?: (typeof STATES)[number]; to?: string; limit: number }, command: Command) =>
      withOperator(command, async (operator) => {
        const { state, to, limit } = options;
        const mails = await operator.mail.list({ state, to, atMost: limit });
        if (mails.length === 0) return console.log("There is none.");
        const addressOf = (one: Mail) => (to === undefined ? maskEmail(one.email) : one.email);
        const rows = mails.map((one) => [one.id, formatTime(one.createdAt), one.kind, addressOf(one), ends(one)]);
        printColumns([["id", "asked for", "kind", "to", "state"], ...rows]);
      }),
    );

  mail
    .command("show")
    .description("show what is known of a mail")
    .argument("<id>", "as `mail list` prints it")
    .action((id: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        const one = await operator.mail.show(id);
        if (!one) throw new Refusal(`There is no mail ${id}.`);
        printColumns([
          ["Mail", one.id],
          ["Kind", one.kind],
          ["To", maskEmail(one.email)],
          ["Asked for", formatTime(one.createdAt)],
          ["State", one.state],
          ["Attempts", String(one.attempts)],
          ...(one.nextAttemptAt === null ? [] : [["Next try", formatTime(one.nextAttemptAt)]]),
          ...(one.finishedAt === null ? [] : [["Finished", formatTime(one.finishedAt)]]),
          ["Answer", maskedAnswer(one) || "none yet"],
        ]);
      }),
    );

  mail
    .command("retry")
    .description("have a mail tried again now that was given up, or waits for its next try")
    .argument("[id]", "as `mail list` prints it")
    .option("--all-given-up", "every mail that was given up")
    .action((id: string | undefined, { allGivenUp }: { allGivenUp?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        if ((id === undefined) === !allGivenUp) throw new Refusal("Name one mail by its id, or write --all-given-up.");
        if (id !== undefined) return retryOne(operator, id);
        const many = await operator.mail.retryAllGivenUp();
        console.log(many === 0 ? "No mail was given up." : `Tried again: ${pluralise(many, "mail")}.`);
      }),
    );

  mail
    .command("bounces")
    .description("list the addresses that a mail server refused for good in the last 30 days, newest first")
    .option("--to <address>", "only this address")
    .option("--limit <n>", "at most so many", wholeNumber, 50)
    .action((options: { to?: string; limit: number }, command: Command) =>
      withOperator(command, async (operator) => {
        const { to, limit } = options;
        const bounces = await operator.mail.bounces({ to, atMost: limit });
        if (bounces.length === 0) return console.log("There is none.");
        const addressOf = (email: string) => (to === undefined ? maskEmail(email) : email);
        const rows = bounces.map((one) => {
          return [
            addressOf(one.email),
            String(one.times),
            formatTime(one.firstAt),
            formatTime(one.lastAt),
            maskedAnswer(one),
          ];
        });
        printColumns([["address", "times", "first", "last", "answer"], ...rows]);
      }),
    );

  mail
    .command("test")
    .description("send one test mail right now, and print what the mail server says")
    .argument("<address>")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        const answer = await operator.mail.test(address).catch((error: Error) => {
          if (error instanceof TypeError) throw new Refusal(error.message);
          throw new Refusal(`The test mail did not leave: ${error.message}`);
        });
        console.log(`The mail server took it: ${answer}`);
      }),
    );
}

async function retryOne(operator: Latchkey["operator"], id: string): Promise<void> {
  const retried = await operator.mail.retry(id);
  switch (retried.kind) {
    case "done":
      return console.log("It is tried again now, and for a day if need be.");
    case "in-hand":
      return console.log("It is being tried just now, or within ten seconds.");
    case "unknown":
      throw new Refusal(`There is no mail ${id}.`);
    case "not-tried":
      throw new Refusal(`There is nothing to try again: it is ${ends(retried.mail)}.`);
  }
}

/** How it stands with a mail, in a line. */
function ends(one: Mail): string {
  const answer = maskedAnswer(one);
  if (one.state === "failed" && one.nextAttemptAt !== null) {
    return `failed, next try ${formatTime(one.nextAttemptAt)}: ${answer}`;
  }
  return answer ? `${one.state}: ${answer}` : one.state;
}

/** Mail servers like to repeat the address. */
function maskedAnswer({ answer, email }: Pick<Mail, "answer" | "email">): string {
  return (answer ?? "").replaceAll(email, maskEmail(email)).replace(/\s+/g, " ");
}
