import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in Spanish. */
export const mail: MailWords = {
  common: {
    preheader: (v) => `Este enlace caduca en ${v.duration}. ¿No has pedido esto? Puedes ignorar este correo.`,
    preheaderNotice: "Si no has sido tú, protege tu cuenta ahora.",
    once: (v) => `Este enlace funciona una sola vez y caduca en ${v.duration}.`,
    copyLink: "O copia este enlace en tu navegador:",
    action: (v) => `${v.label}:`,
    code: (v) => `O escribe este código en la página donde lo pediste. Caduca en ${v.duration}.`,
    codeLink: (v) =>
      `O escribe este código en la página donde lo pediste, o después de abrir el enlace en otro navegador. Caduca en ${v.duration}.`,
    neverShare: "No compartas nunca este código con nadie, ni siquiera con nosotros.",
    row: (v) => `${v.label}: ${v.value}`,
    browser: "Navegador",
    when: "Cuándo",
    from: "De",
    to: "A",
    wasYou: "Si has sido tú, no tienes que hacer nada.",
    secure: (v) =>
      rich`${strong`¿No has sido tú?`} Protege tu cuenta. Cerraremos todas las sesiones, desactivaremos la contraseña actual y te enviaremos por correo un enlace para elegir una nueva. Puedes hacerlo durante ${v.duration}.`,
    notMe: "No he sido yo",
    expired: (v) => rich`¿El enlace ha caducado? ${v.again("Pide uno nuevo")}`,
    mailboxFirst: "Si otra persona pudiera leer tu correo, cambia primero la contraseña de tu buzón.",
    why: (v) => rich`Recibes este correo porque es necesario para la seguridad de tu cuenta de ${v.product}.`,
    support: (v) => rich`Este correo se ha enviado automáticamente. ¿Necesitas ayuda? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Restablece tu contraseña de ${v.product}`,
    heading: "Restablece tu contraseña",
    intro: (v) =>
      rich`Hemos recibido una solicitud para restablecer la contraseña de tu cuenta de ${v.product}. Elige una nueva aquí:`,
    introSecured: (v) =>
      rich`Nos has dicho que no has sido tú, así que hemos cerrado todas las sesiones de tu cuenta de ${v.product} y desactivado la contraseña anterior. Elige una nueva aquí:`,
    preheaderSecured: (v) => `Elige una nueva contraseña. El enlace caduca en ${v.duration}.`,
    action: "Elegir una nueva contraseña",
    note: rich`${strong`¿No has pedido esto?`} Puedes ignorar este correo. Tu contraseña solo cambiará si usas el enlace o el código.`,
  },

  signIn: {
    subject: (v) => `Inicia sesión en ${v.product}`,
    heading: (v) => `Inicia sesión en ${v.product}`,
    intro: "Abre este enlace en el navegador en el que lo pediste.",
    introWithCode:
      "Abre este enlace en el navegador en el que lo pediste. En otro navegador necesitarás también el código de abajo.",
    action: "Iniciar sesión",
    note: rich`${strong`¿No has pedido esto?`} Puedes ignorar este correo. Nadie puede iniciar sesión sin él.`,
  },

  signUp: {
    subject: (v) => `Termina de crear tu cuenta de ${v.product}`,
    heading: "Confirma tu dirección de correo",
    intro: (v) =>
      rich`Confirma tu dirección de correo y elige una contraseña para terminar de crear tu cuenta de ${v.product}.`,
    action: "Confirmar la dirección de correo",
    note: rich`${strong`¿No has pedido esto?`} Puedes ignorar este correo. No se creará ninguna cuenta.`,
  },

  already: {
    subject: (v) => `Ya tienes una cuenta de ${v.product}`,
    preheader: "Inicia sesión o, si no recuerdas tu contraseña, restablécela.",
    heading: "Ya tienes una cuenta",
    intro:
      "Alguien ha intentado crear una cuenta con esta dirección de correo, pero ya tienes una. Inicia sesión o, si no recuerdas tu contraseña, restablécela.",
    action: "Iniciar sesión",
    reset: "Restablecer tu contraseña",
    note: rich`${strong`¿No has sido tú?`} No tienes que hacer nada. Tu cuenta no ha cambiado.`,
  },

  pwChanged: {
    subject: (v) => `Tu contraseña de ${v.product} se ha cambiado`,
    heading: "Tu contraseña se ha cambiado",
    what: (v) =>
      rich`La contraseña de tu cuenta de ${v.product} se ha cambiado y se han cerrado todas las demás sesiones.`,
    note: "Enviamos este correo cada vez que cambia tu contraseña.",
  },

  addrAsk: {
    subject: (v) => `Confirma tu nueva dirección de correo para ${v.product}`,
    heading: "Confirma tu nueva dirección de correo",
    what: (v) =>
      rich`Has pedido cambiar la dirección de correo de tu cuenta de ${v.product} de ${ltr(v.from)} a esta. Confírmala aquí:`,
    once: (v) => `Este enlace funciona una sola vez y caduca en ${v.duration}. Hasta que lo confirmes, no cambia nada.`,
    action: "Confirmar la dirección de correo",
    note: rich`${strong`¿No has pedido esto?`} Puedes ignorar este correo. No cambia nada si no lo confirmas.`,
  },

  addrTaken: {
    subject: (v) => `Esta dirección de correo ya tiene una cuenta de ${v.product}`,
    preheader: "No se puede añadir a una segunda cuenta.",
    heading: "Esta dirección de correo ya tiene una cuenta",
    what: (v) =>
      rich`Alguien ha intentado usar esta dirección de correo para otra cuenta de ${v.product}. Ya tiene una, así que no se ha cambiado nada.`,
    next: "Si has sido tú, inicia sesión con esta dirección o cambia primero la dirección de correo de esa cuenta.",
    action: "Iniciar sesión",
    note: rich`${strong`¿No has sido tú?`} No tienes que hacer nada. Tu cuenta no ha cambiado.`,
  },

  addrChanged: {
    subject: (v) => `Tu dirección de correo de ${v.product} se ha cambiado`,
    heading: "Tu dirección de correo se ha cambiado",
    what: (v) => rich`La dirección de correo de tu cuenta de ${v.product} se ha cambiado.`,
    undo: (v) =>
      rich`${strong`¿No has sido tú?`} Recupera tu cuenta. Volveremos a poner esta dirección, cerraremos todas las sesiones y te enviaremos por correo un enlace para elegir una nueva contraseña. Puedes hacerlo durante ${v.duration}, aunque entretanto cambien otros datos.`,
    secure: (v) =>
      rich`${strong`¿No has sido tú?`} Protege tu cuenta. Cerraremos todas las sesiones, desactivaremos la contraseña y enviaremos a esta dirección un enlace para elegir una nueva. Puedes hacerlo durante ${v.duration}.`,
    note: "Enviamos este correo tanto a la dirección anterior como a la nueva.",
  },

  addrUndone: {
    subject: (v) => `Tu dirección de correo anterior de ${v.product} se ha recuperado`,
    preheader: "El cambio a esta dirección se ha deshecho.",
    heading: "El cambio se ha deshecho",
    what: (v) =>
      rich`La persona que usa ${ltr(v.to)} nos ha dicho que no cambió la dirección de correo de su cuenta de ${v.product} a ${ltr(v.from)}, así que hemos recuperado la anterior.`,
    next: (v) =>
      rich`Si esta es tu cuenta y no has hecho esto, ${v.support(rich`contacta con la asistencia de ${v.product}`)}.`,
    note: "Enviamos este correo tanto a la dirección anterior como a la nueva.",
  },

  byLink: {
    subject: (v) => `Nuevo inicio de sesión en tu cuenta de ${v.product}`,
    heading: "Nuevo inicio de sesión en tu cuenta",
    what: (v) =>
      rich`Se acaba de iniciar sesión en tu cuenta de ${v.product} con un enlace o un código de un correo que enviamos.`,
    note: "Enviamos este correo después de cada inicio de sesión sin contraseña.",
  },

  breach: {
    subject: (v) => `Elige una nueva contraseña para volver a entrar en ${v.product}`,
    preheader: "Para proteger las cuentas, hemos desactivado todas las contraseñas. Elige una nueva.",
    heading: "Elige una nueva contraseña",
    what: (v) =>
      rich`Para proteger todas las cuentas, hemos cerrado todas las sesiones de ${v.product} y desactivado todas las contraseñas. Tu contraseña anterior ya no funciona.`,
    once: (v) => `Elige una nueva aquí. El enlace funciona una sola vez y caduca en ${v.duration}.`,
    elsewhere: "Si usabas tu contraseña anterior en otro sitio, cámbiala allí también.",
    action: "Elegir una nueva contraseña",
    why: "Hemos enviado este correo a todas las personas que tienen una cuenta. No hacía falta que lo pidieras.",
  },

  invite: {
    subject: (v) => `Tu cuenta de ${v.product} está lista`,
    preheader: (v) => `Elige una contraseña para empezar. El enlace caduca en ${v.duration}.`,
    heading: "Elige una contraseña para empezar",
    what: (v) => rich`Se ha creado una cuenta de ${v.product} para ti. Elige una contraseña para empezar.`,
    action: "Elegir una contraseña",
    note: rich`${strong`¿No esperabas este correo?`} Puedes ignorarlo. Nadie puede usar la cuenta sin este enlace.`,
  },

  unknown: {
    subject: (v) => `No hemos encontrado tu cuenta de ${v.product}`,
    preheader: "Es posible que hayas creado tu cuenta con otra dirección de correo.",
    heading: "No hay ninguna cuenta con esta dirección",
    what: (v) =>
      rich`Alguien ha escrito esta dirección de correo para iniciar sesión en ${v.product}, pero no hay ninguna cuenta con ella.`,
    next: "Si has sido tú, prueba con otra dirección de correo. Es posible que hayas creado tu cuenta con otra.",
    action: "Probar con otra dirección de correo",
    signUp: "Crear una cuenta",
    note: rich`${strong`¿No has sido tú?`} Puedes ignorar este correo. No hemos creado ninguna cuenta.`,
    why: (v) => rich`Recibes este correo porque alguien ha escrito esta dirección en ${v.product}.`,
  },
};
