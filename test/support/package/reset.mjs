// Runs on every runtime against the installed package: signs up, resets the password, and signs in with the new one.
// The first argument is the database URL.
import assert from "node:assert/strict";
import { createLatchkey } from "latchkey";

const BASE_URL = "http://localhost:3000";
const email = "anna@example.com";
const messages = [];
const latchkey = await createLatchkey({
  baseUrl: BASE_URL,
  database: process.argv[2],
  mode: "development",
  mail: { transport: { send: async (message) => void messages.push(message) } },
});

const signUp = browser();
assert.equal((await signUp.post("/sign-up", { email })).status, 303);
const signUpToken = await mailedToken("sign-up");
assert.equal((await signUp.get(`/sign-up/${signUpToken}`)).status, 200);
assert.equal(
  (await signUp.post("/sign-up/confirm", { token: signUpToken, password: "first long password" })).status,
  303,
);
assert.equal((await signUp.get("/users/me")).status, 200);

const reset = browser();
assert.equal((await reset.post("/forgot-password", { email })).status, 303);
const token = await mailedToken("reset-password");
assert.equal((await reset.get(`/reset-password/${token}`)).status, 200);
assert.equal((await reset.post("/reset-password", { token, password: "short" })).status, 422);
assert.equal((await reset.post("/reset-password", { token, password: "second long password" })).status, 303);
assert.equal((await reset.get("/users/me")).status, 200);
assert.notEqual((await signUp.get("/users/me")).status, 200);
assert.equal((await browser().post("/reset-password", { token, password: "third long password" })).status, 410);

assert.equal((await browser().post("/sign-in", { email, password: "first long password" })).status, 401);
assert.equal((await browser().post("/sign-in", { email, password: "second long password" })).status, 303);
await latchkey.close();
console.log("reset complete");

/** The token of the newest email with a link below the path. */
async function mailedToken(path) {
  await latchkey.deliverDue();
  const links = messages.map(({ text }) => new RegExp(`/${path}/([\\w-]{43})`).exec(text)?.[1]);
  return links.findLast(Boolean);
}

/** Keeps cookies as a browser does. */
function browser() {
  const cookies = new Map();
  async function send(path, init) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(cookie && { cookie }) };
    const response = await latchkey.fetch(new Request(BASE_URL + path, { ...init, headers }), { ip: "192.0.2.1" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    await response.text();
    return response;
  }
  return {
    get: (path) => send(path, { method: "GET" }),
    post: (path, fields) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
        body: new URLSearchParams(fields).toString(),
      }),
  };
}
