import { type LinkSlot, ltr, type Rich, rich, strong } from "./rich.ts";

/**
 * Emails, in English. Subjects have at most 60 characters besides the product's name, which needs no article and takes no
 * ending. `duration` is worded by ICU: "1 hour", "7 days". If your language needs another case of it, write a label:
 * "Valid for: {duration}".
 */
export const mail = {
  /** Sentences of several emails. */
  common: {
    /** Preheader of emails with a link. */
    preheader: (v: { duration: string }) =>
      `Use this link within ${v.duration}. Didn’t request it? You can ignore this email.`,
    /** Preheader of notices. */
    preheaderNotice: "If this wasn’t you, secure your account now.",
    once: (v: { duration: string }) => `This link works once and expires in ${v.duration}.`,
    /** Above the whole link, below the button. */
    copyLink: "Or copy this link into your browser:",
    /** Line above a link in the plain text. */
    action: (v: { label: string }) => `${v.label}:`,
    /** The code follows. */
    code: (v: { duration: string }) =>
      `Or enter this code on the page where you requested it. It expires in ${v.duration}.`,
    /** The code follows, in an email with a sign-in link. */
    codeLink: (v: { duration: string }) =>
      `Or enter this code on the page where you requested it, or after opening the link in another browser. It expires in ${v.duration}.`,
    neverShare: "Never share this code with anyone, not even us.",
    /** A row of facts in the plain text, such as "Browser: Firefox on Windows". */
    row: (v: { label: string; value: string }) => `${v.label}: ${v.value}`,
    /** Labels of rows. */
    browser: "Browser",
    when: "When",
    from: "From",
    to: "To",
    /** In notices. Avoid gender: "If you recognise this activity". */
    wasYou: "If this was you, you don’t need to do anything.",
    /** Below the red button of notices. */
    secure: (v: { duration: string }) =>
      rich`${strong`Wasn’t you?`} Secure your account. We’ll sign everyone out, turn off the current password and email you a link to choose a new one. You can do this for ${v.duration}.`,
    /** Button of notices: the reader says it. Avoid gender. */
    notMe: "This wasn’t me",
    /** Link in bulk emails and invitations. */
    expired: (v: { again: LinkSlot }) => rich`Link expired? ${v.again("Get a new one")}`,
    /** If someone else reads the mailbox, a new password would be read along. */
    mailboxFirst: "If someone else might be able to read your email, change your email password first.",
    /** Footer: why the email was sent. */
    why: (v: { product: string }) =>
      rich`You’re getting this email because it’s needed to keep your ${v.product} account secure.`,
    /** Footer, if support is configured. `contact`: an address or a link. */
    support: (v: { contact: Rich }) => rich`This is an automated email. Need help? ${v.contact}`,
  },

  reset: {
    subject: (v: { product: string }) => `Reset your ${v.product} password`,
    heading: "Reset your password",
    intro: (v: { product: string }) =>
      rich`We got a request to reset the password for your ${v.product} account. Choose a new one here:`,
    /** After "This wasn’t me". */
    introSecured: (v: { product: string }) =>
      rich`You told us it wasn’t you, so we signed everyone out of your ${v.product} account and turned off the old password. Choose a new one here:`,
    preheaderSecured: (v: { duration: string }) => `Choose a new password. The link expires in ${v.duration}.`,
    action: "Choose a new password",
    note: rich`${strong`Didn’t request this?`} You can safely ignore this email. Your password won’t change unless you use the link or code.`,
  },

  signIn: {
    subject: (v: { product: string }) => `Sign in to ${v.product}`,
    heading: (v: { product: string }) => `Sign in to ${v.product}`,
    intro: "Open this link in the browser you requested it from.",
    introWithCode:
      "Open this link in the browser you requested it from. In another browser you’ll also need the code below.",
    action: "Sign in",
    note: rich`${strong`Didn’t request this?`} You can safely ignore this email. No one can sign in without it.`,
  },

  signUp: {
    subject: (v: { product: string }) => `Finish creating your ${v.product} account`,
    heading: "Confirm your email address",
    intro: (v: { product: string }) =>
      rich`Confirm your email address and choose a password to finish creating your ${v.product} account.`,
    action: "Confirm email address",
    note: rich`${strong`Didn’t request this?`} You can safely ignore this email. No account will be created.`,
  },

  /** Someone asked to create an account with an address that has one. */
  already: {
    subject: (v: { product: string }) => `You already have an account with ${v.product}`,
    preheader: "Sign in, or reset your password if you’ve forgotten it.",
    heading: "You already have an account",
    intro:
      "Someone tried to create an account with this email address, but you already have one. Sign in, or reset your password if you’ve forgotten it.",
    action: "Sign in",
    /** Second link. */
    reset: "Reset your password",
    note: rich`${strong`Wasn’t you?`} You don’t need to do anything. Your account hasn’t changed.`,
  },

  /** Notice: the password was changed. */
  pwChanged: {
    subject: (v: { product: string }) => `Your ${v.product} password was changed`,
    heading: "Your password was changed",
    what: (v: { product: string }) =>
      rich`The password for your ${v.product} account was changed, and you were signed out everywhere else.`,
    note: "We send this email every time your password changes.",
  },

  /** To the new address: confirm it. */
  addrAsk: {
    subject: (v: { product: string }) => `Confirm your new email address for ${v.product}`,
    heading: "Confirm your new email address",
    what: (v: { product: string; from: string }) =>
      rich`You asked to change the email address on your ${v.product} account from ${ltr(v.from)} to this one. Confirm it here:`,
    once: (v: { duration: string }) =>
      `This link works once and expires in ${v.duration}. Until you confirm, nothing changes.`,
    action: "Confirm email address",
    note: rich`${strong`Didn’t request this?`} You can safely ignore this email. Nothing changes unless you confirm.`,
  },

  /** To the new address, which has an account already. */
  addrTaken: {
    subject: (v: { product: string }) => `This email address already has an account with ${v.product}`,
    preheader: "It can’t be added to a second account.",
    heading: "This email address already has an account",
    what: (v: { product: string }) =>
      rich`Someone tried to use this email address for another ${v.product} account. It already has one, so nothing was changed.`,
    next: "If this was you, sign in with this address, or change the email address on that account first.",
    action: "Sign in",
    note: rich`${strong`Wasn’t you?`} You don’t need to do anything. Your account hasn’t changed.`,
  },

  /** Notice to both addresses: the email address was changed. */
  addrChanged: {
    subject: (v: { product: string }) => `Your ${v.product} email address was changed`,
    heading: "Your email address was changed",
    what: (v: { product: string }) => rich`The email address on your ${v.product} account was changed.`,
    /** To the old address. */
    undo: (v: { duration: string }) =>
      rich`${strong`Wasn’t you?`} Get your account back. We’ll change the address back to this one, sign everyone out and email you a link to choose a new password. You can do this for ${v.duration}, even if other details are changed in the meantime.`,
    /** To the new address. */
    secure: (v: { duration: string }) =>
      rich`${strong`Wasn’t you?`} Secure your account. We’ll sign everyone out, turn off the password and email a link to choose a new one to this address. You can do this for ${v.duration}.`,
    note: "We send this email to both the old and the new address.",
  },

  /** Notice to the address that was removed: the change was undone by the owner of the old address. */
  addrUndone: {
    subject: (v: { product: string }) => `Your ${v.product} email address was changed back`,
    preheader: "The change to this address was undone.",
    heading: "The change was undone",
    what: (v: { product: string; from: string; to: string }) =>
      rich`The owner of ${ltr(v.to)} told us they didn’t change the email address on their ${v.product} account to ${ltr(v.from)}, so we changed it back.`,
    next: (v: { product: string; support: LinkSlot }) =>
      rich`If this is your account and you didn’t do this, ${v.support(rich`contact ${v.product} support`)}.`,
    note: "We send this email to both the old and the new address.",
  },

  /** Notice: a sign-in with a link or code from an email. */
  byLink: {
    subject: (v: { product: string }) => `New sign-in to your ${v.product} account`,
    heading: "New sign-in to your account",
    what: (v: { product: string }) =>
      rich`Your ${v.product} account was just signed in to with a link or code from an email we sent.`,
    note: "We send this email after every sign-in without a password.",
  },

  /** Bulk email: after a reset of all accounts. The reader requested nothing. */
  breach: {
    subject: (v: { product: string }) => `Reset your ${v.product} password to sign in again`,
    preheader: "To keep accounts safe, we’ve turned off all passwords. Choose a new one.",
    heading: "Choose a new password",
    what: (v: { product: string }) =>
      rich`To keep everyone’s accounts safe, we’ve signed everyone out of ${v.product} and turned off all passwords. Your old password no longer works.`,
    once: (v: { duration: string }) => `Choose a new one here. The link works once and expires in ${v.duration}.`,
    elsewhere: "If you used your old password anywhere else, change it there too.",
    action: "Choose a new password",
    why: "We sent this email to everyone with an account. You didn’t need to request it.",
  },

  /** To the owner of an account that an operator created. */
  invite: {
    subject: (v: { product: string }) => `Your ${v.product} account is ready`,
    preheader: (v: { duration: string }) => `Choose a password to get started. The link expires in ${v.duration}.`,
    heading: "Choose a password to get started",
    what: (v: { product: string }) =>
      rich`An account with ${v.product} has been created for you. Choose a password to get started.`,
    action: "Choose a password",
    note: rich`${strong`Not expecting this?`} You can ignore this email. No one can use the account without this link.`,
  },

  /** Optional: to an address without an account, after a request for a reset or a sign-in link. */
  unknown: {
    subject: (v: { product: string }) => `We couldn’t find your ${v.product} account`,
    preheader: "You may have signed up with a different email address.",
    heading: "No account with this email address",
    what: (v: { product: string }) =>
      rich`Someone entered this email address to sign in to ${v.product}, but there’s no account with it.`,
    next: "If this was you, try another email address. You may have signed up with a different one.",
    action: "Try another email address",
    /** Second link, only where sign-up is open. */
    signUp: "Create an account",
    note: rich`${strong`Wasn’t you?`} You can safely ignore this email. We haven’t created an account.`,
    why: (v: { product: string }) =>
      rich`You’re getting this email because someone entered this address at ${v.product}.`,
  },
};
