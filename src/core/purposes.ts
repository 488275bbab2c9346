import { DAY } from "../lib/clock.ts";
import type { Settings } from "./context.ts";

/** Purposes whose email a visitor requests by typing an address. */
export type RequestPurpose = "password-reset" | "sign-up" | "sign-in-link";

/** What a link may be used for. A token of one purpose is unknown under every other. */
export type Purpose = RequestPurpose | "email-change" | "security-alert" | "email-change-undo";

/** Why a link no longer works. */
export type EndReason =
  | "used"
  | "replaced"
  | "password-changed"
  | "security-alert"
  | "email-changed"
  | "account-created"
  | "withdrawn";

/** Everything that differs between purposes. Routes, pages, emails, revocation and the email budget read it here. */
export interface PurposeDescriptor {
  /** Path of the link below `BASE_URL`; the token follows after a slash. */
  linkPath: string;
  /** Path of the page that requests the email. Null: the email is not requested on a page of its own. */
  requestPath: string | null;
  /** What the page of a dead link offers to request. Null: it leads to the account page. */
  requestAgain: RequestPurpose | null;
  /** The part of the token digest that names the purpose. Stored digests depend on it: never change it. */
  digestLabel: string;
  /** How long a link works from the moment it is mailed, in milliseconds. */
  lifetimeMs(settings: Settings): number;
  /** Whether the link dies when the account no longer has the address that it was mailed to. */
  boundToAddress: boolean;
  /** Whether the link is the "This wasn't me" button of a notice, which cannot be requested again. */
  isNotice: boolean;
  /** Revocations of the whole account that leave the link alive. */
  survives: readonly EndReason[];
  /** Share of the daily email budget that emails with such a link may use up. */
  budgetShare: number;
  /** Path of the page after use, relative to `BASE_URL`. Null: the form is answered with a page of its own. */
  pathAfterUse: string | null;
}

/** Upper bound for the lifetime of a request, and so of its cookie. */
export const MAX_REQUEST_LIFETIME = DAY;

/** Emails of a purpose for which an account owner waits leave a reserve for notices. */
const OWNER_SHARE = 0.95;
/** Strangers can have these sent to any number of addresses, so they leave a larger reserve. */
const STRANGER_SHARE = 0.7;
/** Notices follow an action inside an account and carry the way back: they may use the whole budget. */
const NOTICE_SHARE = 1;

export const PURPOSES = {
  "password-reset": {
    linkPath: "/reset-password",
    requestPath: "/forgot-password",
    requestAgain: "password-reset",
    digestLabel: "password-reset",
    lifetimeMs: (settings) => settings.resetLinkMs,
    boundToAddress: true,
    isNotice: false,
    survives: [],
    budgetShare: OWNER_SHARE,
    pathAfterUse: "/users/me",
  },
  "sign-up": {
    linkPath: "/sign-up",
    requestPath: "/sign-up",
    requestAgain: "sign-up",
    digestLabel: "sign-up",
    lifetimeMs: (settings) => settings.signUpLinkMs,
    boundToAddress: true,
    isNotice: false,
    survives: [],
    budgetShare: STRANGER_SHARE,
    pathAfterUse: "/users/me",
  },
  "sign-in-link": {
    linkPath: "/sign-in-link",
    requestPath: "/sign-in-link",
    requestAgain: "sign-in-link",
    digestLabel: "sign-in-link",
    lifetimeMs: (settings) => settings.signInLinkMs,
    boundToAddress: true,
    isNotice: false,
    survives: [],
    budgetShare: OWNER_SHARE,
    pathAfterUse: "/users/me",
  },
  "email-change": {
    linkPath: "/address-change",
    requestPath: null,
    requestAgain: null,
    digestLabel: "address-change",
    lifetimeMs: () => DAY,
    // Mailed to the new address, which the account does not have yet.
    boundToAddress: false,
    isNotice: false,
    survives: [],
    budgetShare: STRANGER_SHARE,
    pathAfterUse: null,
  },
  "security-alert": {
    linkPath: "/objection",
    requestPath: null,
    requestAgain: "password-reset",
    digestLabel: "objection",
    lifetimeMs: () => 7 * DAY,
    boundToAddress: true,
    isNotice: true,
    // A thief who changes the password must not end the owner's button by that.
    survives: ["password-changed"],
    budgetShare: NOTICE_SHARE,
    pathAfterUse: null,
  },
  "email-change-undo": {
    linkPath: "/address-undo",
    requestPath: null,
    requestAgain: "password-reset",
    digestLabel: "address-undo",
    lifetimeMs: () => 7 * DAY,
    // Mailed to the former address, which the account no longer has.
    boundToAddress: false,
    isNotice: true,
    // The owner's only way back after a takeover: no action inside the account ends it.
    survives: ["replaced", "password-changed", "security-alert", "email-changed", "withdrawn"],
    budgetShare: NOTICE_SHARE,
    pathAfterUse: null,
  },
} as const satisfies Record<Purpose, PurposeDescriptor>;

/** How long a link of the purpose works from the moment it is mailed, in milliseconds. */
export function linkLifetime({ settings }: { settings: Settings }, purpose: Purpose): number {
  return PURPOSES[purpose].lifetimeMs(settings);
}

/** The URL of a link. `baseUrl` has no slash at its end. */
export function linkUrl({ baseUrl }: { baseUrl: string }, purpose: Purpose, token: string): string {
  return `${baseUrl}${PURPOSES[purpose].linkPath}/${token}`;
}

/** The purposes whose links survive a revocation of the whole account for this reason. */
export function purposesThatSurvive(reason: EndReason): Purpose[] {
  return purposes().filter((purpose) => (PURPOSES[purpose].survives as readonly EndReason[]).includes(reason));
}

function purposes(): Purpose[] {
  return Object.keys(PURPOSES) as Purpose[];
}
