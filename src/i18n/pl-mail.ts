import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in Polish. */
export const mail: MailWords = {
  common: {
    preheader: (v) => `Ważność linku: ${v.duration}. Ta prośba nie pochodzi od Ciebie? Możesz zignorować tę wiadomość.`,
    preheaderNotice: "Jeśli to nie Ty, zabezpiecz teraz swoje konto.",
    once: (v) => `Ten link działa tylko raz. Ważność linku: ${v.duration}.`,
    copyLink: "Możesz też skopiować ten link do przeglądarki:",
    action: (v) => `${v.label}:`,
    code: (v) => `Możesz też wpisać ten kod na stronie, na której o niego poproszono. Ważność kodu: ${v.duration}.`,
    codeLink: (v) =>
      `Możesz też wpisać ten kod na stronie, na której o niego poproszono, lub po otwarciu linku w innej przeglądarce. Ważność kodu: ${v.duration}.`,
    neverShare: "Nigdy nikomu nie podawaj tego kodu, nawet nam.",
    row: (v) => `${v.label}: ${v.value}`,
    browser: "Przeglądarka",
    when: "Kiedy",
    from: "Poprzedni adres",
    to: "Nowy adres",
    wasYou: "Jeśli to Ty, nie musisz nic robić.",
    secure: (v) =>
      rich`${strong`To nie Ty?`} Zabezpiecz swoje konto. Zakończymy wszystkie sesje, wyłączymy obecne hasło i wyślemy Ci link do ustawienia nowego. Czas na tę decyzję: ${v.duration}.`,
    notMe: "To nie ja",
    expired: (v) => rich`Link wygasł? ${v.again("Poproś o nowy")}`,
    mailboxFirst: "Jeśli ktoś inny może czytać Twoją pocztę, najpierw zmień hasło do skrzynki.",
    why: (v) =>
      rich`Otrzymujesz tę wiadomość, ponieważ jest potrzebna do ochrony Twojego konta w serwisie ${v.product}.`,
    support: (v) => rich`Ta wiadomość została wysłana automatycznie. Potrzebujesz pomocy? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Zresetuj hasło do konta ${v.product}`,
    heading: "Zresetuj hasło",
    intro: (v) =>
      rich`Otrzymaliśmy prośbę o zresetowanie hasła do Twojego konta w serwisie ${v.product}. Ustaw nowe hasło tutaj:`,
    introSecured: (v) =>
      rich`Wiemy już od Ciebie, że ktoś inny działał na Twoim koncie. Zakończyliśmy więc wszystkie sesje w serwisie ${v.product} i wyłączyliśmy stare hasło. Ustaw nowe hasło tutaj:`,
    preheaderSecured: (v) => `Ustaw nowe hasło. Ważność linku: ${v.duration}.`,
    action: "Ustaw nowe hasło",
    note: rich`${strong`Ta prośba nie pochodzi od Ciebie?`} Możesz zignorować tę wiadomość. Hasło zmieni się tylko wtedy, gdy użyjesz linku lub kodu.`,
  },

  signIn: {
    subject: (v) => `Zaloguj się w serwisie ${v.product}`,
    heading: (v) => `Zaloguj się w serwisie ${v.product}`,
    intro: "Otwórz ten link w przeglądarce, w której o niego poproszono.",
    introWithCode:
      "Otwórz ten link w przeglądarce, w której o niego poproszono. W innej przeglądarce potrzebny będzie też kod poniżej.",
    action: "Zaloguj się",
    note: rich`${strong`Ta prośba nie pochodzi od Ciebie?`} Możesz zignorować tę wiadomość. Bez niej nikt się nie zaloguje.`,
  },

  signUp: {
    subject: (v) => `Dokończ tworzenie konta w serwisie ${v.product}`,
    heading: "Potwierdź adres e-mail",
    intro: (v) => rich`Potwierdź adres e-mail i ustaw hasło, aby dokończyć tworzenie konta w serwisie ${v.product}.`,
    action: "Potwierdź adres e-mail",
    note: rich`${strong`Ta prośba nie pochodzi od Ciebie?`} Możesz zignorować tę wiadomość. Konto nie zostanie utworzone.`,
  },

  already: {
    subject: (v) => `Masz już konto w serwisie ${v.product}`,
    preheader: "Zaloguj się, a jeśli nie pamiętasz hasła, zresetuj je.",
    heading: "Masz już konto",
    intro:
      "Próbowano utworzyć konto z tym adresem e-mail, ale już je masz. Zaloguj się, a jeśli nie pamiętasz hasła, zresetuj je.",
    action: "Zaloguj się",
    reset: "Zresetuj hasło",
    note: rich`${strong`To nie Ty?`} Nie musisz nic robić. Na Twoim koncie nic się nie zmieniło.`,
  },

  pwChanged: {
    subject: (v) => `Hasło do konta ${v.product} zostało zmienione`,
    heading: "Twoje hasło zostało zmienione",
    what: (v) =>
      rich`Hasło do Twojego konta w serwisie ${v.product} zostało zmienione, a wszystkie pozostałe sesje zostały zakończone.`,
    note: "Wysyłamy tę wiadomość po każdej zmianie hasła.",
  },

  addrAsk: {
    subject: (v) => `Potwierdź nowy adres e-mail w serwisie ${v.product}`,
    heading: "Potwierdź nowy adres e-mail",
    what: (v) =>
      rich`Otrzymaliśmy prośbę o zmianę adresu e-mail Twojego konta w serwisie ${v.product} z ${ltr(v.from)} na ten adres. Potwierdź zmianę tutaj:`,
    once: (v) => `Ten link działa tylko raz. Ważność linku: ${v.duration}. Do czasu potwierdzenia nic się nie zmieni.`,
    action: "Potwierdź adres e-mail",
    note: rich`${strong`Ta prośba nie pochodzi od Ciebie?`} Możesz zignorować tę wiadomość. Bez potwierdzenia nic się nie zmieni.`,
  },

  addrTaken: {
    subject: (v) => `Ten adres e-mail ma już konto w serwisie ${v.product}`,
    preheader: "Nie można dodać go do drugiego konta.",
    heading: "Ten adres e-mail ma już konto",
    what: (v) =>
      rich`Próbowano użyć tego adresu e-mail do innego konta w serwisie ${v.product}. Ten adres ma już konto, więc nic nie zostało zmienione.`,
    next: "Jeśli to Ty, zaloguj się tym adresem lub najpierw zmień adres e-mail tamtego konta.",
    action: "Zaloguj się",
    note: rich`${strong`To nie Ty?`} Nie musisz nic robić. Na Twoim koncie nic się nie zmieniło.`,
  },

  addrChanged: {
    subject: (v) => `Adres e-mail konta ${v.product} został zmieniony`,
    heading: "Twój adres e-mail został zmieniony",
    what: (v) => rich`Adres e-mail Twojego konta w serwisie ${v.product} został zmieniony.`,
    undo: (v) =>
      rich`${strong`To nie Ty?`} Odzyskaj swoje konto. Przywrócimy ten adres, zakończymy wszystkie sesje i wyślemy Ci link do ustawienia nowego hasła. Możesz to zrobić nawet wtedy, gdy w międzyczasie zmienią się inne dane. Czas na tę decyzję: ${v.duration}.`,
    secure: (v) =>
      rich`${strong`To nie Ty?`} Zabezpiecz swoje konto. Zakończymy wszystkie sesje, wyłączymy hasło i wyślemy na ten adres link do ustawienia nowego. Czas na tę decyzję: ${v.duration}.`,
    note: "Wysyłamy tę wiadomość na stary i na nowy adres.",
  },

  addrUndone: {
    subject: (v) => `Przywrócono adres e-mail konta ${v.product}`,
    preheader: "Zmiana na ten adres została cofnięta.",
    heading: "Zmiana została cofnięta",
    what: (v) =>
      rich`Osoba korzystająca z adresu ${ltr(v.to)} poinformowała nas, że zmiana adresu e-mail jej konta w serwisie ${v.product} na ${ltr(v.from)} nie pochodzi od niej. Dlatego przywróciliśmy poprzedni adres.`,
    next: (v) =>
      rich`Jeśli to Twoje konto, a ta decyzja nie pochodzi od Ciebie, ${v.support(rich`skontaktuj się z pomocą serwisu ${v.product}`)}.`,
    note: "Wysyłamy tę wiadomość na stary i na nowy adres.",
  },

  byLink: {
    subject: (v) => `Nowe logowanie na konto w serwisie ${v.product}`,
    heading: "Nowe logowanie na Twoje konto",
    what: (v) =>
      rich`Na Twoje konto w serwisie ${v.product} właśnie zalogowano się linkiem lub kodem z naszej wiadomości.`,
    note: "Wysyłamy tę wiadomość po każdym logowaniu bez hasła.",
  },

  breach: {
    subject: (v) => `Ustaw nowe hasło, aby znów zalogować się w serwisie ${v.product}`,
    preheader: "Dla bezpieczeństwa kont wyłączyliśmy wszystkie hasła. Ustaw nowe.",
    heading: "Ustaw nowe hasło",
    what: (v) =>
      rich`Dla bezpieczeństwa wszystkich kont zakończyliśmy wszystkie sesje w serwisie ${v.product} i wyłączyliśmy wszystkie hasła. Twoje stare hasło już nie działa.`,
    once: (v) => `Ustaw nowe hasło tutaj. Link działa tylko raz. Ważność linku: ${v.duration}.`,
    elsewhere: "Jeśli używasz starego hasła także gdzie indziej, zmień je również tam.",
    action: "Ustaw nowe hasło",
    why: "Wysłaliśmy tę wiadomość do wszystkich osób, które mają konto. Nie trzeba było o nią prosić.",
  },

  invite: {
    subject: (v) => `Twoje konto w serwisie ${v.product} jest gotowe`,
    preheader: (v) => `Ustaw hasło, aby zacząć. Ważność linku: ${v.duration}.`,
    heading: "Ustaw hasło, aby zacząć",
    what: (v) => rich`Utworzono dla Ciebie konto w serwisie ${v.product}. Ustaw hasło, aby zacząć.`,
    action: "Ustaw hasło",
    note: rich`${strong`Ta wiadomość Cię zaskoczyła?`} Możesz ją zignorować. Bez tego linku nikt nie może korzystać z konta.`,
  },

  unknown: {
    subject: (v) => `Nie znaleźliśmy Twojego konta w serwisie ${v.product}`,
    preheader: "Być może Twoje konto ma inny adres e-mail.",
    heading: "Brak konta z tym adresem e-mail",
    what: (v) =>
      rich`Ktoś wpisał ten adres e-mail, aby zalogować się w serwisie ${v.product}, ale nie ma konta z tym adresem.`,
    next: "Jeśli to Ty, spróbuj z innym adresem e-mail. Być może Twoje konto ma inny adres.",
    action: "Spróbuj z innym adresem e-mail",
    signUp: "Utwórz konto",
    note: rich`${strong`To nie Ty?`} Możesz zignorować tę wiadomość. Nie utworzyliśmy konta.`,
    why: (v) => rich`Otrzymujesz tę wiadomość, ponieważ ktoś wpisał ten adres w serwisie ${v.product}.`,
  },
};
