import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in German. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Geben Sie den Code dort ein, wo Sie ihn angefordert haben",
    elsewhere: "Ein Code funktioniert nur in dem Browser, in dem Sie ihn angefordert haben, und nur für kurze Zeit.",
    notAgainTitle: "Wir können diese E-Mail nicht erneut senden",
    notAgain:
      "Eine E-Mail lässt sich nur in dem Browser erneut senden, in dem sie angefordert wurde, und nur für kurze Zeit. Beginnen Sie von vorn, um eine neue zu erhalten.",
    usedTitle: "Diese E-Mail wurde bereits verwendet",
    used: "Der Link oder der Code darin wurde bereits verwendet. Wenn Sie noch Zugang brauchen, fordern Sie eine neue E-Mail an.",
    triesTitle: "Zu viele falsche Codes",
    tries:
      "Zum Schutz Ihres Kontos funktionieren die gesendeten Codes nicht mehr. Der Link in der E-Mail funktioniert in diesem Browser weiterhin. Oder Sie fordern eine neue E-Mail mit einem neuen Code an.",
    start: "Von vorn beginnen",
  },

  dead: {
    expiredTitle: "Dieser Link ist abgelaufen",
    expired: (v) => rich`Er ist ${v.when} abgelaufen.`,
    expiredNew: (v) => rich`Er ist ${v.when} abgelaufen. Wir können Ihnen einen neuen senden.`,
    expiredNewTo: (v) => rich`Er ist ${v.when} abgelaufen. Wir können einen neuen an ${address(v.email)} senden.`,
    invitationTitle: "Diese Einladung ist abgelaufen",
    invitation: (v) =>
      rich`Sie ist ${v.when} abgelaufen. Wir können Ihnen einen neuen Link senden, mit dem Sie Ihr Passwort wählen.`,
    unknownTitle: "Dieser Link funktioniert nicht",
    unknown:
      "Möglicherweise fehlt ein Teil davon. Öffnen Sie ihn noch einmal aus der E-Mail oder kopieren Sie den ganzen Link in Ihren Browser.",
    unknownOld: "Vielleicht ist es auch ein alter Link.",
    unknownOldNew: "Vielleicht ist es auch ein alter Link. Wir können Ihnen einen neuen senden.",
    takenTitle: "Diese E-Mail-Adresse wird bereits verwendet",
    taken:
      "Nach Ihrer Anforderung wurde mit dieser Adresse ein Konto erstellt. Ihre E-Mail-Adresse hat sich nicht geändert.",
    takenNext: "Melden Sie sich bei diesem Konto an oder ändern Sie zuerst dessen E-Mail-Adresse.",
    accountCreatedTitle: "Sie haben bereits ein Konto",
    accountCreated:
      "Mit dieser E-Mail-Adresse wurde ein Konto erstellt, nachdem wir den Link gesendet hatten. Melden Sie sich an oder setzen Sie Ihr Passwort zurück, wenn Sie es nicht kennen.",
    codeOverTitle: "Öffnen Sie diesen Link in dem Browser, in dem Sie ihn angefordert haben",
    codeOver:
      "In jedem anderen Browser brauchen Sie den Code aus derselben E-Mail. Dieser Code ist abgelaufen oder wurde zu oft falsch eingegeben.",
    codeOverNext: "Wechseln Sie zum ursprünglichen Browser oder fordern Sie hier einen neuen Link an.",
    usedTitle: "Dieser Link wurde bereits verwendet",
    endedTitle: "Dieser Link funktioniert nicht mehr",
    replacedUndo: (v) =>
      rich`Eine Änderung der E-Mail-Adresse wurde ${v.when} rückgängig gemacht. Dadurch wurde dieser Link deaktiviert.`,
    replaced: (v) =>
      rich`Ein anderer Link oder Code wurde ${v.when} verwendet. Deshalb funktioniert dieser Link nicht mehr.`,
    passwordChanged: (v) =>
      rich`Das Passwort wurde ${v.when} geändert. Zuvor gesendete Links funktionieren nicht mehr.`,
    withdrawn: (v) => rich`Vorsichtshalber haben wir ${v.when} alle früheren Links deaktiviert.`,
    withdrawnNew: (v) =>
      rich`Vorsichtshalber haben wir ${v.when} alle früheren Links deaktiviert. Wir können Ihnen einen neuen senden.`,
    objection: (v) =>
      rich`Jemand hat ${v.when} eine unbekannte Aktivität gemeldet. Zuvor gesendete Links funktionieren nicht mehr.`,
    addressChanged: (v) =>
      rich`Die E-Mail-Adresse des Kontos wurde ${v.when} geändert. Zuvor gesendete Links funktionieren nicht mehr.`,
    addressChangedOld:
      "Die E-Mail-Adresse des Kontos hat sich geändert. Links, die wir an die alte Adresse gesendet haben, funktionieren nicht mehr.",
    helpUndo: (v) =>
      rich`Wenn Ihr Konto eine E-Mail-Adresse hat, die Sie nicht kennen, ${v.support(rich`wenden Sie sich an den Support von ${v.product}`)}.`,
    helpObjection:
      "Wenn Sie glauben, dass jemand anderes Ihr Konto nutzt, setzen Sie Ihr Passwort zurück. Dadurch werden alle anderen abgemeldet.",
    usedSignUp: (v) =>
      rich`Er wurde ${v.when} verwendet, um ein Konto zu erstellen. Melden Sie sich mit dem Passwort an, das Sie gewählt haben.`,
    usedReset: (v) => rich`Er wurde ${v.when} verwendet, um ein neues Passwort zu wählen.`,
    usedResetNext:
      "Wenn Sie das waren, melden Sie sich mit Ihrem neuen Passwort an. Wenn nicht, setzen Sie Ihr Passwort jetzt zurück.",
    usedSignIn: (v) => rich`Er wurde ${v.when} zum Anmelden verwendet.`,
    usedSignInNext:
      "Um sich erneut anzumelden, fordern Sie einen neuen Link an. Wenn Sie es nicht waren, öffnen Sie unsere E-Mail zu dieser Anmeldung und wählen Sie „Das war ich nicht“.",
    usedChange: (v) =>
      rich`Er wurde ${v.when} verwendet, um die E-Mail-Adresse zu ändern. Melden Sie sich mit der neuen Adresse an.`,
    usedUndo: (v) =>
      rich`Er wurde ${v.when} verwendet, um das Konto zurückzuholen. Wir haben eine E-Mail mit einem Link gesendet, mit dem Sie ein neues Passwort wählen: Sehen Sie in Ihrem Postfach nach.`,
    usedObjection: (v) =>
      rich`Er wurde ${v.when} verwendet, um das Konto zu schützen. Wir haben eine E-Mail mit einem Link gesendet, mit dem Sie ein neues Passwort wählen: Sehen Sie in Ihrem Postfach nach.`,
    newLink: "Neuen Link anfordern",
    resetPassword: "Passwort zurücksetzen",
    toAccount: "Zu Ihrem Konto",
    signIn: "Anmelden",
    signedIn: (v) => rich`Sie sind angemeldet. ${v.account("Zu Ihrem Konto")}`,
    knowPassword: (v) => rich`Sie kennen Ihr Passwort? ${v.signIn("Anmelden")}`,
  },

  justUsed: {
    resetTitle: "Ihr Passwort wurde geändert",
    reset: "Ihr Passwort wurde gerade eben geändert. Melden Sie sich mit Ihrem neuen Passwort an.",
    signUpTitle: "Ihr Konto ist bereit",
    signUp: "Ihr Konto wurde gerade eben erstellt. Melden Sie sich mit dem Passwort an, das Sie gewählt haben.",
    signInTitle: "Dieser Link wurde gerade eben verwendet",
    signIn:
      "Ein Anmeldelink funktioniert nur einmal. Wenn Sie hier nicht angemeldet sind, fordern Sie einen neuen Link an.",
  },

  done: {
    reset: "Ihr Passwort wurde geändert",
    signUp: "Ihr Konto ist bereit",
    signIn: "Sie sind angemeldet",
  },

  cookies: {
    title: "Erlauben Sie Cookies, um sich anzumelden",
    signIn: "Ihr Passwort ist richtig, aber Ihr Browser hat das Cookie blockiert, mit dem Sie angemeldet bleiben.",
    signInLink: "Ihr Link hat funktioniert, aber Ihr Browser hat das Cookie blockiert, mit dem Sie angemeldet bleiben.",
    reset: "Ihr Passwort wurde geändert, aber Ihr Browser hat das Cookie blockiert, mit dem Sie angemeldet bleiben.",
    signUp: "Ihr Konto ist bereit, aber Ihr Browser hat das Cookie blockiert, mit dem Sie angemeldet bleiben.",
    emailChange:
      "Ihre E-Mail-Adresse wurde geändert, aber Ihr Browser hat das Cookie blockiert, mit dem Sie angemeldet bleiben.",
    next: "Erlauben Sie in den Einstellungen Ihres Browsers Cookies für diese Website und melden Sie sich dann an.",
    button: "Anmelden",
  },

  secure: {
    title: "Schützen Sie Ihr Konto",
    intro: (v) =>
      rich`Wenn Ihnen die Aktivität in unserer E-Mail nicht bekannt ist, schützen Sie jetzt das Konto mit der Adresse ${address(v.email)}. Das passiert dann:`,
    endSessions: "Alle Browser werden abgemeldet, auch dieser.",
    turnOff: "Das aktuelle Passwort und alle Links, die wir gesendet haben, funktionieren nicht mehr.",
    sendLink: "Wir senden Ihnen per E-Mail einen Link, mit dem Sie ein neues Passwort wählen.",
    button: "Mein Konto schützen",
    wasYou: "Waren Sie das doch? Schließen Sie diese Seite. Es wurde nichts geändert.",
    doneTitle: "Ihr Konto ist geschützt",
    done: "Alle wurden abgemeldet, und das alte Passwort funktioniert nicht mehr.",
    doneNext:
      "Wir haben Ihnen eine E-Mail mit einem Link gesendet, mit dem Sie ein neues Passwort wählen. Falls jemand anderes Ihre E-Mails lesen kann, ändern Sie zuerst das Passwort Ihres E-Mail-Postfachs.",
    again: (v) => rich`Nichts erhalten? ${v.reset("Neuen Link anfordern")}`,
  },

  undo: {
    title: "Schützen Sie Ihr Konto",
    intro: (v) =>
      rich`Wenn Sie Ihre E-Mail-Adresse nicht geändert haben, stellen Sie ${address(v.email)} wieder her und sperren Sie alle anderen aus. Das passiert dann:`,
    addressBack: "Ihre bisherige E-Mail-Adresse wird wiederhergestellt.",
    turnOff: "Das aktuelle Passwort und alle anderen Links, die wir gesendet haben, funktionieren nicht mehr.",
    doneTitle: "Ihr Konto ist geschützt",
    done: "Ihre E-Mail-Adresse wurde wiederhergestellt. Alle wurden abgemeldet, und das alte Passwort funktioniert nicht mehr.",
    lockedTitle: "Ihr Konto ist gesperrt",
    locked:
      "Alle wurden abgemeldet. Das Passwort und die E-Mail-Adresse, die jemand anderes eingerichtet hat, funktionieren nicht mehr.",
    lockedNext: (v) =>
      rich`Ihre alte Adresse gehört jetzt zu einem anderen Konto. Deshalb konnten wir sie nicht wiederherstellen. Bis das geklärt ist, kann sich niemand anmelden. ${v.support(rich`Wenden Sie sich an den Support von ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "Wir konnten das Formular nicht lesen",
    badRequest: "Gehen Sie zurück und versuchen Sie es erneut.",
    otherSiteTitle: "Das Formular kam von einer anderen Website",
    otherSite:
      "Zu Ihrer Sicherheit nehmen wir nur Formulare von unseren eigenen Seiten an. Beginnen Sie auf der unten genannten Seite von vorn.",
    otherNameTitle: "Öffnen Sie diese Website unter ihrer eigenen Adresse",
    otherName: (v) =>
      rich`Sie haben diese Website unter ${ltr(v.opened)} geöffnet, Formulare funktionieren aber nur unter ${ltr(v.address)}. Öffnen Sie die Website dort und versuchen Sie es erneut.`,
    otherNameButton: (v) => rich`${ltr(v.address)} öffnen`,
    notFoundTitle: "Seite nicht gefunden",
    notFound:
      "Prüfen Sie die Adresse auf Tippfehler. Wenn Sie einen Link aus einer E-Mail geöffnet haben, kopieren Sie den ganzen Link in Ihren Browser.",
    notAllowedTitle: "Diese Seite kann nicht direkt geöffnet werden",
    notAllowed: "Beginnen Sie auf der unten genannten Seite von vorn.",
    tooLargeTitle: "Das Formular war zu groß",
    tooLarge: "Gehen Sie zurück, kürzen Sie Ihre Eingaben und versuchen Sie es erneut.",
    busyTitle: "Bei uns ist gerade viel los",
    busy: "Bitte versuchen Sie es in einigen Sekunden erneut. Es wurde nichts geändert.",
    failedTitle: "Entschuldigung, etwas ist schiefgelaufen",
    failed: "Der Fehler liegt bei uns, und es wurde nichts geändert. Bitte versuchen Sie es in einer Minute erneut.",
    reference: (v) => rich`Wenn Sie uns kontaktieren, nennen Sie bitte diese Kennung: ${ltr(v.id)}`,
    signIn: "Anmelden",
    resetPassword: "Passwort zurücksetzen",
    signInLink: "Anmeldelink per E-Mail anfordern",
    enterCode: "Code aus einer E-Mail eingeben",
    toAccount: "Zu Ihrem Konto",
  },

  tooMany: {
    title: "Zu viele Versuche",
    text: (v) =>
      `Es gab zu viele Versuche, möglicherweise durch jemand anderen. Bitte warten Sie ${v.duration} und versuchen Sie es dann erneut.`,
    soon: "Es gab zu viele Versuche, möglicherweise durch jemand anderen. Bitte versuchen Sie es in einigen Sekunden erneut.",
    resetTitle: "Setzen Sie Ihr Passwort zurück, um sich anzumelden",
    reset:
      "Für diese E-Mail-Adresse wurde zu oft ein falsches Passwort eingegeben, möglicherweise von jemand anderem. Setzen Sie zum Schutz des Kontos Ihr Passwort zurück, um sich wieder anzumelden.",
  },

  refused: {
    title: "So können Sie sich nicht anmelden",
    text: "Bei diesem Konto ist die Anmeldung auf diesem Weg nicht möglich. Es wurde nichts geändert.",
    linkWorks:
      "Bei diesem Konto ist die Anmeldung auf diesem Weg nicht möglich. Es wurde nichts geändert, und Ihr Link funktioniert weiterhin.",
    next: (v) =>
      rich`Melden Sie sich auf einem anderen Weg an oder ${v.support(rich`wenden Sie sich an den Support von ${v.product}`)}.`,
  },
};
