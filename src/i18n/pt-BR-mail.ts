import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in Brazilian Portuguese. */
export const mail: MailWords = {
  common: {
    preheader: (v) => `Este link expira em ${v.duration}. Não pediu isto? Você pode ignorar este e-mail.`,
    preheaderNotice: "Se não foi você, proteja sua conta agora.",
    once: (v) => `Este link funciona uma só vez e expira em ${v.duration}.`,
    copyLink: "Ou copie este link no seu navegador:",
    action: (v) => `${v.label}:`,
    code: (v) => `Ou digite este código na página em que você o pediu. Ele expira em ${v.duration}.`,
    codeLink: (v) =>
      `Ou digite este código na página em que você o pediu, ou depois de abrir o link em outro navegador. Ele expira em ${v.duration}.`,
    neverShare: "Nunca compartilhe este código com ninguém, nem mesmo com a gente.",
    row: (v) => `${v.label}: ${v.value}`,
    browser: "Navegador",
    when: "Quando",
    from: "De",
    to: "Para",
    wasYou: "Se foi você, não precisa fazer nada.",
    secure: (v) =>
      rich`${strong`Não foi você?`} Proteja sua conta. Vamos encerrar todas as sessões, desativar a senha atual e enviar por e-mail um link para você escolher uma nova. Você pode fazer isso durante ${v.duration}.`,
    notMe: "Não fui eu",
    expired: (v) => rich`O link expirou? ${v.again("Peça um novo")}`,
    mailboxFirst: "Se outra pessoa puder ler seus e-mails, altere primeiro a senha do seu e-mail.",
    why: (v) => rich`Você recebeu este e-mail porque ele é necessário para a segurança da sua conta em ${v.product}.`,
    support: (v) => rich`Este e-mail foi enviado automaticamente. Precisa de ajuda? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Redefina sua senha em ${v.product}`,
    heading: "Redefina sua senha",
    intro: (v) => rich`Recebemos um pedido para redefinir a senha da sua conta em ${v.product}. Escolha uma nova aqui:`,
    introSecured: (v) =>
      rich`Você nos avisou que não foi você. Por isso, encerramos todas as sessões da sua conta em ${v.product} e desativamos a senha anterior. Escolha uma nova aqui:`,
    preheaderSecured: (v) => `Escolha uma nova senha. O link expira em ${v.duration}.`,
    action: "Escolher uma nova senha",
    note: rich`${strong`Não pediu isto?`} Você pode ignorar este e-mail. Sua senha só mudará se você usar o link ou o código.`,
  },

  signIn: {
    subject: (v) => `Entre em ${v.product}`,
    heading: (v) => `Entre em ${v.product}`,
    intro: "Abra este link no navegador em que você o pediu.",
    introWithCode:
      "Abra este link no navegador em que você o pediu. Em outro navegador, você também precisará do código abaixo.",
    action: "Entrar",
    note: rich`${strong`Não pediu isto?`} Você pode ignorar este e-mail. Ninguém pode entrar sem ele.`,
  },

  signUp: {
    subject: (v) => `Termine de criar sua conta em ${v.product}`,
    heading: "Confirme seu endereço de e-mail",
    intro: (v) =>
      rich`Confirme seu endereço de e-mail e escolha uma senha para terminar de criar sua conta em ${v.product}.`,
    action: "Confirmar endereço de e-mail",
    note: rich`${strong`Não pediu isto?`} Você pode ignorar este e-mail. Nenhuma conta será criada.`,
  },

  already: {
    subject: (v) => `Você já tem uma conta em ${v.product}`,
    preheader: "Entre ou, se esqueceu sua senha, redefina-a.",
    heading: "Você já tem uma conta",
    intro:
      "Alguém tentou criar uma conta com este endereço de e-mail, mas você já tem uma. Entre ou, se esqueceu sua senha, redefina-a.",
    action: "Entrar",
    reset: "Redefinir sua senha",
    note: rich`${strong`Não foi você?`} Não precisa fazer nada. Sua conta não mudou.`,
  },

  pwChanged: {
    subject: (v) => `Sua senha em ${v.product} foi alterada`,
    heading: "Sua senha foi alterada",
    what: (v) => rich`A senha da sua conta em ${v.product} foi alterada, e todas as outras sessões foram encerradas.`,
    note: "Enviamos este e-mail sempre que sua senha muda.",
  },

  addrAsk: {
    subject: (v) => `Confirme seu novo endereço de e-mail em ${v.product}`,
    heading: "Confirme seu novo endereço de e-mail",
    what: (v) =>
      rich`Você pediu para alterar o endereço de e-mail da sua conta em ${v.product} de ${ltr(v.from)} para este. Confirme-o aqui:`,
    once: (v) => `Este link funciona uma só vez e expira em ${v.duration}. Até você confirmar, nada muda.`,
    action: "Confirmar endereço de e-mail",
    note: rich`${strong`Não pediu isto?`} Você pode ignorar este e-mail. Nada muda sem sua confirmação.`,
  },

  addrTaken: {
    subject: (v) => `Este endereço de e-mail já tem uma conta em ${v.product}`,
    preheader: "Ele não pode ser adicionado a uma segunda conta.",
    heading: "Este endereço de e-mail já tem uma conta",
    what: (v) =>
      rich`Alguém tentou usar este endereço de e-mail em outra conta em ${v.product}. Ele já tem uma conta, por isso nada foi alterado.`,
    next: "Se foi você, entre com este endereço ou altere primeiro o endereço de e-mail daquela conta.",
    action: "Entrar",
    note: rich`${strong`Não foi você?`} Não precisa fazer nada. Sua conta não mudou.`,
  },

  addrChanged: {
    subject: (v) => `Seu endereço de e-mail em ${v.product} foi alterado`,
    heading: "Seu endereço de e-mail foi alterado",
    what: (v) => rich`O endereço de e-mail da sua conta em ${v.product} foi alterado.`,
    undo: (v) =>
      rich`${strong`Não foi você?`} Recupere sua conta. Vamos restaurar este endereço, encerrar todas as sessões e enviar por e-mail um link para você escolher uma nova senha. Você pode fazer isso durante ${v.duration}, mesmo que outros dados mudem nesse período.`,
    secure: (v) =>
      rich`${strong`Não foi você?`} Proteja sua conta. Vamos encerrar todas as sessões, desativar a senha e enviar para este endereço um link para você escolher uma nova. Você pode fazer isso durante ${v.duration}.`,
    note: "Enviamos este e-mail tanto para o endereço anterior quanto para o novo.",
  },

  addrUndone: {
    subject: (v) => `Seu endereço de e-mail em ${v.product} foi restaurado`,
    preheader: "A mudança para este endereço foi desfeita.",
    heading: "A alteração foi desfeita",
    what: (v) =>
      rich`A pessoa que usa ${ltr(v.to)} nos avisou que não alterou o endereço de e-mail da própria conta em ${v.product} para ${ltr(v.from)}. Por isso, restauramos o anterior.`,
    next: (v) => rich`Se esta conta é sua e você não fez isso, ${v.support(rich`fale com o suporte de ${v.product}`)}.`,
    note: "Enviamos este e-mail tanto para o endereço anterior quanto para o novo.",
  },

  byLink: {
    subject: (v) => `Nova entrada na sua conta em ${v.product}`,
    heading: "Nova entrada na sua conta",
    what: (v) =>
      rich`Alguém acabou de entrar na sua conta em ${v.product} com um link ou um código de um e-mail que enviamos.`,
    note: "Enviamos este e-mail depois de cada entrada sem senha.",
  },

  breach: {
    subject: (v) => `Escolha uma nova senha para voltar a entrar em ${v.product}`,
    preheader: "Para proteger as contas, desativamos todas as senhas. Escolha uma nova.",
    heading: "Escolha uma nova senha",
    what: (v) =>
      rich`Para proteger todas as contas, encerramos todas as sessões em ${v.product} e desativamos todas as senhas. Sua senha anterior não funciona mais.`,
    once: (v) => `Escolha uma nova aqui. O link funciona uma só vez e expira em ${v.duration}.`,
    elsewhere: "Se você usava a senha anterior em outro lugar, altere-a lá também.",
    action: "Escolher uma nova senha",
    why: "Enviamos este e-mail para todas as pessoas que têm uma conta. Você não precisou pedir.",
  },

  invite: {
    subject: (v) => `Sua conta em ${v.product} está pronta`,
    preheader: (v) => `Escolha uma senha para começar. O link expira em ${v.duration}.`,
    heading: "Escolha uma senha para começar",
    what: (v) => rich`Uma conta em ${v.product} foi criada para você. Escolha uma senha para começar.`,
    action: "Escolher uma senha",
    note: rich`${strong`Não esperava este e-mail?`} Você pode ignorá-lo. Ninguém pode usar a conta sem este link.`,
  },

  unknown: {
    subject: (v) => `Não encontramos sua conta em ${v.product}`,
    preheader: "Talvez você tenha criado sua conta com outro endereço de e-mail.",
    heading: "Não há conta com este endereço de e-mail",
    what: (v) =>
      rich`Alguém digitou este endereço de e-mail para entrar em ${v.product}, mas não há nenhuma conta com ele.`,
    next: "Se foi você, tente outro endereço de e-mail. Talvez você tenha criado sua conta com outro.",
    action: "Tentar outro endereço de e-mail",
    signUp: "Criar uma conta",
    note: rich`${strong`Não foi você?`} Você pode ignorar este e-mail. Não criamos nenhuma conta.`,
    why: (v) => rich`Você recebeu este e-mail porque alguém digitou este endereço em ${v.product}.`,
  },
};
