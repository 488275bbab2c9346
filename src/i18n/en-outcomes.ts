import { address, type LinkSlot, ltr, type Rich, rich } from "./rich.ts";

/**
 * Links and codes that no longer work, "This wasn’t me", and problems, in English. `when` is an adverbial from `words.when`:
 * "12 minutes ago, at 15:43 CET" or "on 28 November 2026 at 15:43 CET".
 */
export const outcomes = {
  /** A code is not accepted, or an email is not sent again. */
  codeOver: {
    elsewhereTitle: "Enter the code where you asked for it",
    elsewhere: "A code only works in the browser you requested it from, and only for a short time.",
    notAgainTitle: "We can’t send that email again",
    notAgain:
      "An email can only be sent again from the browser it was requested in, and only for a short time. Start again to get a new one.",
    usedTitle: "This email has already been used",
    used: "Its link or its code has already been used. If you still need to get in, send a new email.",
    triesTitle: "Too many wrong codes",
    tries:
      "To keep your account safe, the codes we sent no longer work. The link in the email still works in this browser, or you can send a new email to get a new code.",
    start: "Start again",
  },

  /** Why a link does not work. */
  dead: {
    expiredTitle: "This link has expired",
    expired: (v: { when: Rich }) => rich`It stopped working ${v.when}.`,
    expiredNew: (v: { when: Rich }) => rich`It stopped working ${v.when}. We can send you a new one.`,
    /** In the browser that requested the email. */
    expiredNewTo: (v: { when: Rich; email: string }) =>
      rich`It stopped working ${v.when}. We can send a new one to ${address(v.email)}.`,
    invitationTitle: "This invitation has expired",
    invitation: (v: { when: Rich }) =>
      rich`It stopped working ${v.when}. We can send you a new link to choose your password.`,
    unknownTitle: "This link doesn’t work",
    unknown: "Part of it may be missing. Open it from the email again, or copy the whole link into your browser.",
    unknownOld: "It may also be an old link.",
    unknownOldNew: "It may also be an old link. We can send you a new one.",
    /** The new address of an email change has an account by now. */
    takenTitle: "This email address is already in use",
    taken: "An account was created with it after you asked for the change. Your email address hasn’t changed.",
    takenNext: "Sign in to that account, or change its email address first.",
    /** A sign-up link whose address got an account in another way. */
    accountCreatedTitle: "You already have an account",
    accountCreated:
      "An account was created with this email address after the link was sent. Sign in, or reset your password if you don’t know it.",
    codeOverTitle: "Open this link in the browser you requested it from",
    codeOver:
      "In any other browser you need the code from the same email. That code has expired, or was entered wrong too many times.",
    codeOverNext: "Go back to that browser, or get a new link here.",
    usedTitle: "This link has already been used",
    /** Title for a link that ended for another reason. */
    endedTitle: "This link no longer works",
    replacedUndo: (v: { when: Rich }) =>
      rich`A change of email address was undone ${v.when}, which turned this link off.`,
    replaced: (v: { when: Rich }) => rich`A different link or code was used ${v.when}, so this one no longer works.`,
    passwordChanged: (v: { when: Rich }) =>
      rich`The password was changed ${v.when}. Links sent before that no longer work.`,
    withdrawn: (v: { when: Rich }) => rich`As a precaution, we turned off all earlier links ${v.when}.`,
    withdrawnNew: (v: { when: Rich }) =>
      rich`As a precaution, we turned off all earlier links ${v.when}. We can send you a new one.`,
    objection: (v: { when: Rich }) =>
      rich`Someone reported activity they didn’t recognise ${v.when}. Links sent before that no longer work.`,
    addressChanged: (v: { when: Rich }) =>
      rich`The email address on the account was changed ${v.when}. Links sent before that no longer work.`,
    addressChangedOld: "The email address on the account has changed. Links sent to the old address no longer work.",
    helpUndo: (v: { product: string; support: LinkSlot }) =>
      rich`If your account has an email address you don’t recognise, ${v.support(rich`contact ${v.product} support`)}.`,
    helpObjection:
      "If you think someone else is using your account, reset your password. That signs everyone else out.",
    usedSignUp: (v: { when: Rich }) =>
      rich`It was used ${v.when} to create an account. Sign in with the password you chose.`,
    usedReset: (v: { when: Rich }) => rich`It was used ${v.when} to choose a new password.`,
    usedResetNext: "If that was you, sign in with your new password. If it wasn’t, reset your password now.",
    usedSignIn: (v: { when: Rich }) => rich`It was used ${v.when} to sign in.`,
    usedSignInNext:
      "To sign in again, get a new link. If it wasn’t you, open the email we sent about that sign-in and choose “This wasn’t me”.",
    usedChange: (v: { when: Rich }) =>
      rich`It was used ${v.when} to change the email address. Sign in with the new address.`,
    usedUndo: (v: { when: Rich }) =>
      rich`It was used ${v.when} to take the account back. We sent an email with a link to choose a new password: check your inbox.`,
    usedObjection: (v: { when: Rich }) =>
      rich`It was used ${v.when} to secure the account. We sent an email with a link to choose a new password: check your inbox.`,
    newLink: "Send me a new link",
    resetPassword: "Reset your password",
    toAccount: "Go to your account",
    signIn: "Sign in",
    signedIn: (v: { account: LinkSlot }) => rich`You’re signed in. ${v.account("Go to your account")}`,
    knowPassword: (v: { signIn: LinkSlot }) => rich`Know your password? ${v.signIn("Sign in")}`,
  },

  /** After a form was sent twice: the first submission did what the link is for. */
  justUsed: {
    resetTitle: "Your password was changed",
    reset: "Your password was changed a moment ago. Sign in with your new password.",
    signUpTitle: "Your account is ready",
    signUp: "Your account was created a moment ago. Sign in with the password you chose.",
    signInTitle: "This link was just used",
    signIn: "A sign-in link works once. If you aren’t signed in here, get a new link.",
  },

  /** What a link did, in a browser that is signed in by it. */
  done: {
    reset: "Your password has been changed",
    signUp: "Your account is ready",
    signIn: "You’re signed in",
  },

  /** The browser did not send the cookie back that was just set. */
  cookies: {
    title: "Allow cookies to sign in",
    signIn: "Your password is right, but your browser blocked the cookie that keeps you signed in.",
    signInLink: "Your link worked, but your browser blocked the cookie that keeps you signed in.",
    reset: "Your password has been changed, but your browser blocked the cookie that keeps you signed in.",
    signUp: "Your account is ready, but your browser blocked the cookie that keeps you signed in.",
    emailChange: "Your email address has been changed, but your browser blocked the cookie that keeps you signed in.",
    next: "Allow cookies for this site in your browser’s settings, then sign in.",
    button: "Sign in",
  },

  /** Behind "This wasn’t me" in a notice. */
  secure: {
    title: "Secure your account",
    /** A list follows: `endSessions`, `turnOff` and `sendLink`, each a sentence of its own. */
    intro: (v: { email: string }) =>
      rich`If you don’t recognise the activity in our email, secure the account for ${address(v.email)} now. This is what happens:`,
    endSessions: "All browsers are signed out, including this one.",
    turnOff: "The current password and every link we’ve sent stop working.",
    sendLink: "We email you a link to choose a new password.",
    button: "Secure my account",
    wasYou: "Was it you? Close this page. Nothing has changed.",
    doneTitle: "Your account is secure",
    done: "Everyone has been signed out, and the old password no longer works.",
    doneNext:
      "We’ve emailed you a link to choose a new password. If someone else might be able to read your email, change your email password first.",
    again: (v: { reset: LinkSlot }) => rich`Didn’t get it? ${v.reset("Send another link")}`,
  },

  /** Behind "This wasn’t me" in the notice of a changed email address, to the old address. */
  undo: {
    title: "Secure your account",
    /** A list follows: `addressBack`, `secure.endSessions`, `turnOff` and `secure.sendLink`. */
    intro: (v: { email: string }) =>
      rich`If you didn’t change your email address, change it back to ${address(v.email)} and lock everyone else out. This is what happens:`,
    addressBack: "Your email address is changed back.",
    turnOff: "The current password and every other link we’ve sent stop working.",
    doneTitle: "Your account is secure",
    done: "Your email address has been changed back. Everyone has been signed out, and the old password no longer works.",
    lockedTitle: "Your account is locked",
    locked: "Everyone has been signed out. The password and email address someone else set no longer work.",
    lockedNext: (v: { product: string; support: LinkSlot }) =>
      rich`Your old address now belongs to another account, so we couldn’t change it back. No one can sign in until this is sorted out. ${v.support(rich`Contact ${v.product} support.`)}`,
  },

  /** Error pages, by status. */
  problem: {
    badRequestTitle: "We couldn’t read that form",
    badRequest: "Go back and try again.",
    otherSiteTitle: "That form came from another site",
    otherSite: "For your security, we only accept forms sent from our own pages. Start again from the page below.",
    /** The site was opened under a name that is not its own, such as 127.0.0.1 instead of localhost. */
    otherNameTitle: "Open this site at its own address",
    otherName: (v: { address: string; opened: string }) =>
      rich`You opened this site as ${ltr(v.opened)}, but forms only work at ${ltr(v.address)}. Open it there and try again.`,
    otherNameButton: (v: { address: string }) => rich`Open ${ltr(v.address)}`,
    notFoundTitle: "Page not found",
    notFound:
      "Check the address for typos. If you followed a link from an email, copy the whole link into your browser.",
    notAllowedTitle: "This page can’t be opened directly",
    notAllowed: "Start again from the page below.",
    tooLargeTitle: "That form was too large",
    tooLarge: "Go back, shorten what you entered and try again.",
    busyTitle: "We’re a little busy",
    busy: "Please try again in a few seconds. Nothing has been changed.",
    failedTitle: "Sorry, something went wrong",
    failed: "It’s our fault, and nothing has been changed. Please try again in a minute.",
    /** `id`: the reference under which the log holds the cause. */
    reference: (v: { id: string }) => rich`If you contact us, quote this reference: ${ltr(v.id)}`,
    signIn: "Sign in",
    resetPassword: "Reset your password",
    signInLink: "Email me a sign-in link",
    enterCode: "Enter a code from an email",
    toAccount: "Go to your account",
  },

  /** Rate limited. The reader may be the owner of an account that an attacker guesses at: do not blame. */
  tooMany: {
    title: "Too many attempts",
    /** `duration`: "5 minutes". If your language needs a case for it, write "Waiting time: {duration}". */
    text: (v: { duration: string }) =>
      `There have been too many attempts, maybe by someone else. Please try again in ${v.duration}.`,
    soon: "There have been too many attempts, maybe by someone else. Please try again in a few seconds.",
    resetTitle: "Reset your password to sign in",
    /** Shown for addresses with and without an account. */
    reset:
      "There have been too many wrong passwords for this email address, maybe by someone else. To keep the account safe, reset your password to sign in again.",
  },

  /** The host app refused the session. */
  refused: {
    title: "You can’t sign in this way",
    text: "This account can’t be signed in to this way. Nothing has changed.",
    linkWorks: "This account can’t be signed in to this way. Nothing has changed, and your link still works.",
    next: (v: { product: string; support: LinkSlot }) =>
      rich`Try another way to sign in, or ${v.support(rich`contact ${v.product} support`)}.`,
  },
};
