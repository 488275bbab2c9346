import { plural } from "./plural.ts";
import { address, type LinkSlot, ltr, type Rich, rich } from "./rich.ts";

/** The forms, the check-email page and the account page, in English: the source of every other language. */
export const words = {
  frame: {
    /** `<title>`. Keep the product's name last. */
    documentTitle: (v: { title: string; product: string }) => `${v.title} – ${v.product}`,
    /** `<title>` of a page with an error. Screen readers read it first. */
    documentTitleError: (v: { title: string; product: string }) => `Error: ${v.title} – ${v.product}`,
    skip: "Skip to main content",
    /** Footer link to the support page or address. */
    help: "Help",
    /** Label of the list of languages. */
    language: "Language",
    /** Hidden text after the label of a link that opens another tab. */
    newTab: "(opens in a new tab)",
    /** Above an error page's reference. */
    needHelp: (v: { product: string; support: LinkSlot }) => rich`Need help? ${v.support(rich`Contact ${v.product}`)}`,
  },

  /** Labels of a button while its form is sent. At most 24 characters. */
  busy: {
    send: "Sending…",
    signIn: "Signing in…",
    signOut: "Signing out…",
    save: "Saving…",
    create: "Creating account…",
    check: "Checking…",
    wait: "Please wait…",
  },

  /** A moment as an adverbial, set into sentences such as "It stopped working {when}." Include the preposition. */
  when: {
    /** `relative`: "12 minutes ago". `time`: "15:43 CET". */
    ago: (v: { relative: string; time: string }) => `${v.relative}, at ${v.time}`,
    /** `moment`: "28 November 2026 at 15:43 CET". */
    on: (v: { moment: string }) => `on ${v.moment}`,
  },

  error: {
    /** Heading of the error summary. */
    heading: "There’s a problem",
    email: "Enter an email address in the correct format, like name@example.com",
    emailEmpty: "Enter your email address",
    emailNoAt: "Enter an email address with an @, like name@example.com",
    emailSpace: "Enter an email address without spaces",
    emailSeveral: "Enter only one email address",
    emailTooLong: "Enter a shorter email address",
    /** `character`: one that an email address cannot contain, such as a comma. */
    emailCharacter: (v: { character: string }) => `Enter an email address without “${v.character}”`,
    emailDomain: "Check the part after the @. It should look like example.com",
  },

  email: {
    label: "Email address",
    /** Button below the field, after a typing error such as "gmial.com". */
    didYouMean: (v: { email: string }) => `Did you mean ${v.email}?`,
  },

  password: {
    label: "Password",
    newLabel: "New password",
    currentLabel: "Current password",
    /** Label of the password that confirms a change of the email address. */
    yourLabel: "Your password",
    hint: plural("en", {
      one: (n) => `Use ${n} character or more. A few random words work well, or let your password manager suggest one.`,
      other: (n) =>
        `Use ${n} characters or more. A few random words work well, or let your password manager suggest one.`,
    }),
    /** Button inside the field. At most 10 characters. */
    show: "Show",
    /** Button inside the field. At most 10 characters. */
    hide: "Hide",
    /** What screen readers say for "Show". */
    showLabel: "Show password",
    hideLabel: "Hide password",
    /** Read out after "Show". */
    shown: "Your password is visible",
    hidden: "Your password is hidden",
    capsLock: "Caps Lock is on",
    /** Below the field while typing: how many characters are missing. */
    needed: plural("en", { one: (n) => `${n} more character`, other: (n) => `${n} more characters` }),
    enough: "Long enough",
    /** Below the current password of a signed-in reader. */
    forgot: (v: { reset: LinkSlot }) => rich`Forgot it? ${v.reset("Reset it by email")}`,
    empty: "Enter a password",
    tooShort: plural("en", {
      one: (n) => `Password must be ${n} character or more`,
      other: (n) => `Password must be ${n} characters or more`,
    }),
    tooLong: "Choose a shorter password. This one is longer than we can store.",
    illFormed: "Choose a different password. This one has characters we can’t store.",
    ownAddress: "Choose a password that isn’t your email address. It’s too easy to guess.",
    localPart: "Choose a password that isn’t part of your email address. It’s too easy to guess.",
    productName: "Choose a password that isn’t the name of this service. It’s too easy to guess.",
    oneCharacter: "Choose a password that isn’t one character repeated. It’s too easy to guess.",
    repeated: "Choose a password without a repeating pattern. It’s too easy to guess.",
    /** Give the run of letters of your language's keyboard: German "qwertz", French "azerty". */
    row: "Choose a password that isn’t a run of letters or keys, like “abcdef” or “qwerty”. It’s too easy to guess.",
    common: "That’s a very common password. Choose one that’s harder to guess.",
    breached:
      "That password has appeared in a data breach elsewhere. Choose a different one to keep your account safe.",
  },

  code: {
    /** At most 24 characters. */
    label: "8-digit code",
    hint: "It’s in the email we sent. You can paste it.",
    errorFormat: "Enter the 8-digit code from the email",
    errorEmpty: "Enter the 8-digit code from the email",
    errorWrong: plural("en", {
      one: (n) => `That code isn’t right. You have ${n} try left.`,
      other: (n) => `That code isn’t right. You have ${n} tries left.`,
    }),
  },

  other: {
    /** Warning in a browser that is signed in to another account. Avoid gender: "Session opened as …". */
    signedIn: (v: { current: string; next: string }) =>
      rich`You’re signed in as ${address(v.current)}. If you continue, you’ll be signed out and signed in as ${address(v.next)} instead.`,
    /** Link, shown instead of a redirect in a browser that did not request the email. `path`: a path such as /orders/17. */
    continueTo: (v: { path: string }) => rich`Continue to ${ltr(v.path)}`,
  },

  again: {
    /** Button that requests the same email again. */
    button: "Send a new email",
  },

  signIn: {
    title: (v: { product: string }) => `Sign in to ${v.product}`,
    /** Short title for `<title>`, where the product's name follows. */
    shortTitle: "Sign in",
    /** In the error summary. Do not say which of the two is wrong. */
    errorSummary: "Wrong email address or password",
    error: (v: { reset: LinkSlot }) =>
      rich`Wrong email address or password. Try again or ${v.reset("reset your password")}.`,
    already: (v: { email: string; account: LinkSlot }) =>
      rich`You’re already signed in as ${address(v.email)}. ${v.account("Go to your account")}, or sign in with a different one below.`,
    button: "Sign in",
    /** Divider between two ways to sign in. */
    or: "or",
    byLink: "Email me a sign-in link",
    /** Beside the label of the password field. At most 30 characters. Avoid a past tense that shows gender. */
    forgot: "Forgot your password?",
    new: (v: { product: string; signUp: LinkSlot }) => rich`New to ${v.product}? ${v.signUp("Create an account")}`,
  },

  signUp: {
    title: "Create your account",
    intro: "Enter your email address. We’ll send you a link to confirm it and choose a password.",
    button: "Continue",
    have: (v: { signIn: LinkSlot }) => rich`Already have an account? ${v.signIn("Sign in")}`,
    closedTitle: "You can’t create an account right now",
    closed: (v: { product: string; signIn: LinkSlot }) =>
      rich`${v.product} isn’t accepting new accounts. If you already have one, ${v.signIn("sign in")}.`,
  },

  /** Behind the link of a sign-up. */
  choose: {
    title: "Choose a password",
    intro: "Your email address is confirmed. Choose a password to finish creating your account.",
    button: "Create account",
  },

  /** Behind the link of an invitation. */
  invited: {
    title: "Choose a password",
    intro: "Your account has been created for you. Choose a password to start using it.",
    button: "Save password and sign in",
  },

  forgot: {
    title: "Reset your password",
    intro: "Enter the email address you signed up with. We’ll send you a link to choose a new password.",
    button: "Email me a reset link",
    back: "Back to sign in",
  },

  /** Behind the link of a reset. */
  reset: {
    title: "Choose a new password",
    intro: "You’ll be signed in here and signed out everywhere else.",
    button: "Save password and sign in",
  },

  /** The page after every form that requests an email. It must not reveal whether an account exists. */
  check: {
    title: "Check your email",
    reset: (v: { email: string; product: string }) =>
      rich`If ${address(v.email)} has an account, you’ll get an email from ${v.product} in the next minute or so. Open the link in it, or enter the code here.`,
    signIn: (v: { email: string; product: string }) =>
      rich`If ${address(v.email)} has an account, you’ll get an email from ${v.product} in the next minute or so. Open the link in it, or enter the code here.`,
    signUp: (v: { email: string }) =>
      rich`We’ve sent an email to ${address(v.email)}. Open the link in it, or enter the code here.`,
    /** In a browser that requested nothing. */
    unknown:
      "If there’s an account for the address you entered, you’ll get an email with a link in the next minute or so.",
    unknownNext: "Open the link in it to continue. You can close this page.",
    /** Link beside the address. */
    changeAddress: "Change email address",
    /** Button to the reader's webmail, such as Gmail. */
    webmail: (v: { webmail: string }) => `Open ${v.webmail}`,
    /** Divider between the webmail button and the code field. */
    orCode: "or enter the code",
    button: "Continue",
    sentAgain: (v: { email: string }) =>
      rich`If ${address(v.email)} has an account, we’ve sent another email. Earlier ones still work.`,
    sentAgainSignUp: "We’ve sent another email. Earlier ones still work.",
    helpTitle: "Didn’t get the email?",
    /** `subject` and `sender` are what readers search their mailbox for. */
    helpSearch: (v: { subject: string; sender: string }) =>
      rich`Look for “${v.subject}” from ${ltr(v.sender)}, and check your spam or junk folder.`,
    /** In a browser that requested nothing: no subject is known. */
    helpSpam: "Check your spam or junk folder.",
    helpTypo: "Check the address above for typos. You may have signed up with a different one.",
    helpAgain: "Send it again. All our emails work until you use one of them.",
    resend: "Send again",
    resendIn: plural("en", {
      one: (n) => `You can send it again in ${n} second`,
      other: (n) => `You can send it again in ${n} seconds`,
    }),
    tooSoon: plural("en", {
      one: (n) => `Wait ${n} second before sending it again`,
      other: (n) => `Wait ${n} seconds before sending it again`,
    }),
    overTitle: "Need another email?",
    over: (v: { email: string }) =>
      rich`The email we sent to ${address(v.email)} has been used, or the wrong code was entered too many times. You can send a new one.`,
    againReset: "Send another reset link",
    againSignIn: "Send another sign-in link",
    againSignUp: "Send another link to create an account",
  },

  /** The form that requests a sign-in link. */
  link: {
    title: "Email me a sign-in link",
    intro: "Enter your email address. We’ll send you a link and a code to sign in with – no password needed.",
    button: "Email me a sign-in link",
    password: "Sign in with a password",
  },

  /** Behind a sign-in link. */
  confirm: {
    title: (v: { product: string }) => `Sign in to ${v.product}`,
    tap: (v: { email: string }) => rich`Continue to sign in as ${address(v.email)}.`,
    code: "You requested this link in a different browser. To sign in here, enter the 8-digit code from the same email.",
    /** Button. `email` is masked: a•••@example.com */
    button: (v: { email: string }) => rich`Sign in as ${ltr(v.email)}`,
    noCode: (v: { link: LinkSlot }) => rich`Can’t find the code? ${v.link("Get a new link in this browser")}`,
    notYou: "Didn’t request this? Close this page. Nothing has changed.",
  },

  /** The account page. */
  me: {
    title: "Your account",
    signedInAs: (v: { email: string }) => rich`Signed in as ${address(v.email)}`,
    signOut: "Sign out",
    /** Label of the button that opens a form in its row. At most 16 characters. */
    change: "Change",
    /** What screen readers say for "Change" in the row of the email address. */
    changeEmailLabel: "Change email address",
    changePasswordLabel: "Change password",
    /** `date`: "26 Nov 2026". */
    passwordChanged: (v: { date: Rich }) => rich`Changed ${v.date}`,
    noPassword: "You haven’t chosen a password yet",
    choosePassword: (v: { reset: LinkSlot }) => rich`${v.reset("Choose a password by email")}`,
    /** Avoid gender: "Connected devices". */
    sessions: "Where you’re signed in",
    thisBrowser: "This browser",
    /** `date`: the day of the sign-in. */
    activeNow: (v: { date: Rich }) => rich`Active now · Signed in ${v.date}`,
    /** `seen`: "2 hours ago", or a day. */
    lastActive: (v: { seen: Rich; date: Rich }) => rich`Last active ${v.seen} · Signed in ${v.date}`,
    endOne: "Sign out",
    /** What screen readers say for "Sign out". `seen`: "2 hours ago", or a day. */
    endOneLabel: (v: { browser: string; seen: string }) => `Sign out of ${v.browser}, last active ${v.seen}`,
    endOthers: "Sign out everywhere else",
    endedOne: (v: { browser: string }) => rich`Signed out of ${v.browser}.`,
    endedOthers: "You’ve been signed out everywhere else.",
    password: "Change password",
    passwordNote: "You’ll stay signed in here and be signed out everywhere else.",
    passwordButton: "Change password",
    wrongCurrent: "That isn’t your current password. Try again.",
    doneReset: "Your password has been changed. We signed you out everywhere else.",
    doneChange: "Your password has been changed. We signed you out everywhere else.",
    /** Avoid "welcome", which shows gender in several languages. */
    doneSignUp: "Your account is ready.",
  },

  /** A browser as it is shown in the list of sessions and in emails. */
  browser: {
    /** Names of programs and systems: "Firefox on Windows". */
    onSystem: (v: { browser: string; system: string }) => `${v.browser} on ${v.system}`,
    /** Stands alone, never inside a sentence. */
    unknown: "Unknown browser",
    /** Text of the icon of a session. */
    computer: "Computer",
    phone: "Phone",
    tablet: "Tablet",
    unknownDevice: "Unknown device",
  },

  /** The form that requests another email address, on the account page. */
  emailChange: {
    title: "Change email address",
    note: "We’ll email a confirmation link to the new address. Your address changes when you open it, and you’ll be signed out everywhere else.",
    current: (v: { email: string }) => rich`Your email address is ${address(v.email)}.`,
    new: "New email address",
    button: "Send confirmation link",
    asked: (v: { email: string }) =>
      rich`Check ${address(v.email)} for an email from us and open the link in it. Until then your address stays the same. Didn’t get it? Check the address for typos and try again.`,
    /** Where the new address is not known, after a redirect. */
    askedUnnamed:
      "Check your new address for an email from us and open the link in it. Until then your address stays the same. Didn’t get it? Check the address for typos and try again.",
    wrongPassword: "That isn’t your password. Try again.",
    same: "That’s already your email address. Enter a different one.",
  },

  /** Behind the link that confirms another email address. */
  address: {
    title: "Confirm your new email address",
    what: (v: { from: string; to: string }) =>
      rich`You’re changing your email address from ${address(v.from)} to ${address(v.to)}. You’ll use the new one to sign in, and we’ll send account emails there.`,
    everywhere: "You’ll be signed out everywhere. We’ll email both addresses to confirm.",
    everywhereElse: "You’ll be signed out everywhere else. We’ll email both addresses to confirm.",
    button: "Change email address",
    wrongPassword: "That isn’t the right password. Try again.",
    forgot: (v: { reset: LinkSlot }) =>
      rich`Forgot it? Open this link in a browser where you’re signed in. Or ${v.reset("reset your password")} and then change your email address again: this link stops working.`,
    doneTitle: "Your email address has been changed",
    done: (v: { email: string }) => rich`Your email address is now ${address(v.email)}. We signed you out everywhere.`,
    doneElse: (v: { email: string }) =>
      rich`Your email address is now ${address(v.email)}. We signed you out everywhere else.`,
    toAccount: "Go to your account",
    signIn: "Sign in with your new address",
    told: "We’ve emailed both addresses to confirm the change.",
  },
};
