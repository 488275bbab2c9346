import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in German. */
export const mail: MailWords = {
  common: {
    preheader: (v) =>
      `Dieser Link ist ${v.duration} gültig. Nicht von Ihnen angefordert? Dann können Sie diese E-Mail ignorieren.`,
    preheaderNotice: "Wenn Sie das nicht waren, schützen Sie jetzt Ihr Konto.",
    once: (v) => `Dieser Link funktioniert einmal und ist ${v.duration} gültig.`,
    copyLink: "Oder kopieren Sie diesen Link in Ihren Browser:",
    action: (v) => `${v.label}:`,
    code: (v) =>
      `Oder geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben. Er ist ${v.duration} gültig.`,
    codeLink: (v) =>
      `Oder geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben, oder nach dem Öffnen des Links in einem anderen Browser. Er ist ${v.duration} gültig.`,
    neverShare: "Geben Sie diesen Code niemals weiter, auch nicht an uns.",
    row: (v) => `${v.label}: ${v.value}`,
    browser: "Browser",
    when: "Zeitpunkt",
    from: "Bisher",
    to: "Neu",
    wasYou: "Wenn Sie das waren, müssen Sie nichts tun.",
    secure: (v) =>
      rich`${strong`Das waren Sie nicht?`} Schützen Sie Ihr Konto. Wir melden alle ab, deaktivieren das aktuelle Passwort und senden Ihnen einen Link, mit dem Sie ein neues wählen. Das ist ${v.duration} lang möglich.`,
    notMe: "Das war ich nicht",
    expired: (v) => rich`Link abgelaufen? ${v.again("Neuen Link anfordern")}`,
    mailboxFirst:
      "Falls jemand anderes Ihre E-Mails lesen kann, ändern Sie zuerst das Passwort Ihres E-Mail-Postfachs.",
    why: (v) =>
      rich`Sie erhalten diese E-Mail, weil sie für die Sicherheit Ihres Kontos bei ${v.product} notwendig ist.`,
    support: (v) => rich`Diese E-Mail wurde automatisch gesendet. Brauchen Sie Hilfe? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Ihr Passwort für ${v.product} zurücksetzen`,
    heading: "Passwort zurücksetzen",
    intro: (v) =>
      rich`Wir haben eine Anfrage erhalten, das Passwort für Ihr Konto bei ${v.product} zurückzusetzen. Hier wählen Sie ein neues:`,
    introSecured: (v) =>
      rich`Sie haben uns mitgeteilt, dass Sie es nicht waren. Deshalb haben wir alle von Ihrem Konto bei ${v.product} abgemeldet und das alte Passwort deaktiviert. Hier wählen Sie ein neues:`,
    preheaderSecured: (v) => `Wählen Sie ein neues Passwort. Der Link ist ${v.duration} gültig.`,
    action: "Neues Passwort wählen",
    note: rich`${strong`Nicht von Ihnen angefordert?`} Dann können Sie diese E-Mail einfach ignorieren. Ihr Passwort ändert sich nur, wenn Sie den Link oder den Code verwenden.`,
  },

  signIn: {
    subject: (v) => `Bei ${v.product} anmelden`,
    heading: (v) => `Bei ${v.product} anmelden`,
    intro: "Öffnen Sie diesen Link in dem Browser, in dem Sie ihn angefordert haben.",
    introWithCode:
      "Öffnen Sie diesen Link in dem Browser, in dem Sie ihn angefordert haben. In einem anderen Browser brauchen Sie zusätzlich den Code unten.",
    action: "Anmelden",
    note: rich`${strong`Nicht von Ihnen angefordert?`} Dann können Sie diese E-Mail einfach ignorieren. Ohne sie kann sich niemand anmelden.`,
  },

  signUp: {
    subject: (v) => `Konto bei ${v.product} fertig einrichten`,
    heading: "E-Mail-Adresse bestätigen",
    intro: (v) =>
      rich`Bestätigen Sie Ihre E-Mail-Adresse und wählen Sie ein Passwort. Dann ist Ihr Konto bei ${v.product} fertig.`,
    action: "E-Mail-Adresse bestätigen",
    note: rich`${strong`Nicht von Ihnen angefordert?`} Dann können Sie diese E-Mail einfach ignorieren. Es wird kein Konto erstellt.`,
  },

  already: {
    subject: (v) => `Sie haben bereits ein Konto bei ${v.product}`,
    preheader: "Melden Sie sich an oder setzen Sie Ihr Passwort zurück, wenn Sie es vergessen haben.",
    heading: "Sie haben bereits ein Konto",
    intro:
      "Jemand wollte mit dieser E-Mail-Adresse ein Konto erstellen, aber Sie haben bereits eines. Melden Sie sich an oder setzen Sie Ihr Passwort zurück, wenn Sie es vergessen haben.",
    action: "Anmelden",
    reset: "Passwort zurücksetzen",
    note: rich`${strong`Das waren Sie nicht?`} Dann müssen Sie nichts tun. Ihr Konto hat sich nicht geändert.`,
  },

  pwChanged: {
    subject: (v) => `Ihr Passwort für ${v.product} wurde geändert`,
    heading: "Ihr Passwort wurde geändert",
    what: (v) =>
      rich`Das Passwort für Ihr Konto bei ${v.product} wurde geändert, und Sie wurden überall sonst abgemeldet.`,
    note: "Wir senden diese E-Mail jedes Mal, wenn sich Ihr Passwort ändert.",
  },

  addrAsk: {
    subject: (v) => `Bestätigen Sie Ihre neue E-Mail-Adresse für ${v.product}`,
    heading: "Neue E-Mail-Adresse bestätigen",
    what: (v) =>
      rich`Sie möchten die E-Mail-Adresse Ihres Kontos bei ${v.product} von ${ltr(v.from)} in diese Adresse ändern. Bestätigen Sie das hier:`,
    once: (v) =>
      `Dieser Link funktioniert einmal und ist ${v.duration} gültig. Ohne Ihre Bestätigung ändert sich nichts.`,
    action: "E-Mail-Adresse bestätigen",
    note: rich`${strong`Nicht von Ihnen angefordert?`} Dann können Sie diese E-Mail einfach ignorieren. Es ändert sich nur etwas, wenn Sie bestätigen.`,
  },

  addrTaken: {
    subject: (v) => `Zu dieser E-Mail-Adresse gibt es schon ein Konto bei ${v.product}`,
    preheader: "Sie kann nicht zu einem zweiten Konto hinzugefügt werden.",
    heading: "Zu dieser E-Mail-Adresse gibt es schon ein Konto",
    what: (v) =>
      rich`Jemand wollte diese E-Mail-Adresse für ein anderes Konto bei ${v.product} verwenden. Zu ihr gibt es schon ein Konto, deshalb wurde nichts geändert.`,
    next: "Wenn Sie das waren, melden Sie sich mit dieser Adresse an oder ändern Sie zuerst die E-Mail-Adresse des bestehenden Kontos.",
    action: "Anmelden",
    note: rich`${strong`Das waren Sie nicht?`} Dann müssen Sie nichts tun. Ihr Konto hat sich nicht geändert.`,
  },

  addrChanged: {
    subject: (v) => `Ihre E-Mail-Adresse für ${v.product} wurde geändert`,
    heading: "Ihre E-Mail-Adresse wurde geändert",
    what: (v) => rich`Die E-Mail-Adresse Ihres Kontos bei ${v.product} wurde geändert.`,
    undo: (v) =>
      rich`${strong`Das waren Sie nicht?`} Holen Sie Ihr Konto zurück. Wir stellen diese Adresse wieder her, melden alle ab und senden Ihnen einen Link, mit dem Sie ein neues Passwort wählen. Das ist ${v.duration} lang möglich, auch wenn inzwischen weitere Angaben geändert werden.`,
    secure: (v) =>
      rich`${strong`Das waren Sie nicht?`} Schützen Sie Ihr Konto. Wir melden alle ab, deaktivieren das Passwort und senden an diese Adresse einen Link, mit dem Sie ein neues wählen. Das ist ${v.duration} lang möglich.`,
    note: "Wir senden diese E-Mail an die alte und an die neue Adresse.",
  },

  addrUndone: {
    subject: (v) => `Ihre E-Mail-Adresse für ${v.product} wurde zurückgeändert`,
    preheader: "Die Änderung zu dieser Adresse wurde rückgängig gemacht.",
    heading: "Die Änderung wurde rückgängig gemacht",
    what: (v) =>
      rich`Die Person mit der Adresse ${ltr(v.to)} hat uns mitgeteilt, dass sie die E-Mail-Adresse ihres Kontos bei ${v.product} nicht in ${ltr(v.from)} geändert hat. Deshalb haben wir die Änderung rückgängig gemacht.`,
    next: (v) =>
      rich`Wenn das Ihr Konto ist und Sie das nicht waren, ${v.support(rich`wenden Sie sich an den Support von ${v.product}`)}.`,
    note: "Wir senden diese E-Mail an die alte und an die neue Adresse.",
  },

  byLink: {
    subject: (v) => `Neue Anmeldung in Ihrem Konto bei ${v.product}`,
    heading: "Neue Anmeldung in Ihrem Konto",
    what: (v) =>
      rich`In Ihrem Konto bei ${v.product} gab es gerade eine Anmeldung mit einem Link oder Code aus einer E-Mail von uns.`,
    note: "Wir senden diese E-Mail nach jeder Anmeldung ohne Passwort.",
  },

  breach: {
    subject: (v) => `Neues Passwort für ${v.product} nötig, um sich wieder anzumelden`,
    preheader: "Zum Schutz aller Konten haben wir alle Passwörter deaktiviert. Wählen Sie ein neues.",
    heading: "Neues Passwort wählen",
    what: (v) =>
      rich`Zum Schutz aller Konten haben wir alle bei ${v.product} abgemeldet und alle Passwörter deaktiviert. Ihr altes Passwort funktioniert nicht mehr.`,
    once: (v) => `Hier wählen Sie ein neues. Der Link funktioniert einmal und ist ${v.duration} gültig.`,
    elsewhere: "Wenn Sie Ihr altes Passwort auch anderswo verwenden, ändern Sie es dort ebenfalls.",
    action: "Neues Passwort wählen",
    why: "Wir haben diese E-Mail an alle gesendet, die ein Konto haben. Sie mussten sie nicht anfordern.",
  },

  invite: {
    subject: (v) => `Ihr Konto bei ${v.product} ist bereit`,
    preheader: (v) => `Wählen Sie ein Passwort, um loszulegen. Der Link ist ${v.duration} gültig.`,
    heading: "Wählen Sie ein Passwort, um loszulegen",
    what: (v) => rich`Für Sie wurde ein Konto bei ${v.product} erstellt. Wählen Sie ein Passwort, um loszulegen.`,
    action: "Passwort wählen",
    note: rich`${strong`Damit haben Sie nicht gerechnet?`} Dann können Sie diese E-Mail ignorieren. Ohne diesen Link kann niemand das Konto nutzen.`,
  },

  unknown: {
    subject: (v) => `Wir konnten Ihr Konto bei ${v.product} nicht finden`,
    preheader: "Vielleicht haben Sie Ihr Konto mit einer anderen E-Mail-Adresse erstellt.",
    heading: "Kein Konto mit dieser E-Mail-Adresse",
    what: (v) =>
      rich`Jemand hat diese E-Mail-Adresse eingegeben, um sich bei ${v.product} anzumelden. Zu ihr gibt es aber kein Konto.`,
    next: "Wenn Sie das waren, versuchen Sie es mit einer anderen E-Mail-Adresse. Vielleicht haben Sie Ihr Konto mit einer anderen erstellt.",
    action: "Andere E-Mail-Adresse versuchen",
    signUp: "Konto erstellen",
    note: rich`${strong`Das waren Sie nicht?`} Dann können Sie diese E-Mail einfach ignorieren. Wir haben kein Konto erstellt.`,
    why: (v) => rich`Sie erhalten diese E-Mail, weil jemand diese Adresse bei ${v.product} eingegeben hat.`,
  },
};
