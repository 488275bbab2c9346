import { type PasswordProblem, passwordProblem } from "../passwords/policy.ts";
import type { Core } from "./context.ts";

/**
 * What is wrong with a new password, or null. Checked before anything is consumed or hashed. The breach lookup comes last,
 * and only if nothing else is wrong.
 */
export async function newPasswordProblem(
  core: Core,
  chosen: { password: string; email: string },
): Promise<PasswordProblem | null> {
  const { passwordMinLength: minLength, productName } = core.settings;
  const problem = passwordProblem(chosen.password, { minLength, email: chosen.email, productName });
  if (problem) return problem;
  return (await core.isBreached(chosen.password)) ? { kind: "breached" } : null;
}
