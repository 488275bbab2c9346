import type { Site } from "./browser.ts";
import { linkIn, PASSWORD } from "./open-app.ts";
import { until } from "./until.ts";
import { PRODUCT, SUBJECTS } from "./words.ts";

/** The link of an email and its code with the space in it. "" if absent. */
export interface EmailContents {
  link: string;
  code: string;
}

/** Runs an action that causes an email, and returns the contents of that email. Other emails may arrive meanwhile. */
export async function emailSentBy(
  http: Site,
  mail: { to: string; subject: string },
  action: () => Promise<unknown>,
): Promise<EmailContents> {
  const client = http.client();
  const mails = async () => {
    await client.open("/mailbox");
    const rows = client.page.body.matchAll(/href="(\/mailbox\/[^"]+)"[^>]*><bdi>([^<]*)<.*?>To <bdi>([^<]*)</g);
    return [...rows]
      .filter(([, , subject = "", to]) => subject.startsWith(mail.subject) && to === mail.to)
      .map(([, path = ""]) => path);
  };

  const before = await mails();
  await action();
  const path = await until(`a mail to ${mail.to}`, async () => (await mails()).find((path) => !before.includes(path)));
  await client.open(path);
  const text = /<pre class="text">[\s\S]*?<\/pre>/.exec(client.page.body)?.[0] ?? "";
  return { link: linkIn(text), code: /^ *(\d{4} \d{4})$/m.exec(text)?.[1] ?? "" };
}

/** The forms that request an email, and the start of its subject. */
const FORM_SUBJECTS = {
  "/sign-up": upToName(SUBJECTS.signUp),
  "/forgot-password": upToName(SUBJECTS.reset),
  "/sign-in-link": upToName(SUBJECTS.signInLink),
} as const;

/** A subject up to the product's name, which some tests change. */
function upToName(subject: string): string {
  return subject.slice(0, subject.indexOf(PRODUCT.product));
}

/** Runs an action that requests an email by that form, and returns the contents of the email. */
export function emailFromForm(
  http: Site,
  { form, email }: { form: keyof typeof FORM_SUBJECTS; email: string },
  ask: () => Promise<unknown>,
): Promise<EmailContents> {
  return emailSentBy(http, { to: email, subject: FORM_SUBJECTS[form] }, ask);
}

/** Requests a link in another browser, and returns its path. */
export async function emailedLink(http: Site, form: keyof typeof FORM_SUBJECTS, email: string): Promise<string> {
  const { link } = await emailFromForm(http, { form, email }, () => http.client().post(form, { email }));
  return link;
}

/** Makes an account. */
export async function createAccount(http: Site, email: string, password = PASSWORD): Promise<void> {
  const client = http.client();
  await client.open(await emailedLink(http, "/sign-up", email));
  await client.submit({ password });
}
