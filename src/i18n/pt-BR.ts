import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in Brazilian Portuguese. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Erro: ${v.title} – ${v.product}`,
    skip: "Ir para o conteúdo principal",
    help: "Ajuda",
    language: "Idioma",
    newTab: "(abre em uma nova aba)",
    needHelp: (v) => rich`Precisa de ajuda? ${v.support(rich`Fale com ${v.product}`)}`,
  },

  busy: {
    send: "Enviando…",
    signIn: "Entrando…",
    signOut: "Saindo…",
    save: "Salvando…",
    create: "Criando a conta…",
    check: "Verificando…",
    wait: "Aguarde…",
  },

  when: {
    // Brackets avoid "à 1:43" beside "às 15:43".
    ago: (v) => `${v.relative} (${v.time})`,
    on: (v) => `em ${v.moment}`,
  },

  error: {
    heading: "Há um problema",
    email: "Digite um endereço de e-mail no formato correto, como name@example.com",
    emailEmpty: "Digite seu endereço de e-mail",
    emailNoAt: "Digite um endereço de e-mail com @, como name@example.com",
    emailSpace: "Digite um endereço de e-mail sem espaços",
    emailSeveral: "Digite apenas um endereço de e-mail",
    emailTooLong: "Digite um endereço de e-mail mais curto",
    emailCharacter: (v) => `Digite um endereço de e-mail sem “${v.character}”`,
    emailDomain: "Confira a parte depois do @. Ela deve ser parecida com example.com",
  },

  email: {
    label: "Endereço de e-mail",
    didYouMean: (v) => `Você quis dizer ${v.email}?`,
  },

  password: {
    label: "Senha",
    newLabel: "Nova senha",
    currentLabel: "Senha atual",
    yourLabel: "Sua senha",
    hint: plural("pt-BR", {
      one: (n) =>
        `Use pelo menos ${n} caractere. Combine algumas palavras ao acaso ou use a sugestão do seu gerenciador de senhas.`,
      other: (n) =>
        `Use pelo menos ${n} caracteres. Combine algumas palavras ao acaso ou use a sugestão do seu gerenciador de senhas.`,
    }),
    show: "Mostrar",
    hide: "Ocultar",
    showLabel: "Mostrar senha",
    hideLabel: "Ocultar senha",
    shown: "Sua senha está visível",
    hidden: "Sua senha está oculta",
    capsLock: "O Caps Lock está ativado",
    needed: plural("pt-BR", { one: (n) => `Falta ${n} caractere`, other: (n) => `Faltam ${n} caracteres` }),
    enough: "Tamanho suficiente",
    forgot: (v) => rich`Esqueceu a senha? ${v.reset("Redefina por e-mail")}`,
    empty: "Digite uma senha",
    tooShort: plural("pt-BR", {
      one: (n) => `A senha deve ter pelo menos ${n} caractere`,
      other: (n) => `A senha deve ter pelo menos ${n} caracteres`,
    }),
    tooLong: "Escolha uma senha mais curta. Esta é longa demais para ser salva.",
    illFormed: "Escolha outra senha. Esta tem caracteres que não podemos salvar.",
    ownAddress: "Escolha uma senha diferente do seu endereço de e-mail. Ela é fácil demais de adivinhar.",
    localPart: "Escolha uma senha que não seja parte do seu endereço de e-mail. Ela é fácil demais de adivinhar.",
    productName: "Escolha uma senha diferente do nome deste serviço. Ela é fácil demais de adivinhar.",
    oneCharacter: "Escolha uma senha que não seja um só caractere repetido. Ela é fácil demais de adivinhar.",
    repeated: "Escolha uma senha sem um padrão que se repete. Ela é fácil demais de adivinhar.",
    row: "Escolha uma senha que não seja uma sequência de letras ou teclas, como “abcdef” ou “qwerty”. Ela é fácil demais de adivinhar.",
    common: "Essa senha é muito comum. Escolha uma mais difícil de adivinhar.",
    breached: "Essa senha apareceu em um vazamento de dados de outro serviço. Escolha outra para proteger sua conta.",
  },

  code: {
    label: "Código de 8 dígitos",
    hint: "Ele está no e-mail que enviamos. Você pode colar o código.",
    errorFormat: "Digite o código de 8 dígitos do e-mail",
    errorEmpty: "Digite o código de 8 dígitos do e-mail",
    errorWrong: plural("pt-BR", {
      one: (n) => `Esse código não está certo. Você tem mais ${n} tentativa.`,
      other: (n) => `Esse código não está certo. Você tem mais ${n} tentativas.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`Há uma sessão aberta como ${address(v.current)}. Se você continuar, ela será encerrada e outra será aberta como ${address(v.next)}.`,
    continueTo: (v) => rich`Continuar para ${ltr(v.path)}`,
  },

  again: {
    button: "Enviar um novo e-mail",
  },

  signIn: {
    title: (v) => `Entrar em ${v.product}`,
    shortTitle: "Entrar",
    errorSummary: "Endereço de e-mail ou senha incorretos",
    error: (v) => rich`Endereço de e-mail ou senha incorretos. Tente de novo ou ${v.reset("redefina sua senha")}.`,
    already: (v) =>
      rich`Já há uma sessão aberta como ${address(v.email)}. ${v.account("Acesse sua conta")} ou entre com outra abaixo.`,
    button: "Entrar",
    or: "ou",
    byLink: "Receber um link de acesso",
    forgot: "Esqueceu sua senha?",
    new: (v) => rich`É sua primeira vez em ${v.product}? ${v.signUp("Crie uma conta")}`,
  },

  signUp: {
    title: "Crie sua conta",
    intro: "Digite seu endereço de e-mail. Enviaremos um link para você confirmar o endereço e escolher uma senha.",
    button: "Continuar",
    have: (v) => rich`Já tem uma conta? ${v.signIn("Entre")}`,
    closedTitle: "Não é possível criar uma conta no momento",
    closed: (v) => rich`${v.product} não está aceitando novas contas. Se você já tem uma, ${v.signIn("entre")}.`,
  },

  choose: {
    title: "Escolha uma senha",
    intro: "Seu endereço de e-mail está confirmado. Escolha uma senha para terminar de criar sua conta.",
    button: "Criar conta",
  },

  invited: {
    title: "Escolha uma senha",
    intro: "Uma conta foi criada para você. Escolha uma senha para começar a usá-la.",
    button: "Salvar senha e entrar",
  },

  forgot: {
    title: "Redefina sua senha",
    intro:
      "Digite o endereço de e-mail com que você criou sua conta. Enviaremos um link para você escolher uma nova senha.",
    button: "Receber um link de redefinição",
    back: "Voltar para a página de entrada",
  },

  reset: {
    title: "Escolha uma nova senha",
    intro: "Sua sessão será aberta aqui, e todas as outras sessões serão encerradas.",
    button: "Salvar senha e entrar",
  },

  check: {
    title: "Verifique seu e-mail",
    reset: (v) =>
      rich`Se ${address(v.email)} tiver uma conta, você receberá um e-mail de ${v.product} em cerca de um minuto. Abra o link que está nele ou digite o código aqui.`,
    signIn: (v) =>
      rich`Se ${address(v.email)} tiver uma conta, você receberá um e-mail de ${v.product} em cerca de um minuto. Abra o link que está nele ou digite o código aqui.`,
    signUp: (v) =>
      rich`Enviamos um e-mail para ${address(v.email)}. Abra o link que está nele ou digite o código aqui.`,
    unknown:
      "Se houver uma conta com o endereço que você digitou, você receberá um e-mail com um link em cerca de um minuto.",
    unknownNext: "Abra o link para continuar. Você pode fechar esta página.",
    changeAddress: "Alterar endereço de e-mail",
    webmail: (v) => `Abrir ${v.webmail}`,
    orCode: "ou digite o código",
    button: "Continuar",
    sentAgain: (v) =>
      rich`Se ${address(v.email)} tiver uma conta, enviamos outro e-mail. Os anteriores continuam funcionando.`,
    sentAgainSignUp: "Enviamos outro e-mail. Os anteriores continuam funcionando.",
    helpTitle: "Não recebeu o e-mail?",
    helpSearch: (v) =>
      rich`Procure por “${v.subject}” de ${ltr(v.sender)} e confira a pasta de spam ou de lixo eletrônico.`,
    helpSpam: "Confira a pasta de spam ou de lixo eletrônico.",
    helpTypo:
      "Confira se o endereço acima tem erros de digitação. Talvez você tenha criado sua conta com outro endereço.",
    helpAgain: "Peça um novo envio. Todos os nossos e-mails funcionam até que você use um deles.",
    resend: "Enviar de novo",
    resendIn: plural("pt-BR", {
      one: (n) => `Você poderá enviar de novo em ${n} segundo`,
      other: (n) => `Você poderá enviar de novo em ${n} segundos`,
    }),
    tooSoon: plural("pt-BR", {
      one: (n) => `Aguarde ${n} segundo antes de enviar de novo`,
      other: (n) => `Aguarde ${n} segundos antes de enviar de novo`,
    }),
    overTitle: "Precisa de outro e-mail?",
    over: (v) =>
      rich`O e-mail que enviamos para ${address(v.email)} já foi usado, ou um código errado foi digitado vezes demais. Você pode pedir um novo.`,
    againReset: "Enviar outro link de redefinição",
    againSignIn: "Enviar outro link de acesso",
    againSignUp: "Enviar outro link para criar a conta",
  },

  link: {
    title: "Receba um link de acesso",
    intro: "Digite seu endereço de e-mail. Enviaremos um link e um código para você entrar sem senha.",
    button: "Receber um link de acesso",
    password: "Entrar com senha",
  },

  confirm: {
    title: (v) => `Entrar em ${v.product}`,
    tap: (v) => rich`Continue para entrar como ${address(v.email)}.`,
    code: "Você pediu este link em outro navegador. Para entrar aqui, digite o código de 8 dígitos do mesmo e-mail.",
    button: (v) => rich`Entrar como ${ltr(v.email)}`,
    noCode: (v) => rich`Não encontrou o código? ${v.link("Peça um novo link neste navegador")}`,
    notYou: "Não pediu isto? Feche esta página. Nada mudou.",
  },

  me: {
    title: "Sua conta",
    signedInAs: (v) => rich`Sessão aberta como ${address(v.email)}`,
    signOut: "Sair",
    change: "Alterar",
    changeEmailLabel: "Alterar endereço de e-mail",
    changePasswordLabel: "Alterar senha",
    passwordChanged: (v) => rich`Última alteração: ${v.date}`,
    noPassword: "Você ainda não escolheu uma senha",
    choosePassword: (v) => rich`${v.reset("Escolher uma senha por e-mail")}`,
    sessions: "Suas sessões",
    thisBrowser: "Este navegador",
    activeNow: (v) => rich`Ativa agora · Entrada: ${v.date}`,
    lastActive: (v) => rich`Última atividade: ${v.seen} · Entrada: ${v.date}`,
    endOne: "Encerrar",
    endOneLabel: (v) => `Encerrar a sessão: ${v.browser}, última atividade: ${v.seen}`,
    endOthers: "Encerrar todas as outras sessões",
    endedOne: (v) => rich`Sessão encerrada: ${v.browser}.`,
    endedOthers: "Todas as outras sessões foram encerradas.",
    password: "Alterar senha",
    passwordNote: "Esta sessão continuará aberta. Todas as outras serão encerradas.",
    passwordButton: "Alterar senha",
    wrongCurrent: "Essa não é sua senha atual. Tente de novo.",
    doneReset: "Sua senha foi alterada. Encerramos todas as outras sessões.",
    doneChange: "Sua senha foi alterada. Encerramos todas as outras sessões.",
    doneSignUp: "Sua conta está pronta.",
  },

  browser: {
    onSystem: (v) => `${v.browser} em ${v.system}`,
    unknown: "Navegador desconhecido",
    computer: "Computador",
    phone: "Celular",
    tablet: "Tablet",
    unknownDevice: "Dispositivo desconhecido",
  },

  emailChange: {
    title: "Alterar endereço de e-mail",
    note: "Enviaremos um link de confirmação para o novo endereço. Quando você abrir o link, seu endereço será alterado e todas as outras sessões serão encerradas.",
    current: (v) => rich`Seu endereço de e-mail é ${address(v.email)}.`,
    new: "Novo endereço de e-mail",
    button: "Enviar link de confirmação",
    asked: (v) =>
      rich`Procure nosso e-mail na caixa de entrada de ${address(v.email)} e abra o link que está nele. Até lá, seu endereço continua o mesmo. Não recebeu? Confira se o endereço tem erros de digitação e tente de novo.`,
    askedUnnamed:
      "Procure nosso e-mail na caixa de entrada do novo endereço e abra o link que está nele. Até lá, seu endereço continua o mesmo. Não recebeu? Confira se o endereço tem erros de digitação e tente de novo.",
    wrongPassword: "Essa não é sua senha. Tente de novo.",
    same: "Esse já é seu endereço de e-mail. Digite outro.",
  },

  address: {
    title: "Confirme seu novo endereço de e-mail",
    what: (v) =>
      rich`Você está alterando seu endereço de e-mail de ${address(v.from)} para ${address(v.to)}. Você usará o novo para entrar e receberá nele os e-mails sobre sua conta.`,
    everywhere: "Todas as suas sessões serão encerradas. Enviaremos um e-mail aos dois endereços para confirmar.",
    everywhereElse: "Todas as outras sessões serão encerradas. Enviaremos um e-mail aos dois endereços para confirmar.",
    button: "Alterar endereço de e-mail",
    wrongPassword: "Essa não é a senha certa. Tente de novo.",
    forgot: (v) =>
      rich`Esqueceu a senha? Abra este link em um navegador em que sua sessão esteja aberta. Ou ${v.reset("redefina sua senha")} e depois altere o endereço de e-mail de novo: este link deixará de funcionar.`,
    doneTitle: "Seu endereço de e-mail foi alterado",
    done: (v) => rich`Seu endereço de e-mail agora é ${address(v.email)}. Encerramos todas as suas sessões.`,
    doneElse: (v) => rich`Seu endereço de e-mail agora é ${address(v.email)}. Encerramos todas as outras sessões.`,
    toAccount: "Acessar sua conta",
    signIn: "Entrar com o novo endereço",
    told: "Enviamos um e-mail aos dois endereços para confirmar a alteração.",
  },
};
