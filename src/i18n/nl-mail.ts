import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in Dutch. */
export const mail: MailWords = {
  common: {
    preheader: (v) =>
      `Gebruik deze link binnen ${v.duration}. Niet door jou aangevraagd? Dan kun je deze e-mail negeren.`,
    preheaderNotice: "Was jij dit niet? Beveilig dan nu je account.",
    once: (v) => `Deze link werkt één keer en verloopt over ${v.duration}.`,
    copyLink: "Of kopieer deze link naar je browser:",
    action: (v) => `${v.label}:`,
    code: (v) => `Of vul deze code in op de pagina waar je hem hebt aangevraagd. De code verloopt over ${v.duration}.`,
    codeLink: (v) =>
      `Of vul deze code in op de pagina waar je hem hebt aangevraagd, of nadat je de link in een andere browser hebt geopend. De code verloopt over ${v.duration}.`,
    neverShare: "Deel deze code met niemand, ook niet met ons.",
    row: (v) => `${v.label}: ${v.value}`,
    browser: "Browser",
    when: "Wanneer",
    from: "Oud",
    to: "Nieuw",
    wasYou: "Was jij dit? Dan hoef je niets te doen.",
    secure: (v) =>
      rich`${strong`Was jij dit niet?`} Beveilig je account. We loggen iedereen uit, schakelen het huidige wachtwoord uit en sturen je een link om een nieuw wachtwoord te kiezen. Je hebt hier ${v.duration} de tijd voor.`,
    notMe: "Dit was ik niet",
    expired: (v) => rich`Link verlopen? ${v.again("Vraag een nieuwe aan")}`,
    mailboxFirst: "Kan iemand anders misschien je e-mail lezen? Wijzig dan eerst het wachtwoord van je mailbox.",
    why: (v) => rich`Je krijgt deze e-mail omdat die nodig is om je account bij ${v.product} veilig te houden.`,
    support: (v) => rich`Dit is een automatische e-mail. Hulp nodig? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Herstel je wachtwoord voor ${v.product}`,
    heading: "Herstel je wachtwoord",
    intro: (v) =>
      rich`We hebben een verzoek gekregen om het wachtwoord van je account bij ${v.product} te herstellen. Kies hier een nieuw wachtwoord:`,
    introSecured: (v) =>
      rich`Je hebt ons laten weten dat jij het niet was. Daarom hebben we iedereen uit je account bij ${v.product} uitgelogd en het oude wachtwoord uitgeschakeld. Kies hier een nieuw wachtwoord:`,
    preheaderSecured: (v) => `Kies een nieuw wachtwoord. De link verloopt over ${v.duration}.`,
    action: "Kies een nieuw wachtwoord",
    note: rich`${strong`Niet door jou aangevraagd?`} Dan kun je deze e-mail gerust negeren. Je wachtwoord verandert alleen als je de link of de code gebruikt.`,
  },

  signIn: {
    subject: (v) => `Inloggen bij ${v.product}`,
    heading: (v) => `Inloggen bij ${v.product}`,
    intro: "Open deze link in de browser waarin je hem hebt aangevraagd.",
    introWithCode:
      "Open deze link in de browser waarin je hem hebt aangevraagd. In een andere browser heb je ook de code hieronder nodig.",
    action: "Inloggen",
    note: rich`${strong`Niet door jou aangevraagd?`} Dan kun je deze e-mail gerust negeren. Zonder deze e-mail kan niemand inloggen.`,
  },

  signUp: {
    subject: (v) => `Maak je account bij ${v.product} af`,
    heading: "Bevestig je e-mailadres",
    intro: (v) => rich`Bevestig je e-mailadres en kies een wachtwoord. Dan is je account bij ${v.product} klaar.`,
    action: "E-mailadres bevestigen",
    note: rich`${strong`Niet door jou aangevraagd?`} Dan kun je deze e-mail gerust negeren. Er wordt geen account aangemaakt.`,
  },

  already: {
    subject: (v) => `Je hebt al een account bij ${v.product}`,
    preheader: "Log in, of herstel je wachtwoord als je het bent vergeten.",
    heading: "Je hebt al een account",
    intro:
      "Iemand probeerde met dit e-mailadres een account aan te maken, maar je hebt er al een. Log in, of herstel je wachtwoord als je het bent vergeten.",
    action: "Inloggen",
    reset: "Herstel je wachtwoord",
    note: rich`${strong`Was jij dit niet?`} Dan hoef je niets te doen. Je account is niet veranderd.`,
  },

  pwChanged: {
    subject: (v) => `Je wachtwoord voor ${v.product} is gewijzigd`,
    heading: "Je wachtwoord is gewijzigd",
    what: (v) => rich`Het wachtwoord van je account bij ${v.product} is gewijzigd en je bent overal elders uitgelogd.`,
    note: "We sturen deze e-mail telkens als je wachtwoord wordt gewijzigd.",
  },

  addrAsk: {
    subject: (v) => `Bevestig je nieuwe e-mailadres voor ${v.product}`,
    heading: "Bevestig je nieuwe e-mailadres",
    what: (v) =>
      rich`Je hebt gevraagd om het e-mailadres van je account bij ${v.product} te wijzigen van ${ltr(v.from)} in dit adres. Bevestig dat hier:`,
    once: (v) =>
      `Deze link werkt één keer en verloopt over ${v.duration}. Zolang je niet bevestigt, verandert er niets.`,
    action: "E-mailadres bevestigen",
    note: rich`${strong`Niet door jou aangevraagd?`} Dan kun je deze e-mail gerust negeren. Er verandert alleen iets als je bevestigt.`,
  },

  addrTaken: {
    subject: (v) => `Er is al een account bij ${v.product} met dit e-mailadres`,
    preheader: "Het kan niet aan een tweede account worden toegevoegd.",
    heading: "Er is al een account met dit e-mailadres",
    what: (v) =>
      rich`Iemand probeerde dit e-mailadres te gebruiken voor een ander account bij ${v.product}. Er is al een account met dit adres, dus is er niets gewijzigd.`,
    next: "Was jij dit? Log dan in met dit adres, of wijzig eerst het e-mailadres van dat account.",
    action: "Inloggen",
    note: rich`${strong`Was jij dit niet?`} Dan hoef je niets te doen. Je account is niet veranderd.`,
  },

  addrChanged: {
    subject: (v) => `Je e-mailadres voor ${v.product} is gewijzigd`,
    heading: "Je e-mailadres is gewijzigd",
    what: (v) => rich`Het e-mailadres van je account bij ${v.product} is gewijzigd.`,
    undo: (v) =>
      rich`${strong`Was jij dit niet?`} Haal je account terug. We zetten dit adres terug, loggen iedereen uit en sturen je een link om een nieuw wachtwoord te kiezen. Je hebt hier ${v.duration} de tijd voor, ook als er intussen andere gegevens worden gewijzigd.`,
    secure: (v) =>
      rich`${strong`Was jij dit niet?`} Beveilig je account. We loggen iedereen uit, schakelen het wachtwoord uit en sturen naar dit adres een link om een nieuw wachtwoord te kiezen. Je hebt hier ${v.duration} de tijd voor.`,
    note: "We sturen deze e-mail naar zowel het oude als het nieuwe adres.",
  },

  addrUndone: {
    subject: (v) => `Je e-mailadres voor ${v.product} is teruggezet`,
    preheader: "De wijziging in dit adres is teruggedraaid.",
    heading: "De wijziging is teruggedraaid",
    what: (v) =>
      rich`De eigenaar van ${ltr(v.to)} heeft ons laten weten het e-mailadres van het account bij ${v.product} niet in ${ltr(v.from)} te hebben gewijzigd. Daarom hebben we het vorige adres teruggezet.`,
    next: (v) =>
      rich`Is dit jouw account en heb jij dit niet gedaan, ${v.support(rich`neem dan contact op met de klantenservice van ${v.product}`)}.`,
    note: "We sturen deze e-mail naar zowel het oude als het nieuwe adres.",
  },

  byLink: {
    subject: (v) => `Er is ingelogd op je account bij ${v.product}`,
    heading: "Er is ingelogd op je account",
    what: (v) =>
      rich`Er is zojuist ingelogd op je account bij ${v.product} met een link of code uit een e-mail van ons.`,
    note: "We sturen deze e-mail elke keer dat er zonder wachtwoord wordt ingelogd.",
  },

  breach: {
    subject: (v) => `Kies een nieuw wachtwoord om weer in te loggen bij ${v.product}`,
    preheader: "Om accounts te beschermen hebben we alle wachtwoorden uitgeschakeld. Kies een nieuw wachtwoord.",
    heading: "Kies een nieuw wachtwoord",
    what: (v) =>
      rich`Om alle accounts te beschermen hebben we iedereen bij ${v.product} uitgelogd en alle wachtwoorden uitgeschakeld. Je oude wachtwoord werkt niet meer.`,
    once: (v) => `Kies hier een nieuw wachtwoord. De link werkt één keer en verloopt over ${v.duration}.`,
    elsewhere: "Heb je je oude wachtwoord ook ergens anders gebruikt? Wijzig het daar dan ook.",
    action: "Kies een nieuw wachtwoord",
    why: "We hebben deze e-mail gestuurd naar iedereen met een account. Je hoefde hem niet aan te vragen.",
  },

  invite: {
    subject: (v) => `Je account bij ${v.product} is klaar`,
    preheader: (v) => `Kies een wachtwoord om te beginnen. De link verloopt over ${v.duration}.`,
    heading: "Kies een wachtwoord om te beginnen",
    what: (v) => rich`Er is een account bij ${v.product} voor je aangemaakt. Kies een wachtwoord om te beginnen.`,
    action: "Kies een wachtwoord",
    note: rich`${strong`Had je deze e-mail niet verwacht?`} Dan kun je hem negeren. Zonder deze link kan niemand het account gebruiken.`,
  },

  unknown: {
    subject: (v) => `We konden je account bij ${v.product} niet vinden`,
    preheader: "Misschien heb je je account met een ander e-mailadres aangemaakt.",
    heading: "Geen account met dit e-mailadres",
    what: (v) =>
      rich`Iemand heeft dit e-mailadres ingevuld om in te loggen bij ${v.product}, maar er is geen account met dit adres.`,
    next: "Was jij dit? Probeer dan een ander e-mailadres. Misschien heb je je account met een ander adres aangemaakt.",
    action: "Ander e-mailadres proberen",
    signUp: "Account aanmaken",
    note: rich`${strong`Was jij dit niet?`} Dan kun je deze e-mail gerust negeren. We hebben geen account aangemaakt.`,
    why: (v) => rich`Je krijgt deze e-mail omdat iemand dit adres heeft ingevuld bij ${v.product}.`,
  },
};
