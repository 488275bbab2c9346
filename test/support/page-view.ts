import type { Page } from "playwright-core";
import type { Site } from "./browser.ts";

/** A page in one of its states, and how a person who is not signed in gets to see it. */
export interface PageView {
  name: string;
  status: number;
  open(page: Page, http: Site): Promise<unknown>;
}
