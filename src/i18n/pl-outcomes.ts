import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in Polish. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Wpisz kod tam, skąd pochodzi prośba o niego",
    elsewhere: "Kod działa tylko w przeglądarce, w której o niego poproszono, i tylko przez krótki czas.",
    notAgainTitle: "Nie możemy ponownie wysłać tej wiadomości",
    notAgain:
      "Wiadomość można wysłać ponownie tylko z przeglądarki, w której o nią poproszono, i tylko przez krótki czas. Zacznij od nowa, aby otrzymać nową.",
    usedTitle: "Ta wiadomość została już użyta",
    used: "Link lub kod z tej wiadomości został już użyty. Jeśli nadal chcesz się zalogować, wyślij nową wiadomość.",
    triesTitle: "Zbyt wiele błędnych kodów",
    tries:
      "Dla bezpieczeństwa konta wysłane kody już nie działają. Link z wiadomości nadal działa w tej przeglądarce. Możesz też wysłać nową wiadomość z nowym kodem.",
    start: "Zacznij od nowa",
  },

  dead: {
    expiredTitle: "Ten link wygasł",
    expired: (v) => rich`Link wygasł ${v.when}.`,
    expiredNew: (v) => rich`Link wygasł ${v.when}. Możemy wysłać Ci nowy.`,
    expiredNewTo: (v) => rich`Link wygasł ${v.when}. Możemy wysłać nowy na adres ${address(v.email)}.`,
    invitationTitle: "To zaproszenie wygasło",
    invitation: (v) => rich`Zaproszenie wygasło ${v.when}. Możemy wysłać Ci nowy link do ustawienia hasła.`,
    unknownTitle: "Ten link nie działa",
    unknown: "Być może brakuje jego części. Otwórz go ponownie z wiadomości lub skopiuj cały link do przeglądarki.",
    unknownOld: "Może to być także stary link.",
    unknownOldNew: "Może to być także stary link. Możemy wysłać Ci nowy.",
    takenTitle: "Ten adres e-mail jest już używany",
    taken: "Po prośbie o zmianę utworzono konto z tym adresem. Twój adres e-mail się nie zmienił.",
    takenNext: "Zaloguj się na tamto konto lub najpierw zmień jego adres e-mail.",
    accountCreatedTitle: "Masz już konto",
    accountCreated:
      "Po wysłaniu linku utworzono konto z tym adresem e-mail. Zaloguj się, a jeśli nie znasz hasła, zresetuj je.",
    codeOverTitle: "Otwórz ten link w przeglądarce, w której o niego poproszono",
    codeOver:
      "W każdej innej przeglądarce potrzebny jest kod z tej samej wiadomości. Ten kod wygasł lub zbyt wiele razy wpisano go błędnie.",
    codeOverNext: "Wróć do tamtej przeglądarki lub poproś tutaj o nowy link.",
    usedTitle: "Ten link został już użyty",
    endedTitle: "Ten link już nie działa",
    replacedUndo: (v) => rich`Zmianę adresu e-mail cofnięto ${v.when}. Dlatego ten link został wyłączony.`,
    replaced: (v) => rich`Innego linku lub kodu użyto ${v.when}. Dlatego ten link już nie działa.`,
    passwordChanged: (v) => rich`Hasło zmieniono ${v.when}. Wysłane wcześniej linki już nie działają.`,
    withdrawn: (v) => rich`Ze względów bezpieczeństwa wyłączyliśmy wszystkie wcześniejsze linki ${v.when}.`,
    withdrawnNew: (v) =>
      rich`Ze względów bezpieczeństwa wyłączyliśmy wszystkie wcześniejsze linki ${v.when}. Możemy wysłać Ci nowy.`,
    objection: (v) => rich`Nieznaną aktywność zgłoszono ${v.when}. Wysłane wcześniej linki już nie działają.`,
    addressChanged: (v) => rich`Adres e-mail konta zmieniono ${v.when}. Wysłane wcześniej linki już nie działają.`,
    addressChangedOld: "Adres e-mail konta się zmienił. Linki wysłane na stary adres już nie działają.",
    helpUndo: (v) =>
      rich`Jeśli Twoje konto ma adres e-mail, którego nie rozpoznajesz, ${v.support(rich`skontaktuj się z pomocą serwisu ${v.product}`)}.`,
    helpObjection:
      "Jeśli podejrzewasz, że ktoś inny korzysta z Twojego konta, zresetuj hasło. To zakończy wszystkie pozostałe sesje.",
    usedSignUp: (v) => rich`Użyto go ${v.when} do utworzenia konta. Zaloguj się ustawionym wtedy hasłem.`,
    usedReset: (v) => rich`Użyto go ${v.when} do ustawienia nowego hasła.`,
    usedResetNext: "Jeśli to Ty, zaloguj się nowym hasłem. Jeśli nie, od razu zresetuj hasło.",
    usedSignIn: (v) => rich`Użyto go ${v.when} do zalogowania się.`,
    usedSignInNext:
      "Aby zalogować się ponownie, poproś o nowy link. Jeśli to nie Ty, otwórz naszą wiadomość o tym logowaniu i wybierz „To nie ja”.",
    usedChange: (v) => rich`Użyto go ${v.when} do zmiany adresu e-mail. Zaloguj się nowym adresem.`,
    usedUndo: (v) =>
      rich`Użyto go ${v.when} do odzyskania konta. Wysłaliśmy wiadomość z linkiem do ustawienia nowego hasła: sprawdź pocztę.`,
    usedObjection: (v) =>
      rich`Użyto go ${v.when} do zabezpieczenia konta. Wysłaliśmy wiadomość z linkiem do ustawienia nowego hasła: sprawdź pocztę.`,
    newLink: "Wyślij mi nowy link",
    resetPassword: "Zresetuj hasło",
    toAccount: "Przejdź do konta",
    signIn: "Zaloguj się",
    signedIn: (v) => rich`Twoja sesja jest aktywna. ${v.account("Przejdź do konta")}`,
    knowPassword: (v) => rich`Znasz hasło? ${v.signIn("Zaloguj się")}`,
  },

  justUsed: {
    resetTitle: "Twoje hasło zostało zmienione",
    reset: "Twoje hasło zostało przed chwilą zmienione. Zaloguj się nowym hasłem.",
    signUpTitle: "Twoje konto jest gotowe",
    signUp: "Twoje konto zostało przed chwilą utworzone. Zaloguj się ustawionym hasłem.",
    signInTitle: "Tego linku właśnie użyto",
    signIn: "Link do logowania działa tylko raz. Jeśli tutaj nie masz aktywnej sesji, poproś o nowy link.",
  },

  done: {
    reset: "Twoje hasło zostało zmienione",
    signUp: "Twoje konto jest gotowe",
    signIn: "Zalogowano",
  },

  cookies: {
    title: "Zezwól na pliki cookie, aby się zalogować",
    signIn: "Hasło jest prawidłowe, ale przeglądarka zablokowała plik cookie potrzebny do zalogowania.",
    signInLink: "Link zadziałał, ale przeglądarka zablokowała plik cookie potrzebny do zalogowania.",
    reset: "Twoje hasło zostało zmienione, ale przeglądarka zablokowała plik cookie potrzebny do zalogowania.",
    signUp: "Twoje konto jest gotowe, ale przeglądarka zablokowała plik cookie potrzebny do zalogowania.",
    emailChange:
      "Twój adres e-mail został zmieniony, ale przeglądarka zablokowała plik cookie potrzebny do zalogowania.",
    next: "W ustawieniach przeglądarki zezwól tej witrynie na pliki cookie, a potem zaloguj się.",
    button: "Zaloguj się",
  },

  secure: {
    title: "Zabezpiecz swoje konto",
    intro: (v) =>
      rich`Jeśli nie rozpoznajesz aktywności opisanej w naszej wiadomości, zabezpiecz teraz konto ${address(v.email)}. Oto co się stanie:`,
    endSessions: "Wszystkie sesje zostaną zakończone, także w tej przeglądarce.",
    turnOff: "Obecne hasło i wszystkie wysłane linki przestaną działać.",
    sendLink: "Wyślemy Ci wiadomość z linkiem do ustawienia nowego hasła.",
    button: "Zabezpiecz moje konto",
    wasYou: "To jednak Ty? Zamknij tę stronę. Nic się nie zmieniło.",
    doneTitle: "Twoje konto jest bezpieczne",
    done: "Wszystkie sesje zostały zakończone, a stare hasło już nie działa.",
    doneNext:
      "Wysłaliśmy Ci wiadomość z linkiem do ustawienia nowego hasła. Jeśli ktoś inny może czytać Twoją pocztę, najpierw zmień hasło do skrzynki.",
    again: (v) => rich`Wiadomość nie dotarła? ${v.reset("Wyślij nowy link")}`,
  },

  undo: {
    title: "Zabezpiecz swoje konto",
    intro: (v) =>
      rich`Jeśli zmiana adresu e-mail nie pochodzi od Ciebie, przywróć adres ${address(v.email)} i odetnij dostęp innym osobom. Oto co się stanie:`,
    addressBack: "Poprzedni adres e-mail zostanie przywrócony.",
    turnOff: "Obecne hasło i wszystkie inne wysłane linki przestaną działać.",
    doneTitle: "Twoje konto jest bezpieczne",
    done: "Poprzedni adres e-mail został przywrócony. Wszystkie sesje zostały zakończone, a stare hasło już nie działa.",
    lockedTitle: "Twoje konto jest zablokowane",
    locked: "Wszystkie sesje zostały zakończone. Hasło i adres e-mail ustawione przez kogoś innego już nie działają.",
    lockedNext: (v) =>
      rich`Twój poprzedni adres należy teraz do innego konta, więc nie mogliśmy go przywrócić. Do czasu wyjaśnienia sprawy nikt nie może się zalogować. ${v.support(rich`Skontaktuj się z pomocą serwisu ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "Nie udało się odczytać formularza",
    badRequest: "Wróć i spróbuj ponownie.",
    otherSiteTitle: "Formularz pochodzi z innej witryny",
    otherSite:
      "Dla Twojego bezpieczeństwa przyjmujemy tylko formularze z naszych stron. Zacznij od nowa na stronie poniżej.",
    otherNameTitle: "Otwórz tę witrynę pod jej własnym adresem",
    otherName: (v) =>
      rich`Ta witryna jest otwarta pod adresem ${ltr(v.opened)}, ale formularze działają tylko pod adresem ${ltr(v.address)}. Otwórz ją tam i spróbuj ponownie.`,
    otherNameButton: (v) => rich`Otwórz ${ltr(v.address)}`,
    notFoundTitle: "Nie znaleziono strony",
    notFound:
      "Sprawdź, czy w adresie nie ma literówki. Jeśli link pochodzi z wiadomości e-mail, skopiuj cały link do przeglądarki.",
    notAllowedTitle: "Tej strony nie można otworzyć bezpośrednio",
    notAllowed: "Zacznij od nowa na stronie poniżej.",
    tooLargeTitle: "Formularz był za duży",
    tooLarge: "Wróć, skróć wpisany tekst i spróbuj ponownie.",
    busyTitle: "Mamy teraz duży ruch",
    busy: "Spróbuj ponownie za kilka sekund. Nic nie zostało zmienione.",
    failedTitle: "Przepraszamy, coś poszło nie tak",
    failed: "To nasz błąd i nic nie zostało zmienione. Spróbuj ponownie za minutę.",
    reference: (v) => rich`W kontakcie z nami podaj ten numer: ${ltr(v.id)}`,
    signIn: "Zaloguj się",
    resetPassword: "Zresetuj hasło",
    signInLink: "Wyślij mi link do logowania",
    enterCode: "Wpisz kod z wiadomości e-mail",
    toAccount: "Przejdź do konta",
  },

  tooMany: {
    title: "Zbyt wiele prób",
    text: (v) =>
      `Było zbyt wiele prób, być może ze strony kogoś innego. Spróbuj później. Czas oczekiwania: ${v.duration}.`,
    soon: "Było zbyt wiele prób, być może ze strony kogoś innego. Spróbuj ponownie za kilka sekund.",
    resetTitle: "Zresetuj hasło, aby się zalogować",
    reset:
      "Dla tego adresu e-mail zbyt wiele razy wpisano złe hasło, być może zrobił to ktoś inny. Aby chronić konto i zalogować się ponownie, zresetuj hasło.",
  },

  refused: {
    title: "Nie można zalogować się w ten sposób",
    text: "Na to konto nie można zalogować się w ten sposób. Nic się nie zmieniło.",
    linkWorks: "Na to konto nie można zalogować się w ten sposób. Nic się nie zmieniło, a Twój link nadal działa.",
    next: (v) => rich`Zaloguj się w inny sposób lub ${v.support(rich`skontaktuj się z pomocą serwisu ${v.product}`)}.`,
  },
};
