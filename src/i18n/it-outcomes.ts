import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in Italian. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Inserisci il codice dove l’hai richiesto",
    elsewhere: "Un codice funziona solo nel browser in cui l’hai richiesto e solo per poco tempo.",
    notAgainTitle: "Non possiamo inviare di nuovo questa email",
    notAgain:
      "Un’email si può inviare di nuovo solo dal browser in cui è stata richiesta e solo per poco tempo. Ricomincia per riceverne una nuova.",
    usedTitle: "Questa email è già stata usata",
    used: "Il suo link o il suo codice è già stato usato. Se devi ancora accedere, richiedi una nuova email.",
    triesTitle: "Troppi codici errati",
    tries:
      "Per proteggere il tuo account, i codici che abbiamo inviato non funzionano più. In questo browser il link nell’email funziona ancora. Oppure richiedi una nuova email con un nuovo codice.",
    start: "Ricomincia",
  },

  dead: {
    expiredTitle: "Questo link è scaduto",
    expired: (v) => rich`È scaduto ${v.when}.`,
    expiredNew: (v) => rich`È scaduto ${v.when}. Possiamo inviartene uno nuovo.`,
    expiredNewTo: (v) => rich`È scaduto ${v.when}. Possiamo inviarne uno nuovo a ${address(v.email)}.`,
    invitationTitle: "Questo invito è scaduto",
    invitation: (v) => rich`È scaduto ${v.when}. Possiamo inviarti un nuovo link per scegliere la password.`,
    unknownTitle: "Questo link non funziona",
    unknown: "Forse ne manca una parte. Aprilo di nuovo dall’email o copia il link intero nel browser.",
    unknownOld: "Potrebbe anche essere un vecchio link.",
    unknownOldNew: "Potrebbe anche essere un vecchio link. Possiamo inviartene uno nuovo.",
    takenTitle: "Questo indirizzo email è già in uso",
    taken:
      "Dopo la tua richiesta è stato creato un account con questo indirizzo. Il tuo indirizzo email non è cambiato.",
    takenNext: "Accedi a quell’account o cambia prima il suo indirizzo email.",
    accountCreatedTitle: "Hai già un account",
    accountCreated:
      "Dopo l’invio del link è stato creato un account con questo indirizzo email. Accedi o, se non conosci la password, reimpostala.",
    codeOverTitle: "Apri questo link nel browser in cui l’hai richiesto",
    codeOver:
      "In qualsiasi altro browser serve il codice contenuto nella stessa email. Il codice è scaduto o è stato inserito in modo errato troppe volte.",
    codeOverNext: "Torna a quel browser o richiedi qui un nuovo link.",
    usedTitle: "Questo link è già stato usato",
    endedTitle: "Questo link non funziona più",
    replacedUndo: (v) =>
      rich`Una modifica dell’indirizzo email è stata annullata ${v.when}. Per questo il link è stato disattivato.`,
    replaced: (v) => rich`Un altro link o codice è stato usato ${v.when}. Per questo il link non funziona più.`,
    passwordChanged: (v) =>
      rich`La password è stata modificata ${v.when}. I link inviati in precedenza non funzionano più.`,
    withdrawn: (v) => rich`Per precauzione abbiamo disattivato tutti i link precedenti ${v.when}.`,
    withdrawnNew: (v) =>
      rich`Per precauzione abbiamo disattivato tutti i link precedenti ${v.when}. Possiamo inviartene uno nuovo.`,
    objection: (v) =>
      rich`Un’attività non riconosciuta è stata segnalata ${v.when}. I link inviati in precedenza non funzionano più.`,
    addressChanged: (v) =>
      rich`L’indirizzo email dell’account è stato modificato ${v.when}. I link inviati in precedenza non funzionano più.`,
    addressChangedOld:
      "L’indirizzo email dell’account è cambiato. I link inviati al vecchio indirizzo non funzionano più.",
    helpUndo: (v) =>
      rich`Se il tuo account ha un indirizzo email che non riconosci, ${v.support(rich`contatta l’assistenza di ${v.product}`)}.`,
    helpObjection:
      "Se pensi che qualcun altro stia usando il tuo account, reimposta la password. Così tutte le altre sessioni vengono chiuse.",
    usedSignUp: (v) => rich`È stato usato ${v.when} per creare un account. Accedi con la password che hai scelto.`,
    usedReset: (v) => rich`È stato usato ${v.when} per scegliere una nuova password.`,
    usedResetNext: "Se eri tu, accedi con la nuova password. Se non eri tu, reimposta subito la password.",
    usedSignIn: (v) => rich`È stato usato ${v.when} per accedere.`,
    usedSignInNext:
      "Per accedere di nuovo, richiedi un nuovo link. Se non eri tu, apri la nostra email su quell’accesso e scegli “Non ero io”.",
    usedChange: (v) => rich`È stato usato ${v.when} per cambiare l’indirizzo email. Accedi con il nuovo indirizzo.`,
    usedUndo: (v) =>
      rich`È stato usato ${v.when} per recuperare l’account. Abbiamo inviato un’email con un link per scegliere una nuova password: controlla la posta.`,
    usedObjection: (v) =>
      rich`È stato usato ${v.when} per proteggere l’account. Abbiamo inviato un’email con un link per scegliere una nuova password: controlla la posta.`,
    newLink: "Inviami un nuovo link",
    resetPassword: "Reimposta la password",
    toAccount: "Vai al tuo account",
    signIn: "Accedi",
    signedIn: (v) => rich`Hai già effettuato l’accesso. ${v.account("Vai al tuo account")}`,
    knowPassword: (v) => rich`Conosci la password? ${v.signIn("Accedi")}`,
  },

  justUsed: {
    resetTitle: "La tua password è stata modificata",
    reset: "La tua password è stata modificata un attimo fa. Accedi con la nuova password.",
    signUpTitle: "Il tuo account è pronto",
    signUp: "Il tuo account è stato creato un attimo fa. Accedi con la password che hai scelto.",
    signInTitle: "Questo link è appena stato usato",
    signIn: "Un link di accesso funziona una sola volta. Se qui l’accesso non è attivo, richiedi un nuovo link.",
  },

  done: {
    reset: "La tua password è stata modificata",
    signUp: "Il tuo account è pronto",
    signIn: "Hai effettuato l’accesso",
  },

  cookies: {
    title: "Consenti i cookie per accedere",
    signIn: "La password è corretta, ma il tuo browser ha bloccato il cookie necessario per l’accesso.",
    signInLink: "Il link ha funzionato, ma il tuo browser ha bloccato il cookie necessario per l’accesso.",
    reset: "La tua password è stata modificata, ma il tuo browser ha bloccato il cookie necessario per l’accesso.",
    signUp: "Il tuo account è pronto, ma il tuo browser ha bloccato il cookie necessario per l’accesso.",
    emailChange:
      "Il tuo indirizzo email è stato modificato, ma il tuo browser ha bloccato il cookie necessario per l’accesso.",
    next: "Consenti i cookie per questo sito nelle impostazioni del browser, poi accedi.",
    button: "Accedi",
  },

  secure: {
    title: "Proteggi il tuo account",
    intro: (v) =>
      rich`Se non riconosci l’attività descritta nella nostra email, proteggi subito l’account di ${address(v.email)}. Ecco cosa succede:`,
    endSessions: "Tutte le sessioni vengono chiuse, anche in questo browser.",
    turnOff: "La password attuale e tutti i link che abbiamo inviato smettono di funzionare.",
    sendLink: "Ti inviamo per email un link per scegliere una nuova password.",
    button: "Proteggi il mio account",
    wasYou: "Eri tu? Chiudi questa pagina. Non è cambiato nulla.",
    doneTitle: "Il tuo account è al sicuro",
    done: "Tutte le sessioni sono state chiuse e la vecchia password non funziona più.",
    doneNext:
      "Ti abbiamo inviato un’email con un link per scegliere una nuova password. Se qualcun altro può leggere la tua posta, cambia prima la password della tua casella email.",
    again: (v) => rich`Non è arrivata? ${v.reset("Invia un altro link")}`,
  },

  undo: {
    title: "Proteggi il tuo account",
    intro: (v) =>
      rich`Se non hai cambiato tu l’indirizzo email, ripristina ${address(v.email)} e blocca l’accesso a chiunque altro. Ecco cosa succede:`,
    addressBack: "Il tuo indirizzo email viene ripristinato.",
    turnOff: "La password attuale e tutti gli altri link che abbiamo inviato smettono di funzionare.",
    doneTitle: "Il tuo account è al sicuro",
    done: "Il tuo indirizzo email è stato ripristinato. Tutte le sessioni sono state chiuse e la vecchia password non funziona più.",
    lockedTitle: "Il tuo account è bloccato",
    locked:
      "Tutte le sessioni sono state chiuse. La password e l’indirizzo email impostati da qualcun altro non funzionano più.",
    lockedNext: (v) =>
      rich`Il tuo vecchio indirizzo ora appartiene a un altro account, quindi non abbiamo potuto ripristinarlo. Finché la questione non è risolta, nessuno può accedere. ${v.support(rich`Contatta l’assistenza di ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "Non siamo riusciti a leggere il modulo",
    badRequest: "Torna indietro e riprova.",
    otherSiteTitle: "Il modulo proviene da un altro sito",
    otherSite:
      "Per la tua sicurezza accettiamo solo moduli inviati dalle nostre pagine. Ricomincia dalla pagina indicata qui sotto.",
    otherNameTitle: "Apri questo sito al suo indirizzo",
    otherName: (v) =>
      rich`Hai aperto questo sito all’indirizzo ${ltr(v.opened)}, ma i moduli funzionano solo su ${ltr(v.address)}. Aprilo lì e riprova.`,
    otherNameButton: (v) => rich`Apri ${ltr(v.address)}`,
    notFoundTitle: "Pagina non trovata",
    notFound:
      "Controlla che l’indirizzo non contenga errori. Se hai aperto un link da un’email, copia il link intero nel browser.",
    notAllowedTitle: "Questa pagina non si può aprire direttamente",
    notAllowed: "Ricomincia dalla pagina indicata qui sotto.",
    tooLargeTitle: "Il modulo era troppo grande",
    tooLarge: "Torna indietro, accorcia il testo inserito e riprova.",
    busyTitle: "In questo momento ci sono molte richieste",
    busy: "Riprova tra qualche secondo. Non è stato modificato nulla.",
    failedTitle: "Spiacenti, qualcosa è andato storto",
    failed: "È un errore nostro e non è stato modificato nulla. Riprova tra un minuto.",
    reference: (v) => rich`Se ci contatti, indica questo riferimento: ${ltr(v.id)}`,
    signIn: "Accedi",
    resetPassword: "Reimposta la password",
    signInLink: "Inviami un link di accesso",
    enterCode: "Inserisci un codice ricevuto via email",
    toAccount: "Vai al tuo account",
  },

  tooMany: {
    title: "Troppi tentativi",
    text: (v) => `Ci sono stati troppi tentativi, forse da parte di qualcun altro. Riprova tra ${v.duration}.`,
    soon: "Ci sono stati troppi tentativi, forse da parte di qualcun altro. Riprova tra qualche secondo.",
    resetTitle: "Reimposta la password per accedere",
    reset:
      "Per questo indirizzo email è stata inserita troppe volte una password errata, forse da qualcun altro. Per proteggere l’account, reimposta la password e poi accedi di nuovo.",
  },

  refused: {
    title: "Non puoi accedere in questo modo",
    text: "Non è possibile accedere a questo account in questo modo. Non è cambiato nulla.",
    linkWorks:
      "Non è possibile accedere a questo account in questo modo. Non è cambiato nulla e il tuo link funziona ancora.",
    next: (v) => rich`Prova ad accedere in un altro modo o ${v.support(rich`contatta l’assistenza di ${v.product}`)}.`,
  },
};
