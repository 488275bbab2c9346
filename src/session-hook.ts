import type { Core, SessionAnswer, SessionQuestion } from "./core/context.ts";
import type { Log } from "./http/context.ts";
import { SECOND } from "./lib/clock.ts";

/** How long `mayBeginSession` may take. A hook that never answers must not hold every sign-in. */
export const HOOK_TIMEOUT_MS = 5 * SECOND;

/** Beyond this some proxies reject the response for its headers. */
const MAX_TARGET_LENGTH = 2_048;

/**
 * Asks the app's hook. An error, no answer in time, a `goTo` on another origin and any other value mean no: a second factor
 * must not fall away because of a fault.
 */
export function guardSessionHook(
  hook: ((question: SessionQuestion) => Promise<SessionAnswer>) | null,
  { baseUrl, log, timeoutMs }: { baseUrl: URL; log: Log; timeoutMs: number },
): Core["mayBeginSession"] {
  if (hook === null) return async () => "yes";
  return async (question) => {
    const { method } = question;
    try {
      const answer = await withTimeout(hook(question), timeoutMs);
      if (answer === "yes" || answer === "no") return answer;
      const goTo = ownTarget(answer?.goTo, baseUrl);
      if (goTo !== null) return { goTo };
      log.error({ method }, "mayBeginSession returned neither yes, no nor a goTo on this origin, sign-in refused");
    } catch (err) {
      log.error({ err, method }, "mayBeginSession threw an error, sign-in refused");
    }
    return "no";
  };
}

/**
 * A path, or a URL on the origin of `baseUrl`, as path, query and fragment; else null. Parsed as a browser parses it, written
 * out again and checked again: `/./\evil.example` has our origin and the path `//evil.example`.
 */
function ownTarget(goTo: unknown, baseUrl: URL): string | null {
  if (typeof goTo !== "string" || !/^(?:\/|https?:\/\/)/i.test(goTo) || !URL.canParse(goTo, baseUrl.href)) return null;
  const url = new URL(goTo, baseUrl);
  const target = url.pathname + url.search + url.hash;
  const isOwn = url.origin === baseUrl.origin && url.username === "" && url.password === "";
  return isOwn && target.length <= MAX_TARGET_LENGTH && /^\/(?![/\\])/.test(target) ? target : null;
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
