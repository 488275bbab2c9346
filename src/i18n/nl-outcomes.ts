import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in Dutch. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Vul de code in waar je hem hebt aangevraagd",
    elsewhere: "Een code werkt alleen in de browser waarin je hem hebt aangevraagd, en maar kort.",
    notAgainTitle: "We kunnen die e-mail niet opnieuw versturen",
    notAgain:
      "Een e-mail kan alleen opnieuw worden verstuurd vanuit de browser waarin hij is aangevraagd, en maar kort. Begin opnieuw om een nieuwe te krijgen.",
    usedTitle: "Deze e-mail is al gebruikt",
    used: "De link of de code uit de e-mail is al gebruikt. Wil je nog inloggen, vraag dan een nieuwe e-mail aan.",
    triesTitle: "Te veel verkeerde codes",
    tries:
      "Om je account te beschermen werken de codes die we hebben gestuurd niet meer. De link in de e-mail werkt in deze browser nog wel. Of vraag een nieuwe e-mail met een nieuwe code aan.",
    start: "Opnieuw beginnen",
  },

  dead: {
    expiredTitle: "Deze link is verlopen",
    expired: (v) => rich`Hij is ${v.when} verlopen.`,
    expiredNew: (v) => rich`Hij is ${v.when} verlopen. We kunnen je een nieuwe sturen.`,
    expiredNewTo: (v) => rich`Hij is ${v.when} verlopen. We kunnen een nieuwe sturen naar ${address(v.email)}.`,
    invitationTitle: "Deze uitnodiging is verlopen",
    invitation: (v) =>
      rich`De uitnodiging is ${v.when} verlopen. We kunnen je een nieuwe link sturen om je wachtwoord te kiezen.`,
    unknownTitle: "Deze link werkt niet",
    unknown:
      "Misschien ontbreekt er een deel. Open hem opnieuw vanuit de e-mail of kopieer de hele link naar je browser.",
    unknownOld: "Het kan ook een oude link zijn.",
    unknownOldNew: "Het kan ook een oude link zijn. We kunnen je een nieuwe sturen.",
    takenTitle: "Dit e-mailadres is al in gebruik",
    taken: "Na je aanvraag is er een account met dit adres aangemaakt. Je e-mailadres is niet gewijzigd.",
    takenNext: "Log in op dat account of wijzig eerst het e-mailadres ervan.",
    accountCreatedTitle: "Je hebt al een account",
    accountCreated:
      "Nadat de link was verstuurd, is er een account met dit e-mailadres aangemaakt. Log in, of herstel je wachtwoord als je het niet weet.",
    codeOverTitle: "Open deze link in de browser waarin je hem hebt aangevraagd",
    codeOver:
      "In elke andere browser heb je de code uit dezelfde e-mail nodig. Die code is verlopen of te vaak verkeerd ingevuld.",
    codeOverNext: "Ga terug naar die browser of vraag hier een nieuwe link aan.",
    usedTitle: "Deze link is al gebruikt",
    endedTitle: "Deze link werkt niet meer",
    replacedUndo: (v) =>
      rich`Een wijziging van het e-mailadres is ${v.when} teruggedraaid. Daardoor is deze link uitgeschakeld.`,
    replaced: (v) => rich`Een andere link of code is ${v.when} gebruikt. Daarom werkt deze link niet meer.`,
    passwordChanged: (v) => rich`Het wachtwoord is ${v.when} gewijzigd. Eerder verstuurde links werken niet meer.`,
    withdrawn: (v) => rich`Uit voorzorg hebben we ${v.when} alle eerdere links uitgeschakeld.`,
    withdrawnNew: (v) =>
      rich`Uit voorzorg hebben we ${v.when} alle eerdere links uitgeschakeld. We kunnen je een nieuwe sturen.`,
    objection: (v) =>
      rich`Iemand heeft ${v.when} onbekende activiteit gemeld. Eerder verstuurde links werken niet meer.`,
    addressChanged: (v) =>
      rich`Het e-mailadres van het account is ${v.when} gewijzigd. Eerder verstuurde links werken niet meer.`,
    addressChangedOld:
      "Het e-mailadres van het account is gewijzigd. Links die naar het oude adres zijn gestuurd, werken niet meer.",
    helpUndo: (v) =>
      rich`Staat er een e-mailadres bij je account dat je niet herkent, ${v.support(rich`neem dan contact op met de klantenservice van ${v.product}`)}.`,
    helpObjection:
      "Denk je dat iemand anders je account gebruikt, herstel dan je wachtwoord. Daarmee wordt iedereen elders uitgelogd.",
    usedSignUp: (v) =>
      rich`Hij is ${v.when} gebruikt om een account aan te maken. Log in met het wachtwoord dat je hebt gekozen.`,
    usedReset: (v) => rich`Hij is ${v.when} gebruikt om een nieuw wachtwoord te kiezen.`,
    usedResetNext: "Was jij dit, log dan in met je nieuwe wachtwoord. Zo niet, herstel dan nu je wachtwoord.",
    usedSignIn: (v) => rich`Hij is ${v.when} gebruikt om in te loggen.`,
    usedSignInNext:
      "Vraag een nieuwe link aan om opnieuw in te loggen. Was jij het niet, open dan onze e-mail over die inlogactie en kies ‘Dit was ik niet’.",
    usedChange: (v) => rich`Hij is ${v.when} gebruikt om het e-mailadres te wijzigen. Log in met het nieuwe adres.`,
    usedUndo: (v) =>
      rich`Hij is ${v.when} gebruikt om het account terug te halen. We hebben een e-mail gestuurd met een link om een nieuw wachtwoord te kiezen: kijk in je inbox.`,
    usedObjection: (v) =>
      rich`Hij is ${v.when} gebruikt om het account te beveiligen. We hebben een e-mail gestuurd met een link om een nieuw wachtwoord te kiezen: kijk in je inbox.`,
    newLink: "Stuur me een nieuwe link",
    resetPassword: "Herstel je wachtwoord",
    toAccount: "Ga naar je account",
    signIn: "Inloggen",
    signedIn: (v) => rich`Je bent ingelogd. ${v.account("Ga naar je account")}`,
    knowPassword: (v) => rich`Weet je je wachtwoord? ${v.signIn("Log in")}`,
  },

  justUsed: {
    resetTitle: "Je wachtwoord is gewijzigd",
    reset: "Je wachtwoord is zojuist gewijzigd. Log in met je nieuwe wachtwoord.",
    signUpTitle: "Je account is klaar",
    signUp: "Je account is zojuist aangemaakt. Log in met het wachtwoord dat je hebt gekozen.",
    signInTitle: "Deze link is zojuist gebruikt",
    signIn: "Een inloglink werkt één keer. Ben je hier niet ingelogd, vraag dan een nieuwe link aan.",
  },

  done: {
    reset: "Je wachtwoord is gewijzigd",
    signUp: "Je account is klaar",
    signIn: "Je bent ingelogd",
  },

  cookies: {
    title: "Sta cookies toe om in te loggen",
    signIn: "Je wachtwoord klopt, maar je browser heeft de cookie geblokkeerd waarmee je ingelogd blijft.",
    signInLink: "Je link werkte, maar je browser heeft de cookie geblokkeerd waarmee je ingelogd blijft.",
    reset: "Je wachtwoord is gewijzigd, maar je browser heeft de cookie geblokkeerd waarmee je ingelogd blijft.",
    signUp: "Je account is klaar, maar je browser heeft de cookie geblokkeerd waarmee je ingelogd blijft.",
    emailChange: "Je e-mailadres is gewijzigd, maar je browser heeft de cookie geblokkeerd waarmee je ingelogd blijft.",
    next: "Sta in de instellingen van je browser cookies voor deze site toe en log daarna in.",
    button: "Inloggen",
  },

  secure: {
    title: "Beveilig je account",
    intro: (v) =>
      rich`Herken je de activiteit in onze e-mail niet, beveilig dan nu het account van ${address(v.email)}. Dit gebeurt er:`,
    endSessions: "Alle browsers worden uitgelogd, ook deze.",
    turnOff: "Het huidige wachtwoord en alle links die we hebben gestuurd, werken niet meer.",
    sendLink: "We sturen je een e-mail met een link om een nieuw wachtwoord te kiezen.",
    button: "Mijn account beveiligen",
    wasYou: "Was jij het toch? Sluit deze pagina. Er is niets veranderd.",
    doneTitle: "Je account is beveiligd",
    done: "Iedereen is uitgelogd en het oude wachtwoord werkt niet meer.",
    doneNext:
      "We hebben je een e-mail gestuurd met een link om een nieuw wachtwoord te kiezen. Kan iemand anders misschien je e-mail lezen? Wijzig dan eerst het wachtwoord van je mailbox.",
    again: (v) => rich`Niets gekregen? ${v.reset("Nieuwe link versturen")}`,
  },

  undo: {
    title: "Beveilig je account",
    intro: (v) =>
      rich`Heb jij je e-mailadres niet gewijzigd, zet het dan terug naar ${address(v.email)} en sluit alle anderen buiten. Dit gebeurt er:`,
    addressBack: "Je oude e-mailadres wordt teruggezet.",
    turnOff: "Het huidige wachtwoord en alle andere links die we hebben gestuurd, werken niet meer.",
    doneTitle: "Je account is beveiligd",
    done: "Je oude e-mailadres is teruggezet. Iedereen is uitgelogd en het oude wachtwoord werkt niet meer.",
    lockedTitle: "Je account is geblokkeerd",
    locked:
      "Iedereen is uitgelogd. Het wachtwoord en het e-mailadres die iemand anders heeft ingesteld, werken niet meer.",
    lockedNext: (v) =>
      rich`Je oude adres hoort nu bij een ander account, dus konden we het niet terugzetten. Tot dit is opgelost, kan niemand inloggen. ${v.support(rich`Neem contact op met de klantenservice van ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "We konden het formulier niet lezen",
    badRequest: "Ga terug en probeer het opnieuw.",
    otherSiteTitle: "Het formulier kwam van een andere site",
    otherSite:
      "Voor je veiligheid accepteren we alleen formulieren van onze eigen pagina’s. Begin opnieuw op de pagina hieronder.",
    otherNameTitle: "Open deze site op het eigen adres",
    otherName: (v) =>
      rich`Je hebt deze site geopend als ${ltr(v.opened)}, maar formulieren werken alleen op ${ltr(v.address)}. Open de site daar en probeer het opnieuw.`,
    otherNameButton: (v) => rich`${ltr(v.address)} openen`,
    notFoundTitle: "Pagina niet gevonden",
    notFound:
      "Controleer het adres op typefouten. Kwam je hier via een link uit een e-mail, kopieer dan de hele link naar je browser.",
    notAllowedTitle: "Deze pagina kan niet rechtstreeks worden geopend",
    notAllowed: "Begin opnieuw op de pagina hieronder.",
    tooLargeTitle: "Het formulier was te groot",
    tooLarge: "Ga terug, maak korter wat je hebt ingevuld en probeer het opnieuw.",
    busyTitle: "Het is even druk",
    busy: "Probeer het over een paar seconden opnieuw. Er is niets gewijzigd.",
    failedTitle: "Sorry, er is iets misgegaan",
    failed: "De fout ligt bij ons en er is niets gewijzigd. Probeer het over een minuut opnieuw.",
    reference: (v) => rich`Als je contact met ons opneemt, vermeld dan dit kenmerk: ${ltr(v.id)}`,
    signIn: "Inloggen",
    resetPassword: "Herstel je wachtwoord",
    signInLink: "Stuur me een inloglink",
    enterCode: "Vul een code uit een e-mail in",
    toAccount: "Ga naar je account",
  },

  tooMany: {
    title: "Te veel pogingen",
    text: (v) =>
      `Er zijn te veel pogingen gedaan, misschien door iemand anders. Probeer het over ${v.duration} opnieuw.`,
    soon: "Er zijn te veel pogingen gedaan, misschien door iemand anders. Probeer het over een paar seconden opnieuw.",
    resetTitle: "Herstel je wachtwoord om in te loggen",
    reset:
      "Voor dit e-mailadres is te vaak een verkeerd wachtwoord ingevuld, misschien door iemand anders. Om het account te beschermen moet je eerst je wachtwoord herstellen voordat je weer kunt inloggen.",
  },

  refused: {
    title: "Je kunt niet op deze manier inloggen",
    text: "Op dit account kun je niet op deze manier inloggen. Er is niets veranderd.",
    linkWorks: "Op dit account kun je niet op deze manier inloggen. Er is niets veranderd en je link werkt nog.",
    next: (v) =>
      rich`Log op een andere manier in of ${v.support(rich`neem contact op met de klantenservice van ${v.product}`)}.`,
  },
};
