import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in Italian. */
export const mail: MailWords = {
  common: {
    preheader: (v) => `Usa questo link entro ${v.duration}. Non l’hai richiesto tu? Puoi ignorare questa email.`,
    preheaderNotice: "Se non eri tu, proteggi subito il tuo account.",
    once: (v) => `Questo link funziona una sola volta e scade tra ${v.duration}.`,
    copyLink: "Oppure copia questo link nel browser:",
    action: (v) => `${v.label}:`,
    code: (v) => `Oppure inserisci questo codice nella pagina in cui l’hai richiesto. Scade tra ${v.duration}.`,
    codeLink: (v) =>
      `Oppure inserisci questo codice nella pagina in cui l’hai richiesto, o dopo aver aperto il link in un altro browser. Scade tra ${v.duration}.`,
    neverShare: "Non comunicare mai questo codice a nessuno, nemmeno a noi.",
    row: (v) => `${v.label}: ${v.value}`,
    browser: "Browser",
    when: "Quando",
    from: "Prima",
    to: "Ora",
    wasYou: "Se riconosci questa attività, non devi fare nulla.",
    secure: (v) =>
      rich`${strong`Non eri tu?`} Proteggi il tuo account. Chiuderemo tutte le sessioni, disattiveremo la password attuale e ti invieremo un link per sceglierne una nuova. Puoi farlo per ${v.duration}.`,
    notMe: "Non ero io",
    expired: (v) => rich`Il link è scaduto? ${v.again("Richiedine uno nuovo")}`,
    mailboxFirst: "Se qualcun altro può leggere la tua posta, cambia prima la password della tua casella email.",
    why: (v) => rich`Ricevi questa email perché è necessaria per la sicurezza del tuo account su ${v.product}.`,
    support: (v) => rich`Questa email è stata inviata automaticamente. Serve aiuto? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Reimposta la tua password di ${v.product}`,
    heading: "Reimposta la password",
    intro: (v) =>
      rich`Abbiamo ricevuto una richiesta di reimpostare la password del tuo account su ${v.product}. Scegline una nuova qui:`,
    introSecured: (v) =>
      rich`Ci hai comunicato che non eri tu, quindi abbiamo chiuso tutte le sessioni del tuo account su ${v.product} e disattivato la vecchia password. Scegline una nuova qui:`,
    preheaderSecured: (v) => `Scegli una nuova password. Il link scade tra ${v.duration}.`,
    action: "Scegli una nuova password",
    note: rich`${strong`Non hai fatto tu questa richiesta?`} Puoi ignorare questa email. La tua password cambia solo se usi il link o il codice.`,
  },

  signIn: {
    subject: (v) => `Accedi a ${v.product}`,
    heading: (v) => `Accedi a ${v.product}`,
    intro: "Apri questo link nel browser in cui l’hai richiesto.",
    introWithCode:
      "Apri questo link nel browser in cui l’hai richiesto. In un altro browser servirà anche il codice qui sotto.",
    action: "Accedi",
    note: rich`${strong`Non hai fatto tu questa richiesta?`} Puoi ignorare questa email. Senza di essa nessuno può accedere.`,
  },

  signUp: {
    subject: (v) => `Completa la creazione del tuo account su ${v.product}`,
    heading: "Conferma il tuo indirizzo email",
    intro: (v) =>
      rich`Conferma il tuo indirizzo email e scegli una password per completare la creazione del tuo account su ${v.product}.`,
    action: "Conferma l’indirizzo email",
    note: rich`${strong`Non hai fatto tu questa richiesta?`} Puoi ignorare questa email. Non verrà creato nessun account.`,
  },

  already: {
    subject: (v) => `Hai già un account su ${v.product}`,
    preheader: "Accedi o, se non ricordi la password, reimpostala.",
    heading: "Hai già un account",
    intro:
      "Qualcuno ha provato a creare un account con questo indirizzo email, ma ne hai già uno. Accedi o, se non ricordi la password, reimpostala.",
    action: "Accedi",
    reset: "Reimposta la password",
    note: rich`${strong`Non eri tu?`} Non devi fare nulla. Il tuo account non è cambiato.`,
  },

  pwChanged: {
    subject: (v) => `La tua password di ${v.product} è stata modificata`,
    heading: "La tua password è stata modificata",
    what: (v) =>
      rich`La password del tuo account su ${v.product} è stata modificata e tutte le altre sessioni sono state chiuse.`,
    note: "Inviamo questa email ogni volta che la tua password cambia.",
  },

  addrAsk: {
    subject: (v) => `Conferma il tuo nuovo indirizzo email per ${v.product}`,
    heading: "Conferma il nuovo indirizzo email",
    what: (v) =>
      rich`Hai chiesto di cambiare l’indirizzo email del tuo account su ${v.product} da ${ltr(v.from)} a questo. Confermalo qui:`,
    once: (v) =>
      `Questo link funziona una sola volta e scade tra ${v.duration}. Finché non confermi, non cambia nulla.`,
    action: "Conferma l’indirizzo email",
    note: rich`${strong`Non hai fatto tu questa richiesta?`} Puoi ignorare questa email. Senza la tua conferma non cambia nulla.`,
  },

  addrTaken: {
    subject: (v) => `Questo indirizzo email ha già un account su ${v.product}`,
    preheader: "Non può essere aggiunto a un secondo account.",
    heading: "Questo indirizzo email ha già un account",
    what: (v) =>
      rich`Qualcuno ha provato a usare questo indirizzo email per un altro account su ${v.product}. L’indirizzo ha già un account, quindi non è stato modificato nulla.`,
    next: "Se eri tu, accedi con questo indirizzo o cambia prima l’indirizzo email di quell’account.",
    action: "Accedi",
    note: rich`${strong`Non eri tu?`} Non devi fare nulla. Il tuo account non è cambiato.`,
  },

  addrChanged: {
    subject: (v) => `Il tuo indirizzo email per ${v.product} è stato modificato`,
    heading: "Il tuo indirizzo email è stato modificato",
    what: (v) => rich`L’indirizzo email del tuo account su ${v.product} è stato modificato.`,
    undo: (v) =>
      rich`${strong`Non eri tu?`} Recupera il tuo account. Ripristineremo questo indirizzo, chiuderemo tutte le sessioni e ti invieremo un link per scegliere una nuova password. Puoi farlo per ${v.duration}, anche se nel frattempo vengono modificati altri dati.`,
    secure: (v) =>
      rich`${strong`Non eri tu?`} Proteggi il tuo account. Chiuderemo tutte le sessioni, disattiveremo la password e invieremo a questo indirizzo un link per sceglierne una nuova. Puoi farlo per ${v.duration}.`,
    note: "Inviamo questa email sia al vecchio sia al nuovo indirizzo.",
  },

  addrUndone: {
    subject: (v) => `Il tuo indirizzo email per ${v.product} è stato ripristinato`,
    preheader: "Il passaggio a questo indirizzo è stato annullato.",
    heading: "La modifica è stata annullata",
    what: (v) =>
      rich`Chi usa l’indirizzo ${ltr(v.to)} ci ha comunicato di non aver cambiato in ${ltr(v.from)} l’indirizzo email del proprio account su ${v.product}. Per questo abbiamo ripristinato quello precedente.`,
    next: (v) =>
      rich`Se questo account è tuo e non hai fatto tu la richiesta, ${v.support(rich`contatta l’assistenza di ${v.product}`)}.`,
    note: "Inviamo questa email sia al vecchio sia al nuovo indirizzo.",
  },

  byLink: {
    subject: (v) => `Nuovo accesso al tuo account su ${v.product}`,
    heading: "Nuovo accesso al tuo account",
    what: (v) =>
      rich`È appena stato effettuato un accesso al tuo account su ${v.product} con un link o un codice di una nostra email.`,
    note: "Inviamo questa email dopo ogni accesso senza password.",
  },

  breach: {
    subject: (v) => `Scegli una nuova password per tornare ad accedere a ${v.product}`,
    preheader: "Per proteggere gli account abbiamo disattivato tutte le password. Scegline una nuova.",
    heading: "Scegli una nuova password",
    what: (v) =>
      rich`Per proteggere tutti gli account, abbiamo chiuso ogni sessione su ${v.product} e disattivato tutte le password. La tua vecchia password non funziona più.`,
    once: (v) => `Scegline una nuova qui. Il link funziona una sola volta e scade tra ${v.duration}.`,
    elsewhere: "Se hai usato la vecchia password anche altrove, cambiala anche lì.",
    action: "Scegli una nuova password",
    why: "Abbiamo inviato questa email a chiunque abbia un account. Non serviva una tua richiesta.",
  },

  invite: {
    subject: (v) => `Il tuo account su ${v.product} è pronto`,
    preheader: (v) => `Scegli una password per iniziare. Il link scade tra ${v.duration}.`,
    heading: "Scegli una password per iniziare",
    what: (v) => rich`È stato creato per te un account su ${v.product}. Scegli una password per iniziare.`,
    action: "Scegli una password",
    note: rich`${strong`Non aspettavi questa email?`} Puoi ignorarla. Senza questo link nessuno può usare l’account.`,
  },

  unknown: {
    subject: (v) => `Non abbiamo trovato il tuo account su ${v.product}`,
    preheader: "Forse hai creato l’account con un altro indirizzo email.",
    heading: "Nessun account con questo indirizzo email",
    what: (v) =>
      rich`Qualcuno ha inserito questo indirizzo email per accedere a ${v.product}, ma non esiste un account con questo indirizzo.`,
    next: "Se eri tu, prova con un altro indirizzo email. Forse hai creato l’account con un altro.",
    action: "Prova un altro indirizzo email",
    signUp: "Crea un account",
    note: rich`${strong`Non eri tu?`} Puoi ignorare questa email. Non abbiamo creato nessun account.`,
    why: (v) => rich`Ricevi questa email perché qualcuno ha inserito questo indirizzo su ${v.product}.`,
  },
};
