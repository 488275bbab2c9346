import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in German. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Fehler: ${v.title} – ${v.product}`,
    skip: "Zum Hauptinhalt springen",
    help: "Hilfe",
    language: "Sprache",
    newTab: "(wird in einem neuen Tab geöffnet)",
    needHelp: (v) => rich`Brauchen Sie Hilfe? ${v.support(rich`${v.product} kontaktieren`)}`,
  },

  busy: {
    send: "Wird gesendet …",
    signIn: "Anmeldung läuft …",
    signOut: "Abmeldung läuft …",
    save: "Wird gespeichert …",
    create: "Konto wird erstellt …",
    check: "Wird geprüft …",
    wait: "Bitte warten …",
  },

  when: {
    ago: (v) => `${v.relative} (${v.time})`,
    on: (v) => `am ${v.moment}`,
  },

  error: {
    heading: "Es gibt ein Problem",
    email: "Geben Sie eine E-Mail-Adresse im richtigen Format ein, zum Beispiel name@example.com",
    emailEmpty: "Geben Sie Ihre E-Mail-Adresse ein",
    emailNoAt: "Geben Sie eine E-Mail-Adresse mit @ ein, zum Beispiel name@example.com",
    emailSpace: "Geben Sie die E-Mail-Adresse ohne Leerzeichen ein",
    emailSeveral: "Geben Sie nur eine E-Mail-Adresse ein",
    emailTooLong: "Geben Sie eine kürzere E-Mail-Adresse ein",
    emailCharacter: (v) => `Geben Sie die E-Mail-Adresse ohne „${v.character}“ ein`,
    emailDomain: "Prüfen Sie den Teil nach dem @. Er sollte wie example.com aussehen",
  },

  email: {
    label: "E-Mail-Adresse",
    didYouMean: (v) => `Meinten Sie ${v.email}?`,
  },

  password: {
    label: "Passwort",
    newLabel: "Neues Passwort",
    currentLabel: "Aktuelles Passwort",
    yourLabel: "Ihr Passwort",
    hint: plural("de", {
      one: (n) =>
        `Mindestens ${n} Zeichen. Gut geeignet sind ein paar zufällige Wörter oder ein Vorschlag Ihres Passwortmanagers.`,
      other: (n) =>
        `Mindestens ${n} Zeichen. Gut geeignet sind ein paar zufällige Wörter oder ein Vorschlag Ihres Passwortmanagers.`,
    }),
    show: "Anzeigen",
    hide: "Verbergen",
    showLabel: "Passwort anzeigen",
    hideLabel: "Passwort verbergen",
    shown: "Ihr Passwort ist sichtbar",
    hidden: "Ihr Passwort ist verborgen",
    capsLock: "Die Feststelltaste ist aktiviert",
    needed: plural("de", { one: (n) => `Noch ${n} Zeichen`, other: (n) => `Noch ${n} Zeichen` }),
    enough: "Lang genug",
    forgot: (v) => rich`Passwort vergessen? ${v.reset("Per E-Mail zurücksetzen")}`,
    empty: "Geben Sie ein Passwort ein",
    tooShort: plural("de", {
      one: (n) => `Das Passwort muss mindestens ${n} Zeichen lang sein`,
      other: (n) => `Das Passwort muss mindestens ${n} Zeichen lang sein`,
    }),
    tooLong: "Wählen Sie ein kürzeres Passwort. Dieses ist länger, als wir speichern können.",
    illFormed: "Wählen Sie ein anderes Passwort. Dieses enthält Zeichen, die wir nicht speichern können.",
    ownAddress: "Wählen Sie ein Passwort, das nicht Ihre E-Mail-Adresse ist. Das wäre zu leicht zu erraten.",
    localPart: "Wählen Sie ein Passwort, das nicht Teil Ihrer E-Mail-Adresse ist. Das wäre zu leicht zu erraten.",
    productName: "Wählen Sie ein Passwort, das nicht der Name dieses Dienstes ist. Das wäre zu leicht zu erraten.",
    oneCharacter: "Wählen Sie ein Passwort aus verschiedenen Zeichen. Ein einziges Zeichen ist zu leicht zu erraten.",
    repeated: "Wählen Sie ein Passwort ohne Muster, das sich wiederholt. Das wäre zu leicht zu erraten.",
    row: "Wählen Sie ein Passwort ohne Buchstaben- oder Tastenfolge wie „abcdef“ oder „qwertz“. Das wäre zu leicht zu erraten.",
    common: "Dieses Passwort wird sehr häufig verwendet. Wählen Sie eines, das schwerer zu erraten ist.",
    breached:
      "Dieses Passwort ist bei einem Datenleck eines anderen Dienstes aufgetaucht. Wählen Sie ein anderes, damit Ihr Konto sicher bleibt.",
  },

  code: {
    label: "8-stelliger Code",
    hint: "Er steht in der E-Mail, die wir gesendet haben. Sie können ihn einfügen.",
    errorFormat: "Geben Sie den 8-stelligen Code aus der E-Mail ein",
    errorEmpty: "Geben Sie den 8-stelligen Code aus der E-Mail ein",
    errorWrong: plural("de", {
      one: (n) => `Dieser Code stimmt nicht. Sie haben noch ${n} Versuch.`,
      other: (n) => `Dieser Code stimmt nicht. Sie haben noch ${n} Versuche.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`Sie sind als ${address(v.current)} angemeldet. Wenn Sie fortfahren, werden Sie abgemeldet und stattdessen als ${address(v.next)} angemeldet.`,
    continueTo: (v) => rich`Weiter zu ${ltr(v.path)}`,
  },

  again: {
    button: "Neue E-Mail anfordern",
  },

  signIn: {
    title: (v) => `Bei ${v.product} anmelden`,
    shortTitle: "Anmelden",
    errorSummary: "E-Mail-Adresse oder Passwort ist falsch",
    error: (v) =>
      rich`E-Mail-Adresse oder Passwort ist falsch. Versuchen Sie es erneut oder ${v.reset("setzen Sie Ihr Passwort zurück")}.`,
    already: (v) =>
      rich`Sie sind bereits als ${address(v.email)} angemeldet. ${v.account("Gehen Sie zu Ihrem Konto")} oder melden Sie sich unten mit einem anderen Konto an.`,
    button: "Anmelden",
    or: "oder",
    byLink: "Anmeldelink per E-Mail anfordern",
    forgot: "Passwort vergessen?",
    new: (v) => rich`Neu bei ${v.product}? ${v.signUp("Konto erstellen")}`,
  },

  signUp: {
    title: "Konto erstellen",
    intro:
      "Geben Sie Ihre E-Mail-Adresse ein. Wir senden Ihnen einen Link, mit dem Sie die Adresse bestätigen und ein Passwort wählen.",
    button: "Weiter",
    have: (v) => rich`Sie haben bereits ein Konto? ${v.signIn("Anmelden")}`,
    closedTitle: "Sie können derzeit kein Konto erstellen",
    closed: (v) =>
      rich`${v.product} nimmt derzeit keine neuen Konten an. Wenn Sie bereits ein Konto haben, ${v.signIn("melden Sie sich an")}.`,
  },

  choose: {
    title: "Passwort wählen",
    intro: "Ihre E-Mail-Adresse ist bestätigt. Wählen Sie noch ein Passwort, dann ist Ihr Konto fertig.",
    button: "Konto erstellen",
  },

  invited: {
    title: "Passwort wählen",
    intro: "Für Sie wurde ein Konto erstellt. Wählen Sie ein Passwort, um es zu nutzen.",
    button: "Passwort speichern und anmelden",
  },

  forgot: {
    title: "Passwort zurücksetzen",
    intro:
      "Geben Sie die E-Mail-Adresse ein, mit der Sie Ihr Konto erstellt haben. Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort wählen.",
    button: "Link zum Zurücksetzen anfordern",
    back: "Zurück zur Anmeldung",
  },

  reset: {
    title: "Neues Passwort wählen",
    intro: "Sie werden hier angemeldet und überall sonst abgemeldet.",
    button: "Passwort speichern und anmelden",
  },

  check: {
    title: "Sehen Sie in Ihrem E-Mail-Postfach nach",
    reset: (v) =>
      rich`Wenn es zu ${address(v.email)} ein Konto gibt, erhalten Sie in etwa einer Minute eine E-Mail von ${v.product}. Öffnen Sie den Link darin oder geben Sie hier den Code ein.`,
    signIn: (v) =>
      rich`Wenn es zu ${address(v.email)} ein Konto gibt, erhalten Sie in etwa einer Minute eine E-Mail von ${v.product}. Öffnen Sie den Link darin oder geben Sie hier den Code ein.`,
    signUp: (v) =>
      rich`Wir haben eine E-Mail an ${address(v.email)} gesendet. Öffnen Sie den Link darin oder geben Sie hier den Code ein.`,
    unknown:
      "Wenn es zu der eingegebenen Adresse ein Konto gibt, erhalten Sie in etwa einer Minute eine E-Mail mit einem Link.",
    unknownNext: "Öffnen Sie den Link darin, um fortzufahren. Diese Seite können Sie schließen.",
    changeAddress: "E-Mail-Adresse ändern",
    webmail: (v) => `${v.webmail} öffnen`,
    orCode: "oder Code eingeben",
    button: "Weiter",
    sentAgain: (v) =>
      rich`Wenn es zu ${address(v.email)} ein Konto gibt, haben wir eine weitere E-Mail gesendet. Frühere E-Mails funktionieren weiterhin.`,
    sentAgainSignUp: "Wir haben eine weitere E-Mail gesendet. Frühere E-Mails funktionieren weiterhin.",
    helpTitle: "Keine E-Mail erhalten?",
    helpSearch: (v) => rich`Suchen Sie nach „${v.subject}“ von ${ltr(v.sender)}, auch im Spam- oder Junk-Ordner.`,
    helpSpam: "Sehen Sie im Spam- oder Junk-Ordner nach.",
    helpTypo:
      "Prüfen Sie die Adresse oben auf Tippfehler. Vielleicht haben Sie Ihr Konto mit einer anderen Adresse erstellt.",
    helpAgain: "Lassen Sie die E-Mail erneut senden. Alle unsere E-Mails funktionieren, bis Sie eine davon verwenden.",
    resend: "Erneut senden",
    resendIn: plural("de", {
      one: (n) => `Erneutes Senden ist in ${n} Sekunde möglich`,
      other: (n) => `Erneutes Senden ist in ${n} Sekunden möglich`,
    }),
    tooSoon: plural("de", {
      one: (n) => `Warten Sie noch ${n} Sekunde, bevor Sie die E-Mail erneut senden lassen`,
      other: (n) => `Warten Sie noch ${n} Sekunden, bevor Sie die E-Mail erneut senden lassen`,
    }),
    overTitle: "Brauchen Sie eine weitere E-Mail?",
    over: (v) =>
      rich`Die E-Mail an ${address(v.email)} wurde bereits verwendet oder der Code wurde zu oft falsch eingegeben. Sie können eine neue anfordern.`,
    againReset: "Neuen Link zum Zurücksetzen anfordern",
    againSignIn: "Neuen Anmeldelink anfordern",
    againSignUp: "Neuen Bestätigungslink anfordern",
  },

  link: {
    title: "Anmeldelink per E-Mail anfordern",
    intro:
      "Geben Sie Ihre E-Mail-Adresse ein. Wir senden Ihnen einen Link und einen Code zum Anmelden – ganz ohne Passwort.",
    button: "Anmeldelink anfordern",
    password: "Mit Passwort anmelden",
  },

  confirm: {
    title: (v) => `Bei ${v.product} anmelden`,
    tap: (v) => rich`Fahren Sie fort, um sich als ${address(v.email)} anzumelden.`,
    code: "Sie haben diesen Link in einem anderen Browser angefordert. Um sich hier anzumelden, geben Sie den 8-stelligen Code aus derselben E-Mail ein.",
    button: (v) => rich`Als ${ltr(v.email)} anmelden`,
    noCode: (v) => rich`Sie finden den Code nicht? ${v.link("Neuen Link in diesem Browser anfordern")}`,
    notYou: "Nicht von Ihnen angefordert? Schließen Sie diese Seite. Es wurde nichts geändert.",
  },

  me: {
    title: "Ihr Konto",
    signedInAs: (v) => rich`Angemeldet als ${address(v.email)}`,
    signOut: "Abmelden",
    change: "Ändern",
    changeEmailLabel: "E-Mail-Adresse ändern",
    changePasswordLabel: "Passwort ändern",
    passwordChanged: (v) => rich`Geändert am ${v.date}`,
    noPassword: "Sie haben noch kein Passwort gewählt",
    choosePassword: (v) => rich`${v.reset("Passwort per E-Mail wählen")}`,
    sessions: "Hier sind Sie angemeldet",
    thisBrowser: "Dieser Browser",
    activeNow: (v) => rich`Jetzt aktiv · Angemeldet am ${v.date}`,
    lastActive: (v) => rich`Zuletzt aktiv: ${v.seen} · Angemeldet am ${v.date}`,
    endOne: "Abmelden",
    endOneLabel: (v) => `${v.browser} abmelden, zuletzt aktiv: ${v.seen}`,
    endOthers: "Überall sonst abmelden",
    endedOne: (v) => rich`${v.browser} wurde abgemeldet.`,
    endedOthers: "Sie wurden überall sonst abgemeldet.",
    password: "Passwort ändern",
    passwordNote: "Sie bleiben hier angemeldet und werden überall sonst abgemeldet.",
    passwordButton: "Passwort ändern",
    wrongCurrent: "Das ist nicht Ihr aktuelles Passwort. Versuchen Sie es erneut.",
    doneReset: "Ihr Passwort wurde geändert. Wir haben Sie überall sonst abgemeldet.",
    doneChange: "Ihr Passwort wurde geändert. Wir haben Sie überall sonst abgemeldet.",
    doneSignUp: "Ihr Konto ist bereit.",
  },

  browser: {
    onSystem: (v) => `${v.browser} auf ${v.system}`,
    unknown: "Unbekannter Browser",
    computer: "Computer",
    phone: "Smartphone",
    tablet: "Tablet",
    unknownDevice: "Unbekanntes Gerät",
  },

  emailChange: {
    title: "E-Mail-Adresse ändern",
    note: "Wir senden einen Bestätigungslink an die neue Adresse. Ihre Adresse ändert sich, wenn Sie ihn öffnen, und Sie werden überall sonst abgemeldet.",
    current: (v) => rich`Ihre E-Mail-Adresse ist ${address(v.email)}.`,
    new: "Neue E-Mail-Adresse",
    button: "Bestätigungslink senden",
    asked: (v) =>
      rich`Sehen Sie im Postfach von ${address(v.email)} nach und öffnen Sie den Link in unserer E-Mail. Bis dahin bleibt Ihre Adresse unverändert. Nichts erhalten? Prüfen Sie die Adresse auf Tippfehler und versuchen Sie es erneut.`,
    askedUnnamed:
      "Sehen Sie im Postfach Ihrer neuen Adresse nach und öffnen Sie den Link in unserer E-Mail. Bis dahin bleibt Ihre Adresse unverändert. Nichts erhalten? Prüfen Sie die Adresse auf Tippfehler und versuchen Sie es erneut.",
    wrongPassword: "Das ist nicht Ihr Passwort. Versuchen Sie es erneut.",
    same: "Das ist bereits Ihre E-Mail-Adresse. Geben Sie eine andere ein.",
  },

  address: {
    title: "Neue E-Mail-Adresse bestätigen",
    what: (v) =>
      rich`Sie ändern Ihre E-Mail-Adresse von ${address(v.from)} in ${address(v.to)}. Mit der neuen Adresse melden Sie sich künftig an, und wir senden E-Mails zu Ihrem Konto dorthin.`,
    everywhere: "Sie werden überall abgemeldet. Wir bestätigen die Änderung per E-Mail an beide Adressen.",
    everywhereElse: "Sie werden überall sonst abgemeldet. Wir bestätigen die Änderung per E-Mail an beide Adressen.",
    button: "E-Mail-Adresse ändern",
    wrongPassword: "Das ist nicht das richtige Passwort. Versuchen Sie es erneut.",
    forgot: (v) =>
      rich`Passwort vergessen? Öffnen Sie diesen Link in einem Browser, in dem Sie angemeldet sind. Oder ${v.reset("setzen Sie Ihr Passwort zurück")} und ändern Sie danach Ihre E-Mail-Adresse noch einmal: Dieser Link funktioniert dann nicht mehr.`,
    doneTitle: "Ihre E-Mail-Adresse wurde geändert",
    done: (v) => rich`Ihre E-Mail-Adresse ist jetzt ${address(v.email)}. Wir haben Sie überall abgemeldet.`,
    doneElse: (v) => rich`Ihre E-Mail-Adresse ist jetzt ${address(v.email)}. Wir haben Sie überall sonst abgemeldet.`,
    toAccount: "Zu Ihrem Konto",
    signIn: "Mit der neuen Adresse anmelden",
    told: "Wir haben die Änderung per E-Mail an beide Adressen bestätigt.",
  },
};
