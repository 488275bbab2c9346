import { type PasswordProblem, passwordProblem } from "../passwords/policy.ts";
import type { Core } from "./context.ts";

/**
 * What is wrong with a password that somebody chose, or null. Asked before anything is used up or hashed. The leaks are
 * looked up last, and only where nothing else is wrong.
 */
export async function newPasswordProblem(
  core: Core,
  chosen: { password: string; email: string },
): Promise<PasswordProblem | null> {
  const { passwordMinLength: minLength, productName } = core.rules;
  const problem = passwordProblem(chosen.password, { minLength, email: chosen.email, productName });
  if (problem) return problem;
  return (await core.isBreached(chosen.password)) ? { kind: "breached" } : null;
}
