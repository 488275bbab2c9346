import { goTo, showPage, tooMany } from "../../http/answers.ts";
import { requestCookie } from "../../http/cookies.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { sendAgain, type Waiting, waitingFor } from "../../links/waiting.ts";
import type { CheckEmailView } from "./pages.ts";
import { webmailOf } from "./webmail.ts";

export const checkEmail: Route[] = [
  get("/check-email", async (visit) => {
    const waiting = await waitingFor(visit.site.core, visit.visitor);
    return showCheckEmail(visit, waiting, { isSentAgain: visit.query("sent") === "again" });
  }),

  // "Send again", for the browser that asked.
  post("/check-email", [], async (visit) => {
    const sent = await sendAgain(visit.site.core, visit.visitor);
    switch (sent.kind) {
      case "queued":
        return goTo(visit, "/check-email?sent=again", { cookie: requestCookie(visit.site, sent.request) });
      case "too-soon": {
        const headers = { "retry-after": String(seconds(sent.waiting.waitMs)) };
        return showCheckEmail(visit, sent.waiting, { problem: { kind: "too-soon" } }, { status: 429, headers });
      }
      case "nothing-asked": {
        const waiting = await waitingFor(visit.site.core, visit.visitor);
        if (waiting) return showCheckEmail(visit, waiting, {}, { status: 410 });
        return showPage(visit, "codeOver", { why: "not-again", again: null }, { status: 410 });
      }
      case "too-many":
        return tooMany(visit, sent, "send-again");
    }
  }),
];

/** The page after every form that asks for a mail. Made of what this browser asked for, and of nothing that is known of it. */
export function showCheckEmail(
  visit: Visit,
  waiting: Waiting | null,
  { problem = null, isSentAgain = false }: Partial<Pick<CheckEmailView, "problem" | "isSentAgain">> = {},
  answer?: Parameters<typeof showPage>[3],
): Promise<Response> {
  const { signInLinks } = visit.site.core.rules;
  const asked = waiting && {
    purpose: waiting.purpose,
    email: waiting.email,
    waitSeconds: seconds(waiting.waitMs),
    takesCode: waiting.triesLeft > 0,
    webmail: webmailOf(waiting.email),
  };
  return showPage(visit, "checkEmail", { asked, problem, isSentAgain, signInLinks }, answer);
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
