import { MINUTE } from "../../src/lib/clock.ts";
import type { TestClient, TestResponse } from "./client.ts";
import { linkTo } from "./email-change.ts";
import { type App, PASSWORD, requestReset, signUp, tokenOf } from "./open-app.ts";
import { alertLinkIn, codeIn } from "./requests.ts";

const NEW_PASSWORD = "a new and rather long password";

/** A form that is ready to be submitted with valid fields. */
export interface Ready {
  send(): Promise<TestResponse>;
  /** By whom, and with what. */
  who: TestClient;
  fields: Record<string, string>;
  /** The path of the link that leads to the form, or null where none does. */
  link: string | null;
}

/** Brings about, for every form that there is, that it can be sent. Each has a person of its own, so that none spoils another. */
export async function readyForms(app: App): Promise<Record<string, Ready>> {
  const ready: Record<string, Ready> = {};
  for (const [path, prepare] of Object.entries(FORMS)) {
    const { who, fields } = await prepare(app, `${path.replace(/\W/g, "")}@example.com`);
    const link = fields.token ? `${path.replace(/\/confirm$/, "")}/${fields.token}` : null;
    ready[path] = { send: () => who.send(path, fields), who, fields, link };
  }
  return ready;
}

interface Prepared {
  who: TestClient;
  fields: Record<string, string>;
}

const FORMS: Record<string, (app: App, email: string) => Promise<Prepared>> = {
  "/sign-up": async (app, email) => ({ who: app.client(), fields: { email } }),
  "/forgot-password": async (app, email) => ({ who: app.client(), fields: { email } }),
  "/sign-in-link": async (app, email) => ({ who: app.client(), fields: { email } }),

  "/sign-up/confirm": async (app, email) => {
    const who = app.client();
    await who.post("/sign-up", { email });
    await app.deliver();
    return { who, fields: { token: tokenOf(app.lastLink()), password: PASSWORD } };
  },
  "/sign-in": async (app, email) => {
    await signUp(app, email);
    return { who: app.client(), fields: { email, password: PASSWORD } };
  },
  "/reset-password": async (app, email) => {
    await signUp(app, email);
    return { who: app.client(), fields: { token: await resetToken(app, email), password: NEW_PASSWORD } };
  },
  "/sign-in-link/confirm": async (app, email) => {
    const who = await requestSignIn(app, email);
    return { who, fields: { token: tokenOf(app.lastLink()) } };
  },
  "/code": async (app, email) => {
    const who = await requestSignIn(app, email);
    return { who, fields: { code: codeIn(app.lastMail().text) } };
  },
  "/check-email": async (app, email) => {
    const who = await requestSignIn(app, email);
    app.pass(MINUTE);
    return { who, fields: {} };
  },
  "/objection": async (app, email) => {
    const who = await signUp(app, email);
    await who.submit({ current_password: PASSWORD, password: NEW_PASSWORD }, "/users/me/password");
    await app.deliver();
    return { who: app.client(), fields: { token: tokenOf(alertLinkIn(app)) } };
  },
  "/users/me/password": async (app, email) => {
    const fields = { current_password: PASSWORD, password: NEW_PASSWORD };
    return { who: await signUp(app, email), fields };
  },
  "/users/me/email": async (app, email) => {
    const fields = { current_password: PASSWORD, email: `new-${email}` };
    return { who: await signUp(app, email), fields };
  },
  "/address-change": async (app, email) => {
    const { who, token } = await requestAnotherAddress(app, email);
    return { who, fields: { token } };
  },
  "/address-undo": async (app, email) => {
    const { who, token } = await requestAnotherAddress(app, email);
    await who.post("/address-change", { token });
    await app.deliver();
    return { who: app.client(), fields: { token: tokenOf(linkTo(app, email, "email-change-undo")) } };
  },
  "/users/me/sessions/end": async (app, email) => {
    const who = await signUp(app, email);
    await app.client().send("/sign-in", { email, password: PASSWORD });
    return { who, fields: { id: "others" } };
  },
  "/sign-out": async (app, email) => ({ who: await signUp(app, email), fields: {} }),
};

async function resetToken(app: App, email: string): Promise<string> {
  return tokenOf(await requestReset(app, email));
}

async function requestSignIn(app: App, email: string): Promise<TestClient> {
  await signUp(app, email);
  const who = app.client();
  await who.post("/sign-in-link", { email });
  await app.deliver();
  return who;
}

async function requestAnotherAddress(app: App, email: string): Promise<{ who: TestClient; token: string }> {
  const who = await signUp(app, email);
  await who.submit({ email: `new-${email}`, current_password: PASSWORD }, "/users/me/email");
  await app.deliver();
  return { who, token: tokenOf(app.lastLink()) };
}
