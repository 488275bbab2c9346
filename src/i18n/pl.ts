import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

const HINT = "Dobrze sprawdza się kilka losowych słów lub propozycja menedżera haseł.";

/** The forms, the check-email page and the account page, in Polish. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Błąd: ${v.title} – ${v.product}`,
    skip: "Przejdź do treści",
    help: "Pomoc",
    language: "Język",
    newTab: "(otwiera się w nowej karcie)",
    needHelp: (v) => rich`Potrzebujesz pomocy? ${v.support(rich`Kontakt: ${v.product}`)}`,
  },

  busy: {
    send: "Wysyłanie…",
    signIn: "Logowanie…",
    signOut: "Wylogowywanie…",
    save: "Zapisywanie…",
    create: "Tworzenie konta…",
    check: "Sprawdzanie…",
    wait: "Proszę czekać…",
  },

  when: {
    ago: (v) => `${v.relative} (${v.time})`,
    // A date in the genitive is an adverbial without a preposition.
    on: (v) => v.moment,
  },

  error: {
    heading: "Wystąpił problem",
    email: "Wpisz adres e-mail w poprawnym formacie, na przykład name@example.com",
    emailEmpty: "Wpisz swój adres e-mail",
    emailNoAt: "Wpisz adres e-mail ze znakiem @, na przykład name@example.com",
    emailSpace: "Wpisz adres e-mail bez spacji",
    emailSeveral: "Wpisz tylko jeden adres e-mail",
    emailTooLong: "Wpisz krótszy adres e-mail",
    emailCharacter: (v) => `Wpisz adres e-mail bez znaku „${v.character}”`,
    emailDomain: "Sprawdź część po znaku @. Powinna wyglądać jak example.com",
  },

  email: {
    label: "Adres e-mail",
    didYouMean: (v) => `Czy chodzi o ${v.email}?`,
  },

  password: {
    label: "Hasło",
    newLabel: "Nowe hasło",
    currentLabel: "Obecne hasło",
    yourLabel: "Twoje hasło",
    hint: plural("pl", {
      one: (n) => `Użyj co najmniej ${n} znaku. ${HINT}`,
      few: (n) => `Użyj co najmniej ${n} znaków. ${HINT}`,
      many: (n) => `Użyj co najmniej ${n} znaków. ${HINT}`,
      other: (n) => `Użyj co najmniej ${n} znaku. ${HINT}`,
    }),
    show: "Pokaż",
    hide: "Ukryj",
    showLabel: "Pokaż hasło",
    hideLabel: "Ukryj hasło",
    shown: "Hasło jest widoczne",
    hidden: "Hasło jest ukryte",
    capsLock: "Caps Lock jest włączony",
    needed: plural("pl", {
      one: (n) => `Jeszcze ${n} znak`,
      few: (n) => `Jeszcze ${n} znaki`,
      many: (n) => `Jeszcze ${n} znaków`,
      other: (n) => `Jeszcze ${n} znaku`,
    }),
    enough: "Wystarczająca długość",
    forgot: (v) => rich`Nie pamiętasz hasła? ${v.reset("Zresetuj je przez e-mail")}`,
    empty: "Wpisz hasło",
    tooShort: plural("pl", {
      one: (n) => `Hasło musi mieć co najmniej ${n} znak`,
      few: (n) => `Hasło musi mieć co najmniej ${n} znaki`,
      many: (n) => `Hasło musi mieć co najmniej ${n} znaków`,
      other: (n) => `Hasło musi mieć co najmniej ${n} znaku`,
    }),
    tooLong: "Wybierz krótsze hasło. To jest za długie, aby je zapisać.",
    illFormed: "Wybierz inne hasło. To zawiera znaki, których nie możemy zapisać.",
    ownAddress: "Wybierz hasło inne niż Twój adres e-mail. Zbyt łatwo go odgadnąć.",
    localPart: "Wybierz hasło, które nie jest częścią Twojego adresu e-mail. Zbyt łatwo je odgadnąć.",
    productName: "Wybierz hasło inne niż nazwa tego serwisu. Zbyt łatwo ją odgadnąć.",
    oneCharacter: "Wybierz hasło z różnych znaków. Jeden powtórzony znak zbyt łatwo odgadnąć.",
    repeated: "Wybierz hasło bez powtarzającego się wzoru. Zbyt łatwo je odgadnąć.",
    row: "Wybierz hasło, które nie jest ciągiem liter lub klawiszy, jak „abcdef” czy „qwerty”. Zbyt łatwo je odgadnąć.",
    common: "To bardzo popularne hasło. Wybierz trudniejsze do odgadnięcia.",
    breached: "To hasło znalazło się w wycieku danych z innego serwisu. Wybierz inne, aby chronić swoje konto.",
  },

  code: {
    label: "8-cyfrowy kod",
    hint: "Znajdziesz go w wiadomości od nas. Możesz go wkleić.",
    errorFormat: "Wpisz 8-cyfrowy kod z wiadomości e-mail",
    errorEmpty: "Wpisz 8-cyfrowy kod z wiadomości e-mail",
    errorWrong: plural("pl", {
      one: (n) => `Ten kod jest nieprawidłowy. Pozostała ${n} próba.`,
      few: (n) => `Ten kod jest nieprawidłowy. Pozostały ${n} próby.`,
      many: (n) => `Ten kod jest nieprawidłowy. Pozostało ${n} prób.`,
      other: (n) => `Ten kod jest nieprawidłowy. Pozostało ${n} próby.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`W tej przeglądarce trwa sesja konta ${address(v.current)}. Jeśli przejdziesz dalej, zakończymy ją i zalogujemy Cię jako ${address(v.next)}.`,
    continueTo: (v) => rich`Przejdź do ${ltr(v.path)}`,
  },

  again: {
    button: "Wyślij nową wiadomość",
  },

  signIn: {
    title: (v) => `Zaloguj się w serwisie ${v.product}`,
    shortTitle: "Zaloguj się",
    errorSummary: "Nieprawidłowy adres e-mail lub hasło",
    error: (v) => rich`Nieprawidłowy adres e-mail lub hasło. Spróbuj ponownie lub ${v.reset("zresetuj hasło")}.`,
    already: (v) =>
      rich`Trwa już sesja konta ${address(v.email)}. ${v.account("Przejdź do konta")} lub zaloguj się poniżej na inne.`,
    button: "Zaloguj się",
    or: "lub",
    byLink: "Wyślij mi link do logowania",
    forgot: "Nie pamiętasz hasła?",
    new: (v) => rich`Nie masz konta w serwisie ${v.product}? ${v.signUp("Utwórz konto")}`,
  },

  signUp: {
    title: "Utwórz konto",
    intro: "Wpisz swój adres e-mail. Wyślemy Ci link, aby potwierdzić adres i ustawić hasło.",
    button: "Dalej",
    have: (v) => rich`Masz już konto? ${v.signIn("Zaloguj się")}`,
    closedTitle: "Obecnie nie można utworzyć konta",
    closed: (v) =>
      rich`Serwis ${v.product} nie przyjmuje nowych kont. Jeśli masz już konto, ${v.signIn("zaloguj się")}.`,
  },

  choose: {
    title: "Ustaw hasło",
    intro: "Adres e-mail został potwierdzony. Ustaw hasło, aby dokończyć tworzenie konta.",
    button: "Utwórz konto",
  },

  invited: {
    title: "Ustaw hasło",
    intro: "Utworzono dla Ciebie konto. Ustaw hasło, aby zacząć z niego korzystać.",
    button: "Zapisz hasło i zaloguj się",
  },

  forgot: {
    title: "Zresetuj hasło",
    intro: "Wpisz adres e-mail, na który założono konto. Wyślemy Ci link do ustawienia nowego hasła.",
    button: "Wyślij mi link do zresetowania hasła",
    back: "Wróć do logowania",
  },

  reset: {
    title: "Ustaw nowe hasło",
    intro: "Zalogujemy Cię tutaj, a wszystkie pozostałe sesje zakończymy.",
    button: "Zapisz hasło i zaloguj się",
  },

  check: {
    title: "Sprawdź pocztę",
    reset: (v) =>
      rich`Jeśli istnieje konto z adresem ${address(v.email)}, w ciągu około minuty otrzymasz wiadomość z serwisu ${v.product}. Otwórz link z wiadomości lub wpisz tutaj kod.`,
    signIn: (v) =>
      rich`Jeśli istnieje konto z adresem ${address(v.email)}, w ciągu około minuty otrzymasz wiadomość z serwisu ${v.product}. Otwórz link z wiadomości lub wpisz tutaj kod.`,
    signUp: (v) =>
      rich`Wysłaliśmy wiadomość na adres ${address(v.email)}. Otwórz link z wiadomości lub wpisz tutaj kod.`,
    unknown: "Jeśli istnieje konto z podanym adresem, w ciągu około minuty otrzymasz wiadomość e-mail z linkiem.",
    unknownNext: "Otwórz ten link, aby przejść dalej. Tę stronę możesz zamknąć.",
    changeAddress: "Zmień adres e-mail",
    webmail: (v) => `Otwórz ${v.webmail}`,
    orCode: "lub wpisz kod",
    button: "Dalej",
    sentAgain: (v) =>
      rich`Jeśli istnieje konto z adresem ${address(v.email)}, wysłaliśmy kolejną wiadomość. Wcześniejsze nadal działają.`,
    sentAgainSignUp: "Wysłaliśmy kolejną wiadomość. Wcześniejsze nadal działają.",
    helpTitle: "Wiadomość nie dotarła?",
    helpSearch: (v) => rich`Poszukaj wiadomości „${v.subject}” od ${ltr(v.sender)}, także w folderze ze spamem.`,
    helpSpam: "Sprawdź folder ze spamem.",
    helpTypo: "Sprawdź, czy w adresie powyżej nie ma literówki. Konto może też mieć inny adres.",
    helpAgain: "Wyślij wiadomość ponownie. Wszystkie działają, dopóki nie użyjesz jednej z nich.",
    resend: "Wyślij ponownie",
    resendIn: plural("pl", {
      one: (n) => `Możesz wysłać ponownie za ${n} sekundę`,
      few: (n) => `Możesz wysłać ponownie za ${n} sekundy`,
      many: (n) => `Możesz wysłać ponownie za ${n} sekund`,
      other: (n) => `Możesz wysłać ponownie za ${n} sekundy`,
    }),
    tooSoon: plural("pl", {
      one: (n) => `Poczekaj ${n} sekundę, zanim wyślesz ponownie`,
      few: (n) => `Poczekaj ${n} sekundy, zanim wyślesz ponownie`,
      many: (n) => `Poczekaj ${n} sekund, zanim wyślesz ponownie`,
      other: (n) => `Poczekaj ${n} sekundy, zanim wyślesz ponownie`,
    }),
    overTitle: "Potrzebujesz kolejnej wiadomości?",
    over: (v) =>
      rich`Wiadomość wysłana na adres ${address(v.email)} została już użyta albo zbyt wiele razy wpisano zły kod. Możesz wysłać nową.`,
    againReset: "Wyślij nowy link do zresetowania hasła",
    againSignIn: "Wyślij nowy link do logowania",
    againSignUp: "Wyślij nowy link do utworzenia konta",
  },

  link: {
    title: "Logowanie linkiem z e-maila",
    intro: "Wpisz swój adres e-mail. Wyślemy Ci link i kod do logowania – bez hasła.",
    button: "Wyślij mi link do logowania",
    password: "Zaloguj się hasłem",
  },

  confirm: {
    title: (v) => `Zaloguj się w serwisie ${v.product}`,
    tap: (v) => rich`Przejdź dalej, aby zalogować się jako ${address(v.email)}.`,
    code: "O ten link poproszono w innej przeglądarce. Aby zalogować się tutaj, wpisz 8-cyfrowy kod z tej samej wiadomości.",
    button: (v) => rich`Zaloguj się jako ${ltr(v.email)}`,
    noCode: (v) => rich`Nie możesz znaleźć kodu? ${v.link("Poproś o nowy link w tej przeglądarce")}`,
    notYou: "Ta prośba nie pochodzi od Ciebie? Zamknij tę stronę. Nic się nie zmieniło.",
  },

  me: {
    title: "Twoje konto",
    signedInAs: (v) => rich`Zalogowano jako ${address(v.email)}`,
    signOut: "Wyloguj się",
    change: "Zmień",
    changeEmailLabel: "Zmień adres e-mail",
    changePasswordLabel: "Zmień hasło",
    passwordChanged: (v) => rich`Ostatnia zmiana: ${v.date}`,
    noPassword: "To konto nie ma jeszcze hasła",
    choosePassword: (v) => rich`${v.reset("Ustaw hasło przez e-mail")}`,
    sessions: "Aktywne sesje",
    thisBrowser: "Ta przeglądarka",
    activeNow: (v) => rich`Aktywność: teraz · Logowanie: ${v.date}`,
    lastActive: (v) => rich`Ostatnia aktywność: ${v.seen} · Logowanie: ${v.date}`,
    endOne: "Wyloguj",
    endOneLabel: (v) => `Wyloguj: ${v.browser}, ostatnia aktywność: ${v.seen}`,
    endOthers: "Zakończ wszystkie pozostałe sesje",
    endedOne: (v) => rich`Zakończono sesję: ${v.browser}.`,
    endedOthers: "Wszystkie pozostałe sesje zostały zakończone.",
    password: "Zmień hasło",
    passwordNote: "Ta sesja pozostanie aktywna, a wszystkie pozostałe zostaną zakończone.",
    passwordButton: "Zmień hasło",
    wrongCurrent: "To nie jest Twoje obecne hasło. Spróbuj ponownie.",
    doneReset: "Twoje hasło zostało zmienione. Zakończyliśmy wszystkie pozostałe sesje.",
    doneChange: "Twoje hasło zostało zmienione. Zakończyliśmy wszystkie pozostałe sesje.",
    doneSignUp: "Twoje konto jest gotowe.",
  },

  browser: {
    onSystem: (v) => `${v.browser}, ${v.system}`,
    unknown: "Nieznana przeglądarka",
    computer: "Komputer",
    phone: "Telefon",
    tablet: "Tablet",
    unknownDevice: "Nieznane urządzenie",
  },

  emailChange: {
    title: "Zmień adres e-mail",
    note: "Wyślemy link potwierdzający na nowy adres. Gdy go otworzysz, adres się zmieni, a wszystkie pozostałe sesje zostaną zakończone.",
    current: (v) => rich`Twój adres e-mail to ${address(v.email)}.`,
    new: "Nowy adres e-mail",
    button: "Wyślij link potwierdzający",
    asked: (v) =>
      rich`Sprawdź pocztę ${address(v.email)} i otwórz link z wiadomości od nas. Do tego czasu adres się nie zmieni. Wiadomość nie dotarła? Sprawdź, czy w adresie nie ma literówki, i spróbuj ponownie.`,
    askedUnnamed:
      "Sprawdź pocztę pod nowym adresem i otwórz link z wiadomości od nas. Do tego czasu adres się nie zmieni. Wiadomość nie dotarła? Sprawdź, czy w adresie nie ma literówki, i spróbuj ponownie.",
    wrongPassword: "To nie jest Twoje hasło. Spróbuj ponownie.",
    same: "To już jest Twój adres e-mail. Wpisz inny.",
  },

  address: {
    title: "Potwierdź nowy adres e-mail",
    what: (v) =>
      rich`Zmieniasz adres e-mail z ${address(v.from)} na ${address(v.to)}. Nowy adres będzie służyć do logowania i na niego będziemy wysyłać wiadomości o koncie.`,
    everywhere: "Wszystkie sesje zostaną zakończone. Wyślemy potwierdzenie na oba adresy.",
    everywhereElse: "Wszystkie pozostałe sesje zostaną zakończone. Wyślemy potwierdzenie na oba adresy.",
    button: "Zmień adres e-mail",
    wrongPassword: "To nie jest prawidłowe hasło. Spróbuj ponownie.",
    forgot: (v) =>
      rich`Nie pamiętasz hasła? Otwórz ten link w przeglądarce, w której trwa Twoja sesja. Możesz też ${v.reset("zresetować hasło")}, a potem jeszcze raz zmienić adres e-mail: ten link przestanie wtedy działać.`,
    doneTitle: "Twój adres e-mail został zmieniony",
    done: (v) => rich`Twój adres e-mail to teraz ${address(v.email)}. Zakończyliśmy wszystkie sesje.`,
    doneElse: (v) => rich`Twój adres e-mail to teraz ${address(v.email)}. Zakończyliśmy wszystkie pozostałe sesje.`,
    toAccount: "Przejdź do konta",
    signIn: "Zaloguj się nowym adresem",
    told: "Wysłaliśmy potwierdzenie zmiany na oba adresy.",
  },
};
