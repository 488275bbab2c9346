import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in Brazilian Portuguese. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Digite o código onde você o pediu",
    elsewhere: "Um código só funciona no navegador em que foi pedido, e por pouco tempo.",
    notAgainTitle: "Não podemos enviar esse e-mail de novo",
    notAgain:
      "Um e-mail só pode ser enviado de novo pelo navegador em que foi pedido, e por pouco tempo. Comece de novo para receber outro.",
    usedTitle: "Este e-mail já foi usado",
    used: "O link ou o código dele já foi usado. Se você ainda precisa entrar, peça um novo e-mail.",
    triesTitle: "Muitos códigos errados",
    tries:
      "Para proteger sua conta, os códigos que enviamos não funcionam mais. O link do e-mail ainda funciona neste navegador. Você também pode pedir um novo e-mail para receber outro código.",
    start: "Começar de novo",
  },

  dead: {
    expiredTitle: "Este link expirou",
    expired: (v) => rich`Ele deixou de funcionar ${v.when}.`,
    expiredNew: (v) => rich`Ele deixou de funcionar ${v.when}. Podemos enviar um novo para você.`,
    expiredNewTo: (v) => rich`Ele deixou de funcionar ${v.when}. Podemos enviar um novo para ${address(v.email)}.`,
    invitationTitle: "Este convite expirou",
    invitation: (v) =>
      rich`Ele deixou de funcionar ${v.when}. Podemos enviar um novo link para você escolher sua senha.`,
    unknownTitle: "Este link não funciona",
    unknown: "Talvez falte uma parte. Abra o link de novo pelo e-mail ou copie o link inteiro no seu navegador.",
    unknownOld: "Também pode ser um link antigo.",
    unknownOldNew: "Também pode ser um link antigo. Podemos enviar um novo para você.",
    takenTitle: "Este endereço de e-mail já está em uso",
    taken: "Uma conta foi criada com ele depois que você pediu a alteração. Seu endereço de e-mail não foi alterado.",
    takenNext: "Entre nessa conta ou altere primeiro o endereço de e-mail dela.",
    accountCreatedTitle: "Você já tem uma conta",
    accountCreated:
      "Uma conta foi criada com este endereço de e-mail depois que o link foi enviado. Entre ou, se não souber sua senha, redefina-a.",
    codeOverTitle: "Abra este link no navegador em que você o pediu",
    codeOver:
      "Em qualquer outro navegador, você precisa do código do mesmo e-mail. Esse código expirou, ou um código errado foi digitado vezes demais.",
    codeOverNext: "Volte para aquele navegador ou peça um novo link aqui.",
    usedTitle: "Este link já foi usado",
    endedTitle: "Este link não funciona mais",
    replacedUndo: (v) => rich`Uma alteração de endereço de e-mail foi desfeita ${v.when}. Isso desativou este link.`,
    replaced: (v) => rich`Outro link ou código foi usado ${v.when}. Por isso, este não funciona mais.`,
    passwordChanged: (v) => rich`A senha foi alterada ${v.when}. Os links enviados antes não funcionam mais.`,
    withdrawn: (v) => rich`Por precaução, desativamos todos os links anteriores ${v.when}.`,
    withdrawnNew: (v) =>
      rich`Por precaução, desativamos todos os links anteriores ${v.when}. Podemos enviar um novo para você.`,
    objection: (v) =>
      rich`Uma atividade desconhecida foi informada ${v.when}. Os links enviados antes não funcionam mais.`,
    addressChanged: (v) =>
      rich`O endereço de e-mail da conta foi alterado ${v.when}. Os links enviados antes não funcionam mais.`,
    addressChangedOld:
      "O endereço de e-mail da conta foi alterado. Os links enviados para o endereço anterior não funcionam mais.",
    helpUndo: (v) =>
      rich`Se sua conta tem um endereço de e-mail que você não reconhece, ${v.support(rich`fale com o suporte de ${v.product}`)}.`,
    helpObjection:
      "Se você acha que outra pessoa está usando sua conta, redefina sua senha. Isso encerra todas as outras sessões.",
    usedSignUp: (v) => rich`Ele foi usado para criar uma conta ${v.when}. Entre com a senha que você escolheu.`,
    usedReset: (v) => rich`Ele foi usado para escolher uma nova senha ${v.when}.`,
    usedResetNext: "Se foi você, entre com sua nova senha. Se não foi, redefina sua senha agora.",
    usedSignIn: (v) => rich`Ele foi usado para entrar ${v.when}.`,
    usedSignInNext:
      "Para entrar de novo, peça um novo link. Se não foi você, abra o e-mail que enviamos sobre essa entrada e escolha “Não fui eu”.",
    usedChange: (v) => rich`Ele foi usado para alterar o endereço de e-mail ${v.when}. Entre com o novo endereço.`,
    usedUndo: (v) =>
      rich`Ele foi usado para recuperar a conta ${v.when}. Enviamos um e-mail com um link para escolher uma nova senha: confira sua caixa de entrada.`,
    usedObjection: (v) =>
      rich`Ele foi usado para proteger a conta ${v.when}. Enviamos um e-mail com um link para escolher uma nova senha: confira sua caixa de entrada.`,
    newLink: "Receber um novo link",
    resetPassword: "Redefinir sua senha",
    toAccount: "Acessar sua conta",
    signIn: "Entrar",
    signedIn: (v) => rich`Sua sessão está aberta. ${v.account("Acessar sua conta")}`,
    knowPassword: (v) => rich`Sabe sua senha? ${v.signIn("Entre")}`,
  },

  justUsed: {
    resetTitle: "Sua senha foi alterada",
    reset: "Sua senha foi alterada agora há pouco. Entre com a nova senha.",
    signUpTitle: "Sua conta está pronta",
    signUp: "Sua conta foi criada agora há pouco. Entre com a senha que você escolheu.",
    signInTitle: "Este link acabou de ser usado",
    signIn: "Um link de acesso funciona uma só vez. Se sua sessão não estiver aberta aqui, peça um novo link.",
  },

  done: {
    reset: "Sua senha foi alterada",
    signUp: "Sua conta está pronta",
    signIn: "Sua sessão está aberta",
  },

  cookies: {
    title: "Permita cookies para entrar",
    signIn: "Sua senha está certa, mas seu navegador bloqueou o cookie que mantém sua sessão aberta.",
    signInLink: "Seu link funcionou, mas seu navegador bloqueou o cookie que mantém sua sessão aberta.",
    reset: "Sua senha foi alterada, mas seu navegador bloqueou o cookie que mantém sua sessão aberta.",
    signUp: "Sua conta está pronta, mas seu navegador bloqueou o cookie que mantém sua sessão aberta.",
    emailChange:
      "Seu endereço de e-mail foi alterado, mas seu navegador bloqueou o cookie que mantém sua sessão aberta.",
    next: "Permita cookies deste site nas configurações do seu navegador e depois entre.",
    button: "Entrar",
  },

  secure: {
    title: "Proteja sua conta",
    intro: (v) =>
      rich`Se você não reconhece a atividade descrita em nosso e-mail, proteja agora a conta de ${address(v.email)}. Isto é o que vai acontecer:`,
    endSessions: "As sessões de todos os navegadores serão encerradas, inclusive neste.",
    turnOff: "A senha atual e todos os links que enviamos deixarão de funcionar.",
    sendLink: "Enviaremos por e-mail um link para você escolher uma nova senha.",
    button: "Proteger minha conta",
    wasYou: "Foi você? Feche esta página. Nada mudou.",
    doneTitle: "Sua conta está protegida",
    done: "Todas as sessões foram encerradas, e a senha anterior não funciona mais.",
    doneNext:
      "Enviamos por e-mail um link para você escolher uma nova senha. Se outra pessoa puder ler seus e-mails, altere primeiro a senha do seu e-mail.",
    again: (v) => rich`Não recebeu? ${v.reset("Enviar outro link")}`,
  },

  undo: {
    title: "Proteja sua conta",
    intro: (v) =>
      rich`Se você não alterou seu endereço de e-mail, volte para ${address(v.email)} e bloqueie qualquer outro acesso. Isto é o que vai acontecer:`,
    addressBack: "Seu endereço de e-mail anterior será restaurado.",
    turnOff: "A senha atual e todos os outros links que enviamos deixarão de funcionar.",
    doneTitle: "Sua conta está protegida",
    done: "Seu endereço de e-mail foi restaurado. Todas as sessões foram encerradas, e a senha anterior não funciona mais.",
    lockedTitle: "Sua conta está bloqueada",
    locked:
      "Todas as sessões foram encerradas. A senha e o endereço de e-mail definidos por outra pessoa não funcionam mais.",
    lockedNext: (v) =>
      rich`Seu endereço anterior agora pertence a outra conta, por isso não foi possível restaurá-lo. Ninguém pode entrar até que isso seja resolvido. ${v.support(rich`Fale com o suporte de ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "Não conseguimos ler esse formulário",
    badRequest: "Volte e tente de novo.",
    otherSiteTitle: "Esse formulário veio de outro site",
    otherSite:
      "Para sua segurança, só aceitamos formulários enviados de nossas próprias páginas. Comece de novo pela página abaixo.",
    otherNameTitle: "Abra este site no endereço dele",
    otherName: (v) =>
      rich`Você abriu este site como ${ltr(v.opened)}, mas os formulários só funcionam em ${ltr(v.address)}. Abra-o nesse endereço e tente de novo.`,
    otherNameButton: (v) => rich`Abrir ${ltr(v.address)}`,
    notFoundTitle: "Página não encontrada",
    notFound:
      "Confira se o endereço tem erros de digitação. Se você seguiu um link de um e-mail, copie o link inteiro no seu navegador.",
    notAllowedTitle: "Esta página não pode ser aberta diretamente",
    notAllowed: "Comece de novo pela página abaixo.",
    tooLargeTitle: "Esse formulário era grande demais",
    tooLarge: "Volte, encurte o que você digitou e tente de novo.",
    busyTitle: "Estamos com muitos acessos agora",
    busy: "Tente de novo em alguns segundos, por favor. Nada foi alterado.",
    failedTitle: "Desculpe, algo deu errado",
    failed: "O erro é nosso, e nada foi alterado. Tente de novo em um minuto, por favor.",
    reference: (v) => rich`Se você falar com a gente, informe esta referência: ${ltr(v.id)}`,
    signIn: "Entrar",
    resetPassword: "Redefinir sua senha",
    signInLink: "Receber um link de acesso",
    enterCode: "Digitar um código de um e-mail",
    toAccount: "Acessar sua conta",
  },

  tooMany: {
    title: "Muitas tentativas",
    text: (v) => `Houve tentativas demais, talvez de outra pessoa. Tente de novo em ${v.duration}, por favor.`,
    soon: "Houve tentativas demais, talvez de outra pessoa. Tente de novo em alguns segundos, por favor.",
    resetTitle: "Redefina sua senha para entrar",
    reset:
      "Uma senha errada foi digitada vezes demais para este endereço de e-mail, talvez por outra pessoa. Para proteger a conta, redefina sua senha e entre de novo.",
  },

  refused: {
    title: "Não é possível entrar desta forma",
    text: "Não é possível entrar nesta conta desta forma. Nada mudou.",
    linkWorks: "Não é possível entrar nesta conta desta forma. Nada mudou, e seu link ainda funciona.",
    next: (v) => rich`Tente entrar de outra forma ou ${v.support(rich`fale com o suporte de ${v.product}`)}.`,
  },
};
