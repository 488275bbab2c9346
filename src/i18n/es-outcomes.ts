import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in Spanish. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Escribe el código donde lo pediste",
    elsewhere: "Un código solo funciona en el navegador en el que se pidió, y durante poco tiempo.",
    notAgainTitle: "No podemos enviar ese correo de nuevo",
    notAgain:
      "Un correo solo se puede enviar de nuevo desde el navegador en el que se pidió, y durante poco tiempo. Vuelve a empezar para recibir uno nuevo.",
    usedTitle: "Este correo ya se ha usado",
    used: "Su enlace o su código ya se ha usado. Si todavía necesitas entrar, pide un nuevo correo.",
    triesTitle: "Demasiados códigos incorrectos",
    tries:
      "Para proteger tu cuenta, los códigos que enviamos ya no funcionan. El enlace del correo sigue funcionando en este navegador. También puedes pedir otro correo para recibir un nuevo código.",
    start: "Volver a empezar",
  },

  dead: {
    expiredTitle: "Este enlace ha caducado",
    expired: (v) => rich`Dejó de funcionar ${v.when}.`,
    expiredNew: (v) => rich`Dejó de funcionar ${v.when}. Podemos enviarte uno nuevo.`,
    expiredNewTo: (v) => rich`Dejó de funcionar ${v.when}. Podemos enviar uno nuevo a ${address(v.email)}.`,
    invitationTitle: "Esta invitación ha caducado",
    invitation: (v) => rich`Dejó de funcionar ${v.when}. Podemos enviarte un nuevo enlace para elegir tu contraseña.`,
    unknownTitle: "Este enlace no funciona",
    unknown: "Puede que falte una parte. Ábrelo de nuevo desde el correo o copia el enlace completo en tu navegador.",
    unknownOld: "También puede ser un enlace antiguo.",
    unknownOldNew: "También puede ser un enlace antiguo. Podemos enviarte uno nuevo.",
    takenTitle: "Esta dirección de correo ya está en uso",
    taken: "Se creó una cuenta con ella después de que pidieras el cambio. Tu dirección de correo no ha cambiado.",
    takenNext: "Inicia sesión en esa cuenta o cambia primero su dirección de correo.",
    accountCreatedTitle: "Ya tienes una cuenta",
    accountCreated:
      "Se creó una cuenta con esta dirección de correo después de enviar el enlace. Inicia sesión o, si no sabes tu contraseña, restablécela.",
    codeOverTitle: "Abre este enlace en el navegador en el que lo pediste",
    codeOver:
      "En cualquier otro navegador necesitas el código del mismo correo. Ese código ha caducado, o se ha escrito un código incorrecto demasiadas veces.",
    codeOverNext: "Vuelve a ese navegador o pide un nuevo enlace aquí.",
    usedTitle: "Este enlace ya se ha usado",
    endedTitle: "Este enlace ya no funciona",
    replacedUndo: (v) => rich`Un cambio de dirección de correo se deshizo ${v.when}. Eso desactivó este enlace.`,
    replaced: (v) => rich`Se usó otro enlace u otro código ${v.when}. Por eso este ya no funciona.`,
    passwordChanged: (v) => rich`La contraseña se cambió ${v.when}. Los enlaces enviados antes ya no funcionan.`,
    withdrawn: (v) => rich`Por precaución, desactivamos todos los enlaces anteriores ${v.when}.`,
    withdrawnNew: (v) =>
      rich`Por precaución, desactivamos todos los enlaces anteriores ${v.when}. Podemos enviarte uno nuevo.`,
    objection: (v) =>
      rich`Alguien avisó de una actividad desconocida ${v.when}. Los enlaces enviados antes ya no funcionan.`,
    addressChanged: (v) =>
      rich`La dirección de correo de la cuenta se cambió ${v.when}. Los enlaces enviados antes ya no funcionan.`,
    addressChangedOld:
      "La dirección de correo de la cuenta ha cambiado. Los enlaces enviados a la dirección anterior ya no funcionan.",
    helpUndo: (v) =>
      rich`Si tu cuenta tiene una dirección de correo que no reconoces, ${v.support(rich`contacta con la asistencia de ${v.product}`)}.`,
    helpObjection:
      "Si crees que otra persona está usando tu cuenta, restablece tu contraseña. Así se cerrarán todas las demás sesiones.",
    usedSignUp: (v) => rich`Se usó para crear una cuenta ${v.when}. Inicia sesión con la contraseña que elegiste.`,
    usedReset: (v) => rich`Se usó para elegir una nueva contraseña ${v.when}.`,
    usedResetNext:
      "Si has sido tú, inicia sesión con tu nueva contraseña. Si no, restablece tu contraseña ahora mismo.",
    usedSignIn: (v) => rich`Se usó para iniciar sesión ${v.when}.`,
    usedSignInNext:
      "Para volver a iniciar sesión, pide un nuevo enlace. Si no has sido tú, abre el correo que enviamos sobre ese inicio de sesión y elige “No he sido yo”.",
    usedChange: (v) =>
      rich`Se usó para cambiar la dirección de correo ${v.when}. Inicia sesión con la nueva dirección.`,
    usedUndo: (v) =>
      rich`Se usó para recuperar la cuenta ${v.when}. Enviamos un correo con un enlace para elegir una nueva contraseña: revisa tu bandeja de entrada.`,
    usedObjection: (v) =>
      rich`Se usó para proteger la cuenta ${v.when}. Enviamos un correo con un enlace para elegir una nueva contraseña: revisa tu bandeja de entrada.`,
    newLink: "Recibir un nuevo enlace",
    resetPassword: "Restablecer tu contraseña",
    toAccount: "Ir a tu cuenta",
    signIn: "Iniciar sesión",
    signedIn: (v) => rich`Tu sesión está iniciada. ${v.account("Ir a tu cuenta")}`,
    knowPassword: (v) => rich`¿Sabes tu contraseña? ${v.signIn("Inicia sesión")}`,
  },

  justUsed: {
    resetTitle: "Tu contraseña se ha cambiado",
    reset: "Tu contraseña se cambió hace un momento. Inicia sesión con la nueva.",
    signUpTitle: "Tu cuenta está lista",
    signUp: "Tu cuenta se creó hace un momento. Inicia sesión con la contraseña que elegiste.",
    signInTitle: "Este enlace acaba de usarse",
    signIn: "Un enlace de acceso funciona una sola vez. Si aquí no hay una sesión iniciada, pide un nuevo enlace.",
  },

  done: {
    reset: "Tu contraseña se ha cambiado",
    signUp: "Tu cuenta está lista",
    signIn: "Tu sesión está iniciada",
  },

  cookies: {
    title: "Permite las cookies para iniciar sesión",
    signIn: "Tu contraseña es correcta, pero tu navegador ha bloqueado la cookie que mantiene la sesión iniciada.",
    signInLink: "Tu enlace ha funcionado, pero tu navegador ha bloqueado la cookie que mantiene la sesión iniciada.",
    reset: "Tu contraseña se ha cambiado, pero tu navegador ha bloqueado la cookie que mantiene la sesión iniciada.",
    signUp: "Tu cuenta está lista, pero tu navegador ha bloqueado la cookie que mantiene la sesión iniciada.",
    emailChange:
      "Tu dirección de correo se ha cambiado, pero tu navegador ha bloqueado la cookie que mantiene la sesión iniciada.",
    next: "Permite las cookies de este sitio en los ajustes de tu navegador y luego inicia sesión.",
    button: "Iniciar sesión",
  },

  secure: {
    title: "Protege tu cuenta",
    intro: (v) =>
      rich`Si no reconoces la actividad que describe nuestro correo, protege ahora la cuenta de ${address(v.email)}. Esto es lo que ocurrirá:`,
    endSessions: "Se cerrarán las sesiones de todos los navegadores, también la de este.",
    turnOff: "La contraseña actual y todos los enlaces que hemos enviado dejarán de funcionar.",
    sendLink: "Te enviaremos por correo un enlace para elegir una nueva contraseña.",
    button: "Proteger mi cuenta",
    wasYou: "¿Has sido tú? Cierra esta página. No ha cambiado nada.",
    doneTitle: "Tu cuenta está protegida",
    done: "Se han cerrado todas las sesiones y la contraseña anterior ya no funciona.",
    doneNext:
      "Te hemos enviado por correo un enlace para elegir una nueva contraseña. Si otra persona pudiera leer tu correo, cambia primero la contraseña de tu buzón.",
    again: (v) => rich`¿No te ha llegado? ${v.reset("Enviar otro enlace")}`,
  },

  undo: {
    title: "Protege tu cuenta",
    intro: (v) =>
      rich`Si no cambiaste tu dirección de correo, recupera ${address(v.email)} y bloquea cualquier otro acceso. Esto es lo que ocurrirá:`,
    addressBack: "Se recuperará tu dirección de correo anterior.",
    turnOff: "La contraseña actual y todos los demás enlaces que hemos enviado dejarán de funcionar.",
    doneTitle: "Tu cuenta está protegida",
    done: "Se ha recuperado tu dirección de correo. Se han cerrado todas las sesiones y la contraseña anterior ya no funciona.",
    lockedTitle: "Tu cuenta está bloqueada",
    locked:
      "Se han cerrado todas las sesiones. La contraseña y la dirección de correo que puso otra persona ya no funcionan.",
    lockedNext: (v) =>
      rich`Tu dirección anterior pertenece ahora a otra cuenta, así que no hemos podido recuperarla. Nadie puede iniciar sesión hasta que se resuelva. ${v.support(rich`Contacta con la asistencia de ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "No hemos podido leer el formulario",
    badRequest: "Vuelve atrás e inténtalo de nuevo.",
    otherSiteTitle: "Ese formulario viene de otro sitio",
    otherSite:
      "Por tu seguridad, solo aceptamos formularios enviados desde nuestras propias páginas. Vuelve a empezar desde la página de abajo.",
    otherNameTitle: "Abre este sitio en su propia dirección",
    otherName: (v) =>
      rich`Has abierto este sitio como ${ltr(v.opened)}, pero los formularios solo funcionan en ${ltr(v.address)}. Ábrelo ahí e inténtalo de nuevo.`,
    otherNameButton: (v) => rich`Abrir ${ltr(v.address)}`,
    notFoundTitle: "Página no encontrada",
    notFound:
      "Comprueba que la dirección esté bien escrita. Si has seguido un enlace de un correo, copia el enlace completo en tu navegador.",
    notAllowedTitle: "Esta página no se puede abrir directamente",
    notAllowed: "Vuelve a empezar desde la página de abajo.",
    tooLargeTitle: "El formulario era demasiado grande",
    tooLarge: "Vuelve atrás, acorta lo que escribiste e inténtalo de nuevo.",
    busyTitle: "Ahora mismo hay mucha actividad",
    busy: "Inténtalo de nuevo en unos segundos, por favor. No se ha cambiado nada.",
    failedTitle: "Lo sentimos, algo ha fallado",
    failed: "Es un fallo nuestro y no se ha cambiado nada. Inténtalo de nuevo en un minuto, por favor.",
    reference: (v) => rich`Si te pones en contacto con nosotros, indica esta referencia: ${ltr(v.id)}`,
    signIn: "Iniciar sesión",
    resetPassword: "Restablecer tu contraseña",
    signInLink: "Recibir un enlace de acceso",
    enterCode: "Escribir un código de un correo",
    toAccount: "Ir a tu cuenta",
  },

  tooMany: {
    title: "Demasiados intentos",
    text: (v) =>
      `Ha habido demasiados intentos, quizá de otra persona. Inténtalo de nuevo en ${v.duration}, por favor.`,
    soon: "Ha habido demasiados intentos, quizá de otra persona. Inténtalo de nuevo en unos segundos, por favor.",
    resetTitle: "Restablece tu contraseña para iniciar sesión",
    reset:
      "Se ha escrito una contraseña incorrecta demasiadas veces para esta dirección de correo, quizá por otra persona. Para proteger la cuenta, restablece tu contraseña y podrás iniciar sesión de nuevo.",
  },

  refused: {
    title: "No puedes iniciar sesión de esta forma",
    text: "En esta cuenta no se puede iniciar sesión de esta forma. No ha cambiado nada.",
    linkWorks:
      "En esta cuenta no se puede iniciar sesión de esta forma. No ha cambiado nada y tu enlace sigue funcionando.",
    next: (v) =>
      rich`Prueba otra forma de iniciar sesión o ${v.support(rich`contacta con la asistencia de ${v.product}`)}.`,
  },
};
