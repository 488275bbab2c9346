import { type LinkSlot, type Rich, rich } from "./rich.ts";

/** What only developers and operators read. It is not translated; a page marks it with `lang="en"`. */
export const englishOnly = {
  developmentBar: (v: { mailbox: LinkSlot }) =>
    rich`Development mode: emails aren’t sent. ${v.mailbox("Open the mailbox")}`,

  mailbox: {
    title: "Mailbox",
    intro: "Emails that would have been sent. This page exists in development only.",
    row: (v: { to: string; when: Rich }) => rich`To ${v.to} · ${v.when}`,
    empty: (v: { signUp: LinkSlot }) =>
      rich`No emails yet. ${v.signUp("Create an account")} and the first one appears here.`,
    new: "New",
    to: "To",
    sent: "Sent",
    /** Of the buttons that choose between the ways to see an email. */
    view: "View",
    html: "HTML",
    frame: "The email as HTML",
    text: "Plain text",
    source: "Source",
    narrow: "320 px",
    dark: "Dark",
    back: "Back to mailbox",
    gallery: "Gallery",
    galleryIntro: "Each kind of email in each language.",
  },

  testEmail: {
    subject: (v: { product: string }) => `Test email from ${v.product}`,
    heading: "Email is working",
    body: (v: { product: string }) =>
      rich`This is a test to check that ${v.product} can send email. You don’t need to do anything.`,
  },

  /** Last line of a notice whose language the account did not choose: its reader may not read it. */
  noticeLine: "Is this not your language? If this wasn’t you, use the link in this email to secure your account.",
};
