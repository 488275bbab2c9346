import { type AnswerOptions, redirectTo, showPage, tooMany } from "../../http/answers.ts";
import { requestCookie } from "../../http/cookies.ts";
import { checkedNext } from "../../http/next.ts";
import { pathTo } from "../../http/page-context.ts";
import type { HttpPages } from "../../http/problem-page.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { type PendingRequest, pendingRequest, resend } from "../../links/waiting.ts";
import type { CheckEmailView, checkEmailPages } from "./pages.ts";
import { subjectOf } from "./subject.ts";
import { webmailFor } from "./webmail.ts";

/** The pages that these routes can show. */
export type CheckEmailPages = HttpPages & typeof checkEmailPages;

export const checkEmailRoutes: Route<CheckEmailPages>[] = [
  get("/check-email", async (c) => {
    const waiting = await pendingRequest(c.http.core, c.client);
    return showCheckEmail(c, waiting, { isSentAgain: c.query("sent") === "again" });
  }),

  // "Send again", in the browser of the request. The page may be older than another request of the browser.
  post(
    "/check-email",
    [],
    async (c, wanted) => {
      const sent = await resend(c.http.core, c.client, wanted);
      switch (sent.kind) {
        case "queued":
          return redirectTo(c, "/check-email?sent=again", { cookie: requestCookie(c.http, sent.request) });
        case "too-soon": {
          const headers = { "retry-after": String(seconds(sent.waiting.waitMs)) };
          return showCheckEmail(c, sent.waiting, { problem: { kind: "too-soon" } }, { status: 429, headers });
        }
        case "no-request": {
          const waiting = await pendingRequest(c.http.core, c.client);
          if (waiting) return showCheckEmail(c, waiting, {}, { status: 410 });
          return showPage(c, "codeEnded", { why: "not-again", again: null }, { status: 410 });
        }
        case "too-many":
          return tooMany(c, sent, "send-again");
      }
    },
    ["purpose", "email"],
  ),
];

/** The page after every form that requests an email. It shows only what this browser requested, and nothing about the account. */
export async function showCheckEmail(
  c: RequestContext<CheckEmailPages>,
  waiting: PendingRequest | null,
  { problem = null, isSentAgain = false }: Partial<Pick<CheckEmailView, "problem" | "isSentAgain">> = {},
  answer?: AnswerOptions,
): Promise<Response> {
  const { sender, core } = c.http;
  const { signInLinks } = core.settings;
  const asked = waiting && {
    purpose: waiting.purpose,
    email: waiting.email,
    waitSeconds: seconds(waiting.waitMs),
    takesCode: waiting.attemptsLeft > 0,
    subject: await subjectOf(c, waiting.purpose),
    sender,
    webmail: webmailFor({ email: waiting.email, sender }),
    next: checkedNext(c.http, waiting.next),
  };
  const address = pathTo(c.http, "/check-email");
  return showPage(c, "checkEmail", { asked, problem, isSentAgain, signInLinks }, { ...answer, address });
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
