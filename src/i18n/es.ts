import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in Spanish. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Error: ${v.title} – ${v.product}`,
    skip: "Ir al contenido principal",
    help: "Ayuda",
    language: "Idioma",
    newTab: "(se abre en una pestaña nueva)",
    needHelp: (v) => rich`¿Necesitas ayuda? ${v.support(rich`Contacta con ${v.product}`)}`,
  },

  busy: {
    send: "Enviando…",
    signIn: "Iniciando sesión…",
    signOut: "Cerrando sesión…",
    save: "Guardando…",
    create: "Creando la cuenta…",
    check: "Comprobando…",
    wait: "Un momento…",
  },

  when: {
    // Brackets avoid "a la 1:43" beside "a las 15:43".
    ago: (v) => `${v.relative} (${v.time})`,
    on: (v) => `el ${v.moment}`,
  },

  error: {
    heading: "Hay un problema",
    email: "Escribe una dirección de correo con el formato correcto, como name@example.com",
    emailEmpty: "Escribe tu dirección de correo",
    emailNoAt: "Escribe una dirección de correo con @, como name@example.com",
    emailSpace: "Escribe una dirección de correo sin espacios",
    emailSeveral: "Escribe una sola dirección de correo",
    emailTooLong: "Escribe una dirección de correo más corta",
    emailCharacter: (v) => `Escribe una dirección de correo sin “${v.character}”`,
    emailDomain: "Revisa la parte que sigue a la @. Debe parecerse a example.com",
  },

  email: {
    label: "Dirección de correo",
    didYouMean: (v) => `¿Querías decir ${v.email}?`,
  },

  password: {
    label: "Contraseña",
    newLabel: "Nueva contraseña",
    currentLabel: "Contraseña actual",
    yourLabel: "Tu contraseña",
    hint: plural("es", {
      one: (n) =>
        `Usa al menos ${n} carácter. Puedes combinar varias palabras al azar o usar la que sugiera tu gestor de contraseñas.`,
      other: (n) =>
        `Usa al menos ${n} caracteres. Puedes combinar varias palabras al azar o usar la que sugiera tu gestor de contraseñas.`,
    }),
    show: "Mostrar",
    hide: "Ocultar",
    showLabel: "Mostrar la contraseña",
    hideLabel: "Ocultar la contraseña",
    shown: "Tu contraseña está visible",
    hidden: "Tu contraseña está oculta",
    capsLock: "El bloqueo de mayúsculas está activado",
    needed: plural("es", { one: (n) => `Falta ${n} carácter`, other: (n) => `Faltan ${n} caracteres` }),
    enough: "Longitud suficiente",
    forgot: (v) => rich`¿No la recuerdas? ${v.reset("Restablécela por correo")}`,
    empty: "Escribe una contraseña",
    tooShort: plural("es", {
      one: (n) => `La contraseña debe tener al menos ${n} carácter`,
      other: (n) => `La contraseña debe tener al menos ${n} caracteres`,
    }),
    tooLong: "Elige una contraseña más corta. Esta es demasiado larga para guardarla.",
    illFormed: "Elige otra contraseña. Esta tiene caracteres que no podemos guardar.",
    ownAddress: "Elige una contraseña distinta de tu dirección de correo. Es demasiado fácil de adivinar.",
    localPart: "Elige una contraseña que no sea parte de tu dirección de correo. Es demasiado fácil de adivinar.",
    productName: "Elige una contraseña distinta del nombre de este servicio. Es demasiado fácil de adivinar.",
    oneCharacter: "Elige una contraseña que no repita un solo carácter. Es demasiado fácil de adivinar.",
    repeated: "Elige una contraseña que no repita una secuencia. Es demasiado fácil de adivinar.",
    row: "Elige una contraseña que no sea una serie de letras o teclas, como “abcdef” o “qwerty”. Es demasiado fácil de adivinar.",
    common: "Esa contraseña es muy común. Elige una más difícil de adivinar.",
    breached:
      "Esa contraseña apareció en una filtración de datos de otro servicio. Elige otra para proteger tu cuenta.",
  },

  code: {
    label: "Código de 8 dígitos",
    hint: "Está en el correo que enviamos. Puedes pegarlo.",
    errorFormat: "Escribe el código de 8 dígitos del correo",
    errorEmpty: "Escribe el código de 8 dígitos del correo",
    errorWrong: plural("es", {
      one: (n) => `Ese código no es correcto. Te queda ${n} intento.`,
      other: (n) => `Ese código no es correcto. Te quedan ${n} intentos.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`Hay una sesión iniciada como ${address(v.current)}. Si continúas, se cerrará y se iniciará otra como ${address(v.next)}.`,
    continueTo: (v) => rich`Continuar a ${ltr(v.path)}`,
  },

  again: {
    button: "Enviar otro correo",
  },

  signIn: {
    title: (v) => `Iniciar sesión en ${v.product}`,
    shortTitle: "Iniciar sesión",
    errorSummary: "Dirección de correo o contraseña incorrecta",
    error: (v) =>
      rich`Dirección de correo o contraseña incorrecta. Inténtalo de nuevo o ${v.reset("restablece tu contraseña")}.`,
    already: (v) =>
      rich`Ya hay una sesión iniciada como ${address(v.email)}. ${v.account("Ve a tu cuenta")} o inicia sesión abajo con otra.`,
    button: "Iniciar sesión",
    or: "o",
    byLink: "Recibir un enlace de acceso",
    forgot: "¿No recuerdas tu contraseña?",
    new: (v) => rich`¿Es tu primera vez en ${v.product}? ${v.signUp("Crea una cuenta")}`,
  },

  signUp: {
    title: "Crea tu cuenta",
    intro: "Escribe tu dirección de correo. Te enviaremos un enlace para confirmarla y elegir una contraseña.",
    button: "Continuar",
    have: (v) => rich`¿Ya tienes una cuenta? ${v.signIn("Inicia sesión")}`,
    closedTitle: "Ahora no es posible crear una cuenta",
    closed: (v) => rich`${v.product} no admite cuentas nuevas. Si ya tienes una, ${v.signIn("inicia sesión")}.`,
  },

  choose: {
    title: "Elige una contraseña",
    intro: "Tu dirección de correo está confirmada. Elige una contraseña para terminar de crear tu cuenta.",
    button: "Crear cuenta",
  },

  invited: {
    title: "Elige una contraseña",
    intro: "Se ha creado una cuenta para ti. Elige una contraseña para empezar a usarla.",
    button: "Guardar contraseña e iniciar sesión",
  },

  forgot: {
    title: "Restablece tu contraseña",
    intro:
      "Escribe la dirección de correo con la que creaste tu cuenta. Te enviaremos un enlace para elegir una nueva contraseña.",
    button: "Recibir enlace de restablecimiento",
    back: "Volver al inicio de sesión",
  },

  reset: {
    title: "Elige una nueva contraseña",
    intro: "Se iniciará sesión aquí y se cerrarán todas las demás sesiones.",
    button: "Guardar contraseña e iniciar sesión",
  },

  check: {
    title: "Revisa tu correo",
    reset: (v) =>
      rich`Si ${address(v.email)} tiene una cuenta, en un minuto aproximadamente recibirás un correo de ${v.product}. Abre el enlace que contiene o escribe el código aquí.`,
    signIn: (v) =>
      rich`Si ${address(v.email)} tiene una cuenta, en un minuto aproximadamente recibirás un correo de ${v.product}. Abre el enlace que contiene o escribe el código aquí.`,
    signUp: (v) =>
      rich`Hemos enviado un correo a ${address(v.email)}. Abre el enlace que contiene o escribe el código aquí.`,
    unknown:
      "Si hay una cuenta con la dirección que escribiste, en un minuto aproximadamente recibirás un correo con un enlace.",
    unknownNext: "Abre ese enlace para continuar. Puedes cerrar esta página.",
    changeAddress: "Cambiar la dirección de correo",
    webmail: (v) => `Abrir ${v.webmail}`,
    orCode: "o escribe el código",
    button: "Continuar",
    sentAgain: (v) =>
      rich`Si ${address(v.email)} tiene una cuenta, hemos enviado otro correo. Los anteriores siguen funcionando.`,
    sentAgainSignUp: "Hemos enviado otro correo. Los anteriores siguen funcionando.",
    helpTitle: "¿No te ha llegado el correo?",
    helpSearch: (v) =>
      rich`Busca “${v.subject}” de ${ltr(v.sender)} y revisa la carpeta de spam o de correo no deseado.`,
    helpSpam: "Revisa la carpeta de spam o de correo no deseado.",
    helpTypo: "Comprueba que la dirección de arriba esté bien escrita. Es posible que hayas creado tu cuenta con otra.",
    helpAgain: "Pide que se envíe de nuevo. Todos nuestros correos funcionan hasta que uses uno de ellos.",
    resend: "Enviar de nuevo",
    resendIn: plural("es", {
      one: (n) => `Podrás enviarlo de nuevo en ${n} segundo`,
      other: (n) => `Podrás enviarlo de nuevo en ${n} segundos`,
    }),
    tooSoon: plural("es", {
      one: (n) => `Espera ${n} segundo antes de enviarlo de nuevo`,
      other: (n) => `Espera ${n} segundos antes de enviarlo de nuevo`,
    }),
    overTitle: "¿Necesitas otro correo?",
    over: (v) =>
      rich`El correo que enviamos a ${address(v.email)} ya se ha usado, o se ha escrito un código incorrecto demasiadas veces. Puedes pedir uno nuevo.`,
    againReset: "Enviar otro enlace de restablecimiento",
    againSignIn: "Enviar otro enlace de acceso",
    againSignUp: "Enviar otro enlace para crear la cuenta",
  },

  link: {
    title: "Recibe un enlace de acceso",
    intro: "Escribe tu dirección de correo. Te enviaremos un enlace y un código para iniciar sesión sin contraseña.",
    button: "Recibir un enlace de acceso",
    password: "Iniciar sesión con contraseña",
  },

  confirm: {
    title: (v) => `Iniciar sesión en ${v.product}`,
    tap: (v) => rich`Continúa para iniciar sesión como ${address(v.email)}.`,
    code: "Pediste este enlace en otro navegador. Para iniciar sesión aquí, escribe el código de 8 dígitos del mismo correo.",
    button: (v) => rich`Iniciar sesión como ${ltr(v.email)}`,
    noCode: (v) => rich`¿No encuentras el código? ${v.link("Pide un nuevo enlace en este navegador")}`,
    notYou: "¿No has pedido esto? Cierra esta página. No ha cambiado nada.",
  },

  me: {
    title: "Tu cuenta",
    signedInAs: (v) => rich`Sesión iniciada como ${address(v.email)}`,
    signOut: "Cerrar sesión",
    change: "Cambiar",
    changeEmailLabel: "Cambiar la dirección de correo",
    changePasswordLabel: "Cambiar la contraseña",
    passwordChanged: (v) => rich`Último cambio: ${v.date}`,
    noPassword: "Todavía no has elegido una contraseña",
    choosePassword: (v) => rich`${v.reset("Elegir una contraseña por correo")}`,
    sessions: "Tus sesiones",
    thisBrowser: "Este navegador",
    activeNow: (v) => rich`Activa ahora · Inicio de sesión: ${v.date}`,
    lastActive: (v) => rich`Última actividad: ${v.seen} · Inicio de sesión: ${v.date}`,
    endOne: "Cerrar sesión",
    endOneLabel: (v) => `Cerrar la sesión de ${v.browser}, última actividad: ${v.seen}`,
    endOthers: "Cerrar todas las demás sesiones",
    endedOne: (v) => rich`Sesión cerrada: ${v.browser}.`,
    endedOthers: "Se han cerrado todas las demás sesiones.",
    password: "Cambiar la contraseña",
    passwordNote: "Esta sesión seguirá abierta. Todas las demás se cerrarán.",
    passwordButton: "Cambiar la contraseña",
    wrongCurrent: "Esa no es tu contraseña actual. Inténtalo de nuevo.",
    doneReset: "Tu contraseña se ha cambiado. Hemos cerrado todas las demás sesiones.",
    doneChange: "Tu contraseña se ha cambiado. Hemos cerrado todas las demás sesiones.",
    doneSignUp: "Tu cuenta está lista.",
  },

  browser: {
    onSystem: (v) => `${v.browser} en ${v.system}`,
    unknown: "Navegador desconocido",
    computer: "Equipo",
    phone: "Teléfono",
    tablet: "Tableta",
    unknownDevice: "Dispositivo desconocido",
  },

  emailChange: {
    title: "Cambiar la dirección de correo",
    note: "Enviaremos un enlace de confirmación a la nueva dirección. Cuando lo abras, tu dirección cambiará y se cerrarán todas las demás sesiones.",
    current: (v) => rich`Tu dirección de correo es ${address(v.email)}.`,
    new: "Nueva dirección de correo",
    button: "Enviar enlace de confirmación",
    asked: (v) =>
      rich`Revisa el correo de ${address(v.email)} y abre el enlace de nuestro mensaje. Hasta entonces, tu dirección seguirá siendo la misma. ¿No te ha llegado? Comprueba que la dirección esté bien escrita e inténtalo de nuevo.`,
    askedUnnamed:
      "Revisa el correo de tu nueva dirección y abre el enlace de nuestro mensaje. Hasta entonces, tu dirección seguirá siendo la misma. ¿No te ha llegado? Comprueba que la dirección esté bien escrita e inténtalo de nuevo.",
    wrongPassword: "Esa no es tu contraseña. Inténtalo de nuevo.",
    same: "Esa ya es tu dirección de correo. Escribe otra.",
  },

  address: {
    title: "Confirma tu nueva dirección de correo",
    what: (v) =>
      rich`Vas a cambiar tu dirección de correo de ${address(v.from)} a ${address(v.to)}. Usarás la nueva para iniciar sesión y recibirás en ella los correos sobre tu cuenta.`,
    everywhere: "Se cerrarán todas tus sesiones. Enviaremos un correo a ambas direcciones para confirmarlo.",
    everywhereElse: "Se cerrarán todas las demás sesiones. Enviaremos un correo a ambas direcciones para confirmarlo.",
    button: "Cambiar la dirección de correo",
    wrongPassword: "Esa no es la contraseña correcta. Inténtalo de nuevo.",
    forgot: (v) =>
      rich`¿No la recuerdas? Abre este enlace en un navegador en el que tengas la sesión iniciada. O ${v.reset("restablece tu contraseña")} y luego vuelve a cambiar tu dirección de correo: este enlace dejará de funcionar.`,
    doneTitle: "Tu dirección de correo se ha cambiado",
    done: (v) => rich`Tu dirección de correo ahora es ${address(v.email)}. Hemos cerrado todas tus sesiones.`,
    doneElse: (v) => rich`Tu dirección de correo ahora es ${address(v.email)}. Hemos cerrado todas las demás sesiones.`,
    toAccount: "Ir a tu cuenta",
    signIn: "Iniciar sesión con la nueva dirección",
    told: "Hemos enviado un correo a ambas direcciones para confirmar el cambio.",
  },
};
