import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in Italian. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Errore: ${v.title} – ${v.product}`,
    skip: "Vai al contenuto principale",
    help: "Aiuto",
    language: "Lingua",
    newTab: "(si apre in una nuova scheda)",
    needHelp: (v) => rich`Serve aiuto? ${v.support(rich`Contatta ${v.product}`)}`,
  },

  busy: {
    send: "Invio in corso…",
    signIn: "Accesso in corso…",
    signOut: "Uscita in corso…",
    save: "Salvataggio in corso…",
    create: "Creazione account…",
    check: "Verifica in corso…",
    wait: "Attendi…",
  },

  when: {
    ago: (v) => `${v.relative} (ore ${v.time})`,
    // "il 8" and "il 11" are wrong, "il giorno" goes with every day.
    on: (v) => `il giorno ${v.moment}`,
  },

  error: {
    heading: "C’è un problema",
    email: "Inserisci un indirizzo email nel formato corretto, per esempio name@example.com",
    emailEmpty: "Inserisci il tuo indirizzo email",
    emailNoAt: "Inserisci un indirizzo email con la @, per esempio name@example.com",
    emailSpace: "Inserisci l’indirizzo email senza spazi",
    emailSeveral: "Inserisci un solo indirizzo email",
    emailTooLong: "Inserisci un indirizzo email più breve",
    emailCharacter: (v) => `Inserisci l’indirizzo email senza “${v.character}”`,
    emailDomain: "Controlla la parte dopo la @. Deve essere simile a example.com",
  },

  email: {
    label: "Indirizzo email",
    didYouMean: (v) => `Intendevi ${v.email}?`,
  },

  password: {
    label: "Password",
    newLabel: "Nuova password",
    currentLabel: "Password attuale",
    yourLabel: "La tua password",
    hint: plural("it", {
      one: (n) =>
        `Usa almeno ${n} carattere. Vanno bene alcune parole a caso o una password suggerita dal tuo gestore di password.`,
      other: (n) =>
        `Usa almeno ${n} caratteri. Vanno bene alcune parole a caso o una password suggerita dal tuo gestore di password.`,
    }),
    show: "Mostra",
    hide: "Nascondi",
    showLabel: "Mostra la password",
    hideLabel: "Nascondi la password",
    shown: "La password è visibile",
    hidden: "La password è nascosta",
    capsLock: "Il blocco maiuscole è attivo",
    needed: plural("it", { one: (n) => `Ancora ${n} carattere`, other: (n) => `Ancora ${n} caratteri` }),
    enough: "Lunghezza sufficiente",
    forgot: (v) => rich`Non la ricordi? ${v.reset("Reimpostala via email")}`,
    empty: "Inserisci una password",
    tooShort: plural("it", {
      one: (n) => `La password deve avere almeno ${n} carattere`,
      other: (n) => `La password deve avere almeno ${n} caratteri`,
    }),
    tooLong: "Scegli una password più breve. Questa è troppo lunga per essere salvata.",
    illFormed: "Scegli un’altra password. Questa contiene caratteri che non possiamo salvare.",
    ownAddress: "Scegli una password diversa dal tuo indirizzo email. È troppo facile da indovinare.",
    localPart: "Scegli una password che non sia una parte del tuo indirizzo email. È troppo facile da indovinare.",
    productName: "Scegli una password diversa dal nome di questo servizio. È troppo facile da indovinare.",
    oneCharacter: "Scegli una password che non sia un solo carattere ripetuto. È troppo facile da indovinare.",
    repeated: "Scegli una password senza una sequenza che si ripete. È troppo facile da indovinare.",
    row: "Scegli una password che non sia una serie di lettere o di tasti, come “abcdef” o “qwerty”. È troppo facile da indovinare.",
    common: "Questa password è molto comune. Scegline una più difficile da indovinare.",
    breached:
      "Questa password è comparsa in una violazione di dati di un altro servizio. Scegline un’altra per proteggere il tuo account.",
  },

  code: {
    label: "Codice di 8 cifre",
    hint: "Si trova nell’email che abbiamo inviato. Puoi incollarlo.",
    errorFormat: "Inserisci il codice di 8 cifre contenuto nell’email",
    errorEmpty: "Inserisci il codice di 8 cifre contenuto nell’email",
    errorWrong: plural("it", {
      one: (n) => `Il codice non è corretto. Hai ancora ${n} tentativo.`,
      other: (n) => `Il codice non è corretto. Hai ancora ${n} tentativi.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`In questo browser è aperta una sessione come ${address(v.current)}. Se continui, verrà chiusa e se ne aprirà una come ${address(v.next)}.`,
    continueTo: (v) => rich`Continua su ${ltr(v.path)}`,
  },

  again: {
    button: "Invia una nuova email",
  },

  signIn: {
    title: (v) => `Accedi a ${v.product}`,
    shortTitle: "Accedi",
    errorSummary: "Indirizzo email o password non corretti",
    error: (v) => rich`Indirizzo email o password non corretti. Riprova o ${v.reset("reimposta la password")}.`,
    already: (v) =>
      rich`Hai già effettuato l’accesso come ${address(v.email)}. ${v.account("Vai al tuo account")} o accedi qui sotto con un altro.`,
    button: "Accedi",
    or: "oppure",
    byLink: "Inviami un link di accesso",
    forgot: "Password dimenticata?",
    new: (v) => rich`È la prima volta su ${v.product}? ${v.signUp("Crea un account")}`,
  },

  signUp: {
    title: "Crea il tuo account",
    intro: "Inserisci il tuo indirizzo email. Ti invieremo un link per confermarlo e scegliere una password.",
    button: "Continua",
    have: (v) => rich`Hai già un account? ${v.signIn("Accedi")}`,
    closedTitle: "Al momento non è possibile creare un account",
    closed: (v) => rich`${v.product} non accetta nuovi account. Se ne hai già uno, ${v.signIn("accedi")}.`,
  },

  choose: {
    title: "Scegli una password",
    intro: "Il tuo indirizzo email è confermato. Scegli una password per completare la creazione dell’account.",
    button: "Crea account",
  },

  invited: {
    title: "Scegli una password",
    intro: "È stato creato un account per te. Scegli una password per iniziare a usarlo.",
    button: "Salva la password e accedi",
  },

  forgot: {
    title: "Reimposta la password",
    intro:
      "Inserisci l’indirizzo email con cui hai creato l’account. Ti invieremo un link per scegliere una nuova password.",
    button: "Inviami un link di reimpostazione",
    back: "Torna all’accesso",
  },

  reset: {
    title: "Scegli una nuova password",
    intro: "Accederai qui e tutte le altre sessioni verranno chiuse.",
    button: "Salva la password e accedi",
  },

  check: {
    title: "Controlla la tua email",
    reset: (v) =>
      rich`Se esiste un account per ${address(v.email)}, entro un minuto circa riceverai un’email da ${v.product}. Apri il link che contiene oppure inserisci qui il codice.`,
    signIn: (v) =>
      rich`Se esiste un account per ${address(v.email)}, entro un minuto circa riceverai un’email da ${v.product}. Apri il link che contiene oppure inserisci qui il codice.`,
    signUp: (v) =>
      rich`Abbiamo inviato un’email a ${address(v.email)}. Apri il link che contiene oppure inserisci qui il codice.`,
    unknown:
      "Se esiste un account per l’indirizzo che hai inserito, entro un minuto circa riceverai un’email con un link.",
    unknownNext: "Apri il link per continuare. Puoi chiudere questa pagina.",
    changeAddress: "Cambia indirizzo email",
    webmail: (v) => `Apri ${v.webmail}`,
    orCode: "oppure inserisci il codice",
    button: "Continua",
    sentAgain: (v) =>
      rich`Se esiste un account per ${address(v.email)}, abbiamo inviato un’altra email. Le precedenti restano valide.`,
    sentAgainSignUp: "Abbiamo inviato un’altra email. Le precedenti restano valide.",
    helpTitle: "Non hai ricevuto l’email?",
    helpSearch: (v) =>
      rich`Cerca “${v.subject}” da ${ltr(v.sender)} e controlla la cartella dello spam o della posta indesiderata.`,
    helpSpam: "Controlla la cartella dello spam o della posta indesiderata.",
    helpTypo:
      "Controlla che l’indirizzo qui sopra non contenga errori. Forse hai creato l’account con un altro indirizzo.",
    helpAgain: "Richiedi un nuovo invio. Tutte le nostre email restano valide finché non ne usi una.",
    resend: "Invia di nuovo",
    resendIn: plural("it", {
      one: (n) => `Potrai inviarla di nuovo tra ${n} secondo`,
      other: (n) => `Potrai inviarla di nuovo tra ${n} secondi`,
    }),
    tooSoon: plural("it", {
      one: (n) => `Attendi ${n} secondo prima di inviarla di nuovo`,
      other: (n) => `Attendi ${n} secondi prima di inviarla di nuovo`,
    }),
    overTitle: "Ti serve un’altra email?",
    over: (v) =>
      rich`L’email inviata a ${address(v.email)} è già stata usata, oppure è stato inserito troppe volte un codice errato. Puoi richiederne una nuova.`,
    againReset: "Invia un altro link di reimpostazione",
    againSignIn: "Invia un altro link di accesso",
    againSignUp: "Invia un altro link per creare l’account",
  },

  link: {
    title: "Ricevi un link di accesso",
    intro: "Inserisci il tuo indirizzo email. Ti invieremo un link e un codice per accedere senza password.",
    button: "Inviami un link di accesso",
    password: "Accedi con la password",
  },

  confirm: {
    title: (v) => `Accedi a ${v.product}`,
    tap: (v) => rich`Continua per accedere come ${address(v.email)}.`,
    code: "Hai richiesto questo link in un altro browser. Per accedere qui, inserisci il codice di 8 cifre contenuto nella stessa email.",
    button: (v) => rich`Accedi come ${ltr(v.email)}`,
    noCode: (v) => rich`Non trovi il codice? ${v.link("Richiedi un nuovo link in questo browser")}`,
    notYou: "Non hai fatto tu questa richiesta? Chiudi questa pagina. Non è cambiato nulla.",
  },

  me: {
    title: "Il tuo account",
    signedInAs: (v) => rich`Accesso effettuato come ${address(v.email)}`,
    signOut: "Esci",
    change: "Modifica",
    changeEmailLabel: "Modifica l’indirizzo email",
    changePasswordLabel: "Modifica la password",
    passwordChanged: (v) => rich`Ultima modifica: ${v.date}`,
    noPassword: "Non hai ancora scelto una password",
    choosePassword: (v) => rich`${v.reset("Scegli una password via email")}`,
    sessions: "Le tue sessioni",
    thisBrowser: "Questo browser",
    activeNow: (v) => rich`Attivo adesso · Accesso: ${v.date}`,
    lastActive: (v) => rich`Ultima attività: ${v.seen} · Accesso: ${v.date}`,
    endOne: "Esci",
    endOneLabel: (v) => `Esci da ${v.browser}, ultima attività: ${v.seen}`,
    endOthers: "Esci da tutti gli altri browser",
    endedOne: (v) => rich`Sessione chiusa: ${v.browser}.`,
    endedOthers: "Tutte le altre sessioni sono state chiuse.",
    password: "Modifica la password",
    passwordNote: "Questa sessione resterà aperta. Tutte le altre verranno chiuse.",
    passwordButton: "Modifica la password",
    wrongCurrent: "Non è la tua password attuale. Riprova.",
    doneReset: "La tua password è stata modificata. Abbiamo chiuso tutte le altre sessioni.",
    doneChange: "La tua password è stata modificata. Abbiamo chiuso tutte le altre sessioni.",
    doneSignUp: "Il tuo account è pronto.",
  },

  browser: {
    onSystem: (v) => `${v.browser} su ${v.system}`,
    unknown: "Browser sconosciuto",
    computer: "Computer",
    phone: "Telefono",
    tablet: "Tablet",
    unknownDevice: "Dispositivo sconosciuto",
  },

  emailChange: {
    title: "Modifica l’indirizzo email",
    note: "Invieremo un link di conferma al nuovo indirizzo. Quando lo apri, il tuo indirizzo cambia e tutte le altre sessioni vengono chiuse.",
    current: (v) => rich`Il tuo indirizzo email è ${address(v.email)}.`,
    new: "Nuovo indirizzo email",
    button: "Invia il link di conferma",
    asked: (v) =>
      rich`Controlla la posta di ${address(v.email)} e apri il link nella nostra email. Fino ad allora il tuo indirizzo resta lo stesso. Non è arrivata? Controlla che l’indirizzo non contenga errori e riprova.`,
    askedUnnamed:
      "Controlla la posta del nuovo indirizzo e apri il link nella nostra email. Fino ad allora il tuo indirizzo resta lo stesso. Non è arrivata? Controlla che l’indirizzo non contenga errori e riprova.",
    wrongPassword: "Non è la tua password. Riprova.",
    same: "È già il tuo indirizzo email. Inseriscine un altro.",
  },

  address: {
    title: "Conferma il nuovo indirizzo email",
    what: (v) =>
      rich`Stai cambiando il tuo indirizzo email da ${address(v.from)} a ${address(v.to)}. Userai quello nuovo per accedere e lì riceverai le email sul tuo account.`,
    everywhere: "Tutte le tue sessioni verranno chiuse. Invieremo un’email di conferma a entrambi gli indirizzi.",
    everywhereElse: "Tutte le altre sessioni verranno chiuse. Invieremo un’email di conferma a entrambi gli indirizzi.",
    button: "Cambia indirizzo email",
    wrongPassword: "La password non è corretta. Riprova.",
    forgot: (v) =>
      rich`Non la ricordi? Apri questo link in un browser in cui hai effettuato l’accesso. Oppure ${v.reset("reimposta la password")} e poi cambia di nuovo l’indirizzo email: questo link non funzionerà più.`,
    doneTitle: "Il tuo indirizzo email è stato modificato",
    done: (v) => rich`Il tuo indirizzo email ora è ${address(v.email)}. Abbiamo chiuso tutte le tue sessioni.`,
    doneElse: (v) => rich`Il tuo indirizzo email ora è ${address(v.email)}. Abbiamo chiuso tutte le altre sessioni.`,
    toAccount: "Vai al tuo account",
    signIn: "Accedi con il nuovo indirizzo",
    told: "Abbiamo inviato un’email di conferma a entrambi gli indirizzi.",
  },
};
