import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const ROOT = join(import.meta.dirname, "../..");

/** Each line is one mistake that must not compile. */
const MISTAKES: Record<string, string> = {
  "an unknown option": `await createLatchkey({ baseUrl: "x", bseUrl: "y" });`,
  "an unknown nested option": `await createLatchkey({ baseUrl: "x", limits: { requestPerIp: "1/1m" } });`,
  "an option of 0.1": `await createLatchkey({ baseUrl: "x", product: { name: "Acme" } });`,
  "an option of the wrong type": `await createLatchkey({ baseUrl: "x", links: { resetMinutes: "60" } });`,
  "options without baseUrl": `await createLatchkey({});`,
  "an unknown template": `await createLatchkey({ baseUrl: "x", mail: { templates: { "password-resets": never } } });`,
  "an unknown page": `await createLatchkey({ baseUrl: "x", pages: { signin: never } });`,
  "a second argument": `await createLatchkey({ baseUrl: "x" }, {});`,
  "for without ip": `latchkey.for(request);`,
  "for with an empty peer": `latchkey.for(request, {});`,
  "for with an undefined ip": `latchkey.for(request, { ip: undefined });`,
  "fetch without ip": `await latchkey.fetch(request);`,
  "fetch with the old peer": `await latchkey.fetch(request, { peer: "192.0.2.1" });`,
  "an email that may be a file": `await visit.signUp.request({ email: form.get("email") });`,
  "positional arguments": `await visit.passwordReset.complete("token", "password");`,
  "headers of a result that may have failed": `(await visit.signIn({ email: "a", password: "b" })).headers;`,
  "an outcome that does not exist": `(await visit.passwordReset.preview({ token: "a" })).kind === "expired";`,
  "a session token": `const r = await visit.signIn({ email: "a", password: "b" }); if (r.kind === "done") r.session;`,
};

const PREAMBLE = `import { createLatchkey, type CompletionResult, type Latchkey } from "../../src/index.ts";
declare const latchkey: Latchkey;
declare const request: Request;
declare const form: FormData;
declare const never: never;
const visit = latchkey.for(request, { ip: null });
export { visit, form, never, createLatchkey };
`;

const CORRECT = `${PREAMBLE}
export async function complete(token: string, password: string): Promise<Response> {
  const result: CompletionResult = await visit.passwordReset.complete({ token, password });
  switch (result.kind) {
    case "done": return new Response(null, { status: 303, headers: result.headers });
    case "refused-password": return new Response(result.problem.kind, { status: 422 });
    case "session-refused": return new Response(null, { status: 403 });
    case "go-to": return Response.redirect(result.goTo);
    case "dead": return new Response(result.reason, { status: 410 });
    case "too-many": return new Response(null, { status: 429 });
    case "busy": return new Response(null, { status: 503, headers: { "retry-after": String(result.retryAfterSeconds) } });
  }
}
`;

describe("Types of the public API", () => {
  it("accept correct use and reject each mistake", () => {
    mkdirSync(join(ROOT, "tmp"), { recursive: true });
    const folder = mkdtempSync(join(ROOT, "tmp/types-"));
    try {
      const names = Object.keys(MISTAKES);
      const config = { extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["*.ts"] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
      writeFileSync(join(folder, "correct.ts"), CORRECT);
      names.forEach((name, i) => {
        writeFileSync(join(folder, `mistake-${i}.ts`), `${PREAMBLE}${MISTAKES[name]}\n`);
      });

      const { stdout } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder], {
        encoding: "utf8",
        cwd: folder,
      });

      const failed = new Set([...stdout.matchAll(/(\w+(?:-\d+)?)\.ts\(/g)].map(([, file]) => file));
      assert.deepEqual(
        names.filter((_, i) => !failed.has(`mistake-${i}`)),
        [],
        "these must not compile",
      );
      assert.equal(failed.size, names.length, stdout);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
