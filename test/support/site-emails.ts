import type { Site } from "./browser.ts";
import { linkIn, PASSWORD } from "./open-app.ts";
import { until } from "./until.ts";

/** What stands in a mail: its link, and its code with the space in it. "" where there is none. */
export interface EmailContents {
  link: string;
  code: string;
}

/** Does what has a mail sent, and returns what stands in that mail. Other mails may come and go meanwhile. */
export async function emailSentBy(
  http: Site,
  mail: { to: string; subject: string },
  action: () => Promise<unknown>,
): Promise<EmailContents> {
  const client = http.client();
  const mails = async () => {
    await client.open("/mailbox");
    const rows = client.page.body.matchAll(/href="(\/mailbox\/[^"]+)"><strong>([^<]*)<.*?>to ([^,]*),/g);
    return [...rows]
      .filter(([, , subject = "", to]) => subject.startsWith(mail.subject) && to === mail.to)
      .map(([, path = ""]) => path);
  };

  const before = await mails();
  await action();
  const path = await until(`a mail to ${mail.to}`, async () => (await mails()).find((path) => !before.includes(path)));
  await client.open(path);
  const text = /<pre class="text">[\s\S]*?<\/pre>/.exec(client.page.body)?.[0] ?? "";
  return { link: linkIn(text), code: /^\d{4} \d{4}$/m.exec(text)?.[0] ?? "" };
}

/** The forms that ask for a mail, and how its subject begins. */
const SUBJECTS = {
  "/sign-up": "Create your",
  "/forgot-password": "Reset your",
  "/sign-in-link": "Sign in to",
} as const;

/** Does what asks for a mail by that form, and returns what stands in the mail. */
export function emailFromForm(
  http: Site,
  { form, email }: { form: keyof typeof SUBJECTS; email: string },
  ask: () => Promise<unknown>,
): Promise<EmailContents> {
  return emailSentBy(http, { to: email, subject: SUBJECTS[form] }, ask);
}

/** Has a link mailed that someone asked for in a browser of their own, and returns its path. */
export async function emailedLink(http: Site, form: keyof typeof SUBJECTS, email: string): Promise<string> {
  const { link } = await emailFromForm(http, { form, email }, () => http.client().post(form, { email }));
  return link;
}

/** Makes an account. */
export async function createAccount(http: Site, email: string, password = PASSWORD): Promise<void> {
  const client = http.client();
  await client.open(await emailedLink(http, "/sign-up", email));
  await client.submit({ password });
}
