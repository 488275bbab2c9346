import { supportHref } from "../brand/brand.ts";
import { linkUrl } from "../core/purposes.ts";
import { browserName } from "../i18n/browser.ts";
import { duration, moment } from "../i18n/format.ts";
import { linkTo } from "../i18n/rich.ts";
import { type Letter, type LetterParts, letter, type MailSentence } from "./letter.ts";
import type { Letterhead } from "./letterhead.ts";
import type { EmailView, LinkView } from "./views.ts";

type ViewOf<Kind extends EmailView["kind"]> = Extract<EmailView, { kind: Kind }>;

/**
 * One function from a view to an email for each kind. A host app replaces some with the option `mail.templates`; its functions
 * may be async.
 */
export type Templates = {
  [Kind in EmailView["kind"]]: (view: ViewOf<Kind>, sender: Letterhead) => Letter | Promise<Letter>;
};

export const templates: Templates = {
  "password-reset": (view, sender) => {
    const { reset, common } = sender.mail;
    const isSecured = view.because === "security-alert";
    return letter({
      ...sender,
      subject: reset.subject(product(sender)),
      preview: isSecured ? reset.preheaderSecured(lifetime(sender, view)) : common.preheader(lifetime(sender, view)),
      heading: reset.heading,
      paragraphs: [isSecured ? reset.introSecured(product(sender)) : reset.intro(product(sender))],
      action: { label: reset.action, url: linkUrl(sender, "password-reset", view.token) },
      afterAction: [common.once(lifetime(sender, view))],
      code: code(sender, view),
      rows: requested(sender, view),
      notes: [isSecured ? common.mailboxFirst : reset.note],
    });
  },

  "sign-in-link": (view, sender) => {
    const { signIn, common } = sender.mail;
    return letter({
      ...sender,
      subject: signIn.subject(product(sender)),
      preview: common.preheader(lifetime(sender, view)),
      heading: signIn.heading(product(sender)),
      paragraphs: [view.code ? signIn.introWithCode : signIn.intro],
      action: { label: signIn.action, url: linkUrl(sender, "sign-in-link", view.token) },
      afterAction: [common.once(lifetime(sender, view))],
      code: code(sender, view, "codeLink"),
      rows: requested(sender, view),
      notes: [signIn.note],
    });
  },

  "sign-up": (view, sender) => {
    const { signUp, common } = sender.mail;
    return letter({
      ...sender,
      subject: signUp.subject(product(sender)),
      preview: common.preheader(lifetime(sender, view)),
      heading: signUp.heading,
      paragraphs: [signUp.intro(product(sender))],
      action: { label: signUp.action, url: linkUrl(sender, "sign-up", view.token) },
      afterAction: [common.once(lifetime(sender, view))],
      code: code(sender, view),
      rows: requested(sender, view),
      notes: [signUp.note],
    });
  },

  "already-signed-up": (view, sender) => {
    const { already } = sender.mail;
    return letter({
      ...sender,
      subject: already.subject(product(sender)),
      preview: already.preheader,
      heading: already.heading,
      paragraphs: [already.intro],
      action: { label: already.action, url: `${sender.baseUrl}/sign-in` },
      rows: requested(sender, view),
      notes: [already.note],
      links: [{ label: already.reset, url: `${sender.baseUrl}/forgot-password` }],
    });
  },

  "password-changed": (view, sender) => {
    const { pwChanged } = sender.mail;
    return notice(sender, view, {
      subject: pwChanged.subject(product(sender)),
      heading: pwChanged.heading,
      paragraphs: [pwChanged.what(product(sender))],
      rows: happened(sender, { browser: view.browser, at: view.changedAt }),
      notes: [pwChanged.note],
    });
  },

  "email-change": (view, sender) => {
    const { addrAsk, common } = sender.mail;
    return letter({
      ...sender,
      subject: addrAsk.subject(product(sender)),
      preview: common.preheader(lifetime(sender, view)),
      heading: addrAsk.heading,
      paragraphs: [addrAsk.what({ ...product(sender), from: view.from })],
      action: { label: addrAsk.action, url: linkUrl(sender, "email-change", view.token) },
      afterAction: [addrAsk.once(lifetime(sender, view))],
      rows: requested(sender, view),
      notes: [addrAsk.note],
    });
  },

  "email-in-use": (view, sender) => {
    const { addrTaken } = sender.mail;
    return letter({
      ...sender,
      subject: addrTaken.subject(product(sender)),
      preview: addrTaken.preheader,
      heading: addrTaken.heading,
      paragraphs: [addrTaken.what(product(sender)), addrTaken.next],
      action: { label: addrTaken.action, url: `${sender.baseUrl}/sign-in` },
      rows: requested(sender, view),
      notes: [addrTaken.note],
    });
  },

  "email-changed": (view, sender) => {
    const { addrChanged, common } = sender.mail;
    const { does, token, lifetimeMs } = view.button;
    const purpose = does === "undo" ? "email-change-undo" : "security-alert";
    return letter({
      ...sender,
      subject: addrChanged.subject(product(sender)),
      preview: common.preheaderNotice,
      heading: addrChanged.heading,
      paragraphs: [
        addrChanged.what(product(sender)),
        common.wasYou,
        does === "undo"
          ? addrChanged.undo(lifetime(sender, { lifetimeMs }))
          : addrChanged.secure(lifetime(sender, { lifetimeMs })),
      ],
      action: { label: common.notMe, url: linkUrl(sender, purpose, token), kind: "danger" },
      rows: [
        { label: common.from, value: view.from },
        { label: common.to, value: view.to },
        ...happened(sender, { browser: view.browser, at: view.changedAt }),
      ],
      notes: [addrChanged.note],
      why: common.why(product(sender)),
    });
  },

  "email-change-undone": (view, sender) => {
    const { addrUndone, common } = sender.mail;
    return letter({
      ...sender,
      subject: addrUndone.subject(product(sender)),
      preview: addrUndone.preheader,
      heading: addrUndone.heading,
      paragraphs: [
        addrUndone.what({ ...product(sender), from: view.from, to: view.to }),
        addrUndone.next({ ...product(sender), support: linkTo(supportHref(sender.brand)) }),
      ],
      rows: happened(sender, { browser: view.browser, at: view.undoneAt }),
      notes: [addrUndone.note],
      why: common.why(product(sender)),
    });
  },

  "unknown-address": (view, sender) => {
    const { unknown } = sender.mail;
    return letter({
      ...sender,
      subject: unknown.subject(product(sender)),
      preview: unknown.preheader,
      heading: unknown.heading,
      paragraphs: [unknown.what(product(sender)), unknown.next],
      action: { label: unknown.action, url: `${sender.baseUrl}/forgot-password` },
      rows: requested(sender, view),
      notes: [unknown.note],
      links: [{ label: unknown.signUp, url: `${sender.baseUrl}/sign-up` }],
      why: unknown.why(product(sender)),
    });
  },

  "new-password-needed": (view, sender) => {
    const { breach, common } = sender.mail;
    return letter({
      ...sender,
      subject: breach.subject(product(sender)),
      preview: breach.preheader,
      heading: breach.heading,
      paragraphs: [breach.what(product(sender)), breach.once(lifetime(sender, view))],
      action: { label: breach.action, url: linkUrl(sender, "password-reset", view.token) },
      notes: [breach.elsewhere, common.expired({ again: linkTo(`${sender.baseUrl}/forgot-password`) })],
      why: breach.why,
    });
  },

  invitation: (view, sender) => {
    const { invite, common } = sender.mail;
    return letter({
      ...sender,
      subject: invite.subject(product(sender)),
      preview: invite.preheader(lifetime(sender, view)),
      heading: invite.heading,
      paragraphs: [invite.what(product(sender))],
      action: { label: invite.action, url: linkUrl(sender, "password-reset", view.token) },
      afterAction: [common.once(lifetime(sender, view))],
      notes: [common.expired({ again: linkTo(`${sender.baseUrl}/forgot-password`) }), invite.note],
    });
  },

  "signed-in-by-link": (view, sender) => {
    const { byLink } = sender.mail;
    return notice(sender, view, {
      subject: byLink.subject(product(sender)),
      heading: byLink.heading,
      paragraphs: [byLink.what(product(sender))],
      rows: happened(sender, { browser: view.browser, at: view.signedInAt }),
      notes: [byLink.note],
    });
  },
};

/** Renders a view with the template of its kind. */
export async function render(view: EmailView, sender: Letterhead, set: Templates): Promise<Letter> {
  const template = set[view.kind] as (view: EmailView, sender: Letterhead) => Letter | Promise<Letter>;
  return template(view, sender);
}

/** A notice with the red button that secures the account. */
function notice(
  sender: Letterhead,
  { alertToken, alertLifetimeMs }: { alertToken: string; alertLifetimeMs: number },
  parts: Pick<LetterParts, "subject" | "heading" | "rows" | "notes"> & { paragraphs: readonly MailSentence[] },
): Letter {
  const { common } = sender.mail;
  return letter({
    ...sender,
    ...parts,
    preview: common.preheaderNotice,
    paragraphs: [...parts.paragraphs, common.wasYou, common.secure(lifetime(sender, { lifetimeMs: alertLifetimeMs }))],
    action: { label: common.notMe, url: linkUrl(sender, "security-alert", alertToken), kind: "danger" },
    why: common.why(product(sender)),
  });
}

function product({ brand }: Letterhead): { product: string } {
  return { product: brand.name };
}

function lifetime({ locale }: Letterhead, { lifetimeMs }: { lifetimeMs: number }): { duration: string } {
  return { duration: duration(locale, lifetimeMs) };
}

/** The code beside a link, for reading email on one device and signing in on another. */
function code(sender: Letterhead, { code }: LinkView, label: "code" | "codeLink" = "code"): LetterParts["code"] {
  if (code === null) return undefined;
  const { common } = sender.mail;
  // An attacker who requested the email may call and ask for the code.
  return { label: common[label](lifetime(sender, code)), digits: code.digits, note: common.neverShare };
}

function requested(sender: Letterhead, { browser, requestedAt }: { browser: string; requestedAt: number }) {
  return happened(sender, { browser, at: requestedAt });
}

function happened(
  { mail, words, locale, timeZone }: Letterhead,
  { browser, at }: { browser: string; at: number },
): Array<{ label: string; value: string }> {
  return [
    { label: mail.common.browser, value: browserName(words, browser) },
    { label: mail.common.when, value: moment(locale, { at, timeZone }) },
  ];
}
