import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in Dutch. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Fout: ${v.title} – ${v.product}`,
    skip: "Naar de hoofdinhoud",
    help: "Hulp",
    language: "Taal",
    newTab: "(opent in een nieuw tabblad)",
    needHelp: (v) => rich`Hulp nodig? ${v.support(rich`Neem contact op met ${v.product}`)}`,
  },

  busy: {
    send: "Versturen…",
    signIn: "Inloggen…",
    signOut: "Uitloggen…",
    save: "Opslaan…",
    create: "Account aanmaken…",
    check: "Controleren…",
    wait: "Even geduld…",
  },

  when: {
    ago: (v) => `${v.relative} (${v.time})`,
    on: (v) => `op ${v.moment}`,
  },

  error: {
    heading: "Er is een probleem",
    email: "Vul een e-mailadres in de juiste vorm in, zoals name@example.com",
    emailEmpty: "Vul je e-mailadres in",
    emailNoAt: "Vul een e-mailadres met een @ in, zoals name@example.com",
    emailSpace: "Vul het e-mailadres zonder spaties in",
    emailSeveral: "Vul maar één e-mailadres in",
    emailTooLong: "Vul een korter e-mailadres in",
    emailCharacter: (v) => `Vul het e-mailadres zonder ‘${v.character}’ in`,
    emailDomain: "Controleer het deel na de @. Het moet eruitzien als example.com",
  },

  email: {
    label: "E-mailadres",
    didYouMean: (v) => `Bedoel je ${v.email}?`,
  },

  password: {
    label: "Wachtwoord",
    newLabel: "Nieuw wachtwoord",
    currentLabel: "Huidig wachtwoord",
    yourLabel: "Je wachtwoord",
    hint: plural("nl", {
      one: (n) =>
        `Gebruik minstens ${n} teken. Een paar willekeurige woorden zijn prima, of laat je wachtwoordmanager er een voorstellen.`,
      other: (n) =>
        `Gebruik minstens ${n} tekens. Een paar willekeurige woorden zijn prima, of laat je wachtwoordmanager er een voorstellen.`,
    }),
    show: "Tonen",
    hide: "Verbergen",
    showLabel: "Wachtwoord tonen",
    hideLabel: "Wachtwoord verbergen",
    shown: "Je wachtwoord is zichtbaar",
    hidden: "Je wachtwoord is verborgen",
    capsLock: "Caps Lock staat aan",
    needed: plural("nl", { one: (n) => `Nog ${n} teken`, other: (n) => `Nog ${n} tekens` }),
    enough: "Lang genoeg",
    forgot: (v) => rich`Wachtwoord vergeten? ${v.reset("Herstel het via e-mail")}`,
    empty: "Vul een wachtwoord in",
    tooShort: plural("nl", {
      one: (n) => `Het wachtwoord moet minstens ${n} teken lang zijn`,
      other: (n) => `Het wachtwoord moet minstens ${n} tekens lang zijn`,
    }),
    tooLong: "Kies een korter wachtwoord. Dit is langer dan we kunnen opslaan.",
    illFormed: "Kies een ander wachtwoord. Dit bevat tekens die we niet kunnen opslaan.",
    ownAddress: "Kies een ander wachtwoord dan je e-mailadres. Dat is te makkelijk te raden.",
    localPart: "Kies een wachtwoord dat geen deel van je e-mailadres is. Dat is te makkelijk te raden.",
    productName: "Kies een ander wachtwoord dan de naam van deze dienst. Die is te makkelijk te raden.",
    oneCharacter: "Kies een wachtwoord met verschillende tekens. Eén herhaald teken is te makkelijk te raden.",
    repeated: "Kies een wachtwoord zonder patroon dat zich herhaalt. Dat is te makkelijk te raden.",
    row: "Kies een wachtwoord zonder een reeks letters of toetsen, zoals ‘abcdef’ of ‘qwerty’. Dat is te makkelijk te raden.",
    common: "Dit wachtwoord wordt heel vaak gebruikt. Kies er een dat moeilijker te raden is.",
    breached:
      "Dit wachtwoord is bij een datalek van een andere dienst opgedoken. Kies een ander om je account veilig te houden.",
  },

  code: {
    label: "Code van 8 cijfers",
    hint: "De code staat in de e-mail die we hebben gestuurd. Je kunt hem plakken.",
    errorFormat: "Vul de code van 8 cijfers uit de e-mail in",
    errorEmpty: "Vul de code van 8 cijfers uit de e-mail in",
    errorWrong: plural("nl", {
      one: (n) => `Die code klopt niet. Je hebt nog ${n} poging.`,
      other: (n) => `Die code klopt niet. Je hebt nog ${n} pogingen.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`Je bent ingelogd als ${address(v.current)}. Als je doorgaat, word je uitgelogd en in plaats daarvan ingelogd als ${address(v.next)}.`,
    continueTo: (v) => rich`Verder naar ${ltr(v.path)}`,
  },

  again: {
    button: "Nieuwe e-mail versturen",
  },

  signIn: {
    title: (v) => `Inloggen bij ${v.product}`,
    shortTitle: "Inloggen",
    errorSummary: "E-mailadres of wachtwoord klopt niet",
    error: (v) =>
      rich`E-mailadres of wachtwoord klopt niet. Probeer het opnieuw of ${v.reset("herstel je wachtwoord")}.`,
    already: (v) =>
      rich`Je bent al ingelogd als ${address(v.email)}. ${v.account("Ga naar je account")} of log hieronder in met een ander account.`,
    button: "Inloggen",
    or: "of",
    byLink: "Stuur me een inloglink",
    forgot: "Wachtwoord vergeten?",
    new: (v) => rich`Nieuw bij ${v.product}? ${v.signUp("Maak een account aan")}`,
  },

  signUp: {
    title: "Maak je account aan",
    intro: "Vul je e-mailadres in. We sturen je een link om het te bevestigen en een wachtwoord te kiezen.",
    button: "Doorgaan",
    have: (v) => rich`Heb je al een account? ${v.signIn("Log in")}`,
    closedTitle: "Je kunt nu geen account aanmaken",
    closed: (v) =>
      rich`Bij ${v.product} kun je op dit moment geen account aanmaken. Heb je er al een, ${v.signIn("log dan in")}.`,
  },

  choose: {
    title: "Kies een wachtwoord",
    intro: "Je e-mailadres is bevestigd. Kies nog een wachtwoord, dan is je account klaar.",
    button: "Account aanmaken",
  },

  invited: {
    title: "Kies een wachtwoord",
    intro: "Er is een account voor je aangemaakt. Kies een wachtwoord om het te gebruiken.",
    button: "Wachtwoord opslaan en inloggen",
  },

  forgot: {
    title: "Herstel je wachtwoord",
    intro:
      "Vul het e-mailadres in waarmee je je account hebt aangemaakt. We sturen je een link om een nieuw wachtwoord te kiezen.",
    button: "Stuur me een herstellink",
    back: "Terug naar inloggen",
  },

  reset: {
    title: "Kies een nieuw wachtwoord",
    intro: "Je wordt hier ingelogd en overal elders uitgelogd.",
    button: "Wachtwoord opslaan en inloggen",
  },

  check: {
    title: "Bekijk je e-mail",
    reset: (v) =>
      rich`Als er een account is voor ${address(v.email)}, krijg je binnen ongeveer een minuut een e-mail van ${v.product}. Open de link in die e-mail of vul de code hier in.`,
    signIn: (v) =>
      rich`Als er een account is voor ${address(v.email)}, krijg je binnen ongeveer een minuut een e-mail van ${v.product}. Open de link in die e-mail of vul de code hier in.`,
    signUp: (v) =>
      rich`We hebben een e-mail gestuurd naar ${address(v.email)}. Open de link in die e-mail of vul de code hier in.`,
    unknown:
      "Als er een account is voor het adres dat je hebt ingevuld, krijg je binnen ongeveer een minuut een e-mail met een link.",
    unknownNext: "Open die link om verder te gaan. Je kunt deze pagina sluiten.",
    changeAddress: "E-mailadres wijzigen",
    webmail: (v) => `${v.webmail} openen`,
    orCode: "of vul de code in",
    button: "Doorgaan",
    sentAgain: (v) =>
      rich`Als er een account is voor ${address(v.email)}, hebben we nog een e-mail gestuurd. Eerdere e-mails werken nog.`,
    sentAgainSignUp: "We hebben nog een e-mail gestuurd. Eerdere e-mails werken nog.",
    helpTitle: "Geen e-mail gekregen?",
    helpSearch: (v) =>
      rich`Zoek naar ‘${v.subject}’ van ${ltr(v.sender)} en kijk ook in je map met spam of ongewenste e-mail.`,
    helpSpam: "Kijk in je map met spam of ongewenste e-mail.",
    helpTypo:
      "Controleer het adres hierboven op typefouten. Misschien heb je je account met een ander adres aangemaakt.",
    helpAgain: "Laat de e-mail opnieuw versturen. Al onze e-mails werken tot je er een gebruikt.",
    resend: "Opnieuw versturen",
    resendIn: plural("nl", {
      one: (n) => `Opnieuw versturen kan over ${n} seconde`,
      other: (n) => `Opnieuw versturen kan over ${n} seconden`,
    }),
    tooSoon: plural("nl", {
      one: (n) => `Wacht nog ${n} seconde voordat je de e-mail opnieuw laat versturen`,
      other: (n) => `Wacht nog ${n} seconden voordat je de e-mail opnieuw laat versturen`,
    }),
    overTitle: "Nog een e-mail nodig?",
    over: (v) =>
      rich`De e-mail aan ${address(v.email)} is al gebruikt of er is te vaak een verkeerde code ingevuld. Je kunt een nieuwe laten versturen.`,
    againReset: "Nieuwe herstellink versturen",
    againSignIn: "Nieuwe inloglink versturen",
    againSignUp: "Nieuwe bevestigingslink versturen",
  },

  link: {
    title: "Inloggen met een link per e-mail",
    intro: "Vul je e-mailadres in. We sturen je een link en een code om in te loggen, zonder wachtwoord.",
    button: "Stuur me een inloglink",
    password: "Inloggen met een wachtwoord",
  },

  confirm: {
    title: (v) => `Inloggen bij ${v.product}`,
    tap: (v) => rich`Ga verder om in te loggen als ${address(v.email)}.`,
    code: "Je hebt deze link in een andere browser aangevraagd. Vul de code van 8 cijfers uit dezelfde e-mail in om hier in te loggen.",
    button: (v) => rich`Inloggen als ${ltr(v.email)}`,
    noCode: (v) => rich`Kun je de code niet vinden? ${v.link("Vraag in deze browser een nieuwe link aan")}`,
    notYou: "Niet door jou aangevraagd? Sluit deze pagina. Er is niets veranderd.",
  },

  me: {
    title: "Je account",
    signedInAs: (v) => rich`Ingelogd als ${address(v.email)}`,
    signOut: "Uitloggen",
    change: "Wijzigen",
    changeEmailLabel: "E-mailadres wijzigen",
    changePasswordLabel: "Wachtwoord wijzigen",
    passwordChanged: (v) => rich`Gewijzigd op ${v.date}`,
    noPassword: "Je hebt nog geen wachtwoord gekozen",
    choosePassword: (v) => rich`${v.reset("Kies een wachtwoord via e-mail")}`,
    sessions: "Waar je bent ingelogd",
    thisBrowser: "Deze browser",
    activeNow: (v) => rich`Nu actief · Ingelogd op ${v.date}`,
    lastActive: (v) => rich`Laatst actief: ${v.seen} · Ingelogd op ${v.date}`,
    endOne: "Uitloggen",
    endOneLabel: (v) => `Uitloggen bij ${v.browser}, laatst actief: ${v.seen}`,
    endOthers: "Overal elders uitloggen",
    endedOne: (v) => rich`Uitgelogd: ${v.browser}.`,
    endedOthers: "Je bent overal elders uitgelogd.",
    password: "Wachtwoord wijzigen",
    passwordNote: "Je blijft hier ingelogd en wordt overal elders uitgelogd.",
    passwordButton: "Wachtwoord wijzigen",
    wrongCurrent: "Dat is niet je huidige wachtwoord. Probeer het opnieuw.",
    doneReset: "Je wachtwoord is gewijzigd. We hebben je overal elders uitgelogd.",
    doneChange: "Je wachtwoord is gewijzigd. We hebben je overal elders uitgelogd.",
    doneSignUp: "Je account is klaar.",
  },

  browser: {
    onSystem: (v) => `${v.browser} op ${v.system}`,
    unknown: "Onbekende browser",
    computer: "Computer",
    phone: "Telefoon",
    tablet: "Tablet",
    unknownDevice: "Onbekend apparaat",
  },

  emailChange: {
    title: "E-mailadres wijzigen",
    note: "We sturen een bevestigingslink naar het nieuwe adres. Je adres verandert zodra je die link opent, en je wordt dan overal elders uitgelogd.",
    current: (v) => rich`Je e-mailadres is ${address(v.email)}.`,
    new: "Nieuw e-mailadres",
    button: "Bevestigingslink versturen",
    asked: (v) =>
      rich`Kijk in de inbox van ${address(v.email)} en open de link in onze e-mail. Tot die tijd blijft je adres hetzelfde. Niets gekregen? Controleer het adres op typefouten en probeer het opnieuw.`,
    askedUnnamed:
      "Kijk in de inbox van je nieuwe adres en open de link in onze e-mail. Tot die tijd blijft je adres hetzelfde. Niets gekregen? Controleer het adres op typefouten en probeer het opnieuw.",
    wrongPassword: "Dat is niet je wachtwoord. Probeer het opnieuw.",
    same: "Dat is al je e-mailadres. Vul een ander in.",
  },

  address: {
    title: "Bevestig je nieuwe e-mailadres",
    what: (v) =>
      rich`Je wijzigt je e-mailadres van ${address(v.from)} in ${address(v.to)}. Met het nieuwe adres log je voortaan in, en we sturen e-mails over je account daarheen.`,
    everywhere: "Je wordt overal uitgelogd. We bevestigen de wijziging per e-mail aan beide adressen.",
    everywhereElse: "Je wordt overal elders uitgelogd. We bevestigen de wijziging per e-mail aan beide adressen.",
    button: "E-mailadres wijzigen",
    wrongPassword: "Dat is niet het juiste wachtwoord. Probeer het opnieuw.",
    forgot: (v) =>
      rich`Wachtwoord vergeten? Open deze link in een browser waarin je bent ingelogd. Of ${v.reset("herstel je wachtwoord")} en wijzig daarna je e-mailadres opnieuw: deze link werkt dan niet meer.`,
    doneTitle: "Je e-mailadres is gewijzigd",
    done: (v) => rich`Je e-mailadres is nu ${address(v.email)}. We hebben je overal uitgelogd.`,
    doneElse: (v) => rich`Je e-mailadres is nu ${address(v.email)}. We hebben je overal elders uitgelogd.`,
    toAccount: "Ga naar je account",
    signIn: "Inloggen met je nieuwe adres",
    told: "We hebben de wijziging per e-mail aan beide adressen bevestigd.",
  },
};
