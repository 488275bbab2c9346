import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PURPOSES } from "../../src/core/purposes.ts";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { openApp } from "../support/open-app.ts";
import { copyClient } from "../support/requests.ts";
import { readyForms } from "../support/writing-routes.ts";

/** What mail programs, editors and trackers put behind a link. */
const APPENDED = [
  ".",
  ",",
  ")",
  "!",
  ";",
  "'",
  "%22",
  "%3E",
  ">",
  "%5D",
  "%20",
  "%0A",
  "%C2%A0",
  "%E2%80%8B",
  "%E2%80%9D",
  "%EF%BB%BF",
  "%E2%80",
  "%",
  "=",
  "%3D%0D%0A",
  "/",
  "//",
  "/.",
  ").",
  "%3Futm_source=mail",
  "&utm_source=mail",
  "?utm_source=mail&fbclid=x",
  "/?utm_source=mail",
  "%00",
];

describe("GET of an emailed link with appended characters", async () => {
  const app = await openApp({ limits: HIGH_LIMITS });
  const links = Object.values(await readyForms(app)).flatMap(({ who, link, fields }) =>
    link === null ? [] : [{ who, link, token: fields.token ?? "" }],
  );

  it("is tested for every purpose", () => {
    const paths = links.map(({ link, token }) => link.replace(`/${token}`, "")).sort();
    assert.deepEqual(
      paths,
      Object.values(PURPOSES)
        .map(({ linkPath }) => linkPath)
        .sort(),
    );
  });

  it("opens the link for whatever follows the 43 characters (T10)", async () => {
    for (const { who, link, token } of links) {
      for (const appended of ["", ...APPENDED]) {
        const response = await copyClient(app, who).request("GET", link + appended);
        assert.equal(response.status, 200, link + appended);
        // Tokens in forms are exact, so the form has the plain one.
        assert.ok(response.body.includes(`name="token" value="${token}"`), link + appended);
        assert.equal((await copyClient(app, who).request("HEAD", link + appended)).status, 200, link + appended);
      }
    }
  });

  it("returns 410 for a longer or shorter token, and for anything in front of it (T4, T10)", async () => {
    for (const { who, link, token } of links) {
      for (const other of [`${token}A`, `${token}-.`, `${token}_/`, `${token.slice(1)}.`, `.${token}`, `%20${token}`]) {
        const response = await copyClient(app, who).request("GET", link.replace(token, other));
        assert.equal(response.status, 410, other);
      }
    }
  });

  it("returns 405 with the allowed methods for other methods", async () => {
    for (const { link } of links) {
      const response = await app.client().request("PUT", `${link}/.`);
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "HEAD, GET");
    }
  });
});
