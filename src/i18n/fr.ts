import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in French. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `Erreur : ${v.title} – ${v.product}`,
    skip: "Aller au contenu principal",
    help: "Aide",
    language: "Langue",
    newTab: "(s’ouvre dans un nouvel onglet)",
    needHelp: (v) => rich`Besoin d’aide ? ${v.support(rich`Contacter ${v.product}`)}`,
  },

  busy: {
    send: "Envoi en cours…",
    signIn: "Connexion en cours…",
    signOut: "Déconnexion en cours…",
    save: "Enregistrement…",
    create: "Création du compte…",
    check: "Vérification…",
    wait: "Un instant…",
  },

  when: {
    ago: (v) => `${v.relative}, à ${v.time}`,
    on: (v) => `le ${v.moment}`,
  },

  error: {
    heading: "Un problème est survenu",
    email: "Saisissez une adresse e-mail au bon format, par exemple name@example.com",
    emailEmpty: "Saisissez votre adresse e-mail",
    emailNoAt: "Saisissez une adresse e-mail avec un @, par exemple name@example.com",
    emailSpace: "Saisissez une adresse e-mail sans espaces",
    emailSeveral: "Saisissez une seule adresse e-mail",
    emailTooLong: "Saisissez une adresse e-mail plus courte",
    emailCharacter: (v) => `Saisissez une adresse e-mail sans « ${v.character} »`,
    emailDomain: "Vérifiez la partie après le @. Elle doit ressembler à example.com",
  },

  email: {
    label: "Adresse e-mail",
    didYouMean: (v) => `Vouliez-vous dire ${v.email} ?`,
  },

  password: {
    label: "Mot de passe",
    newLabel: "Nouveau mot de passe",
    currentLabel: "Mot de passe actuel",
    yourLabel: "Votre mot de passe",
    hint: plural("fr", {
      one: (n) =>
        `Utilisez au moins ${n} caractère. Choisissez quelques mots au hasard ou laissez votre gestionnaire de mots de passe en proposer un.`,
      other: (n) =>
        `Utilisez au moins ${n} caractères. Choisissez quelques mots au hasard ou laissez votre gestionnaire de mots de passe en proposer un.`,
    }),
    show: "Afficher",
    hide: "Masquer",
    showLabel: "Afficher le mot de passe",
    hideLabel: "Masquer le mot de passe",
    shown: "Votre mot de passe est visible",
    hidden: "Votre mot de passe est masqué",
    capsLock: "La touche Verr. maj. est activée",
    needed: plural("fr", { one: (n) => `Encore ${n} caractère`, other: (n) => `Encore ${n} caractères` }),
    enough: "Longueur suffisante",
    forgot: (v) => rich`Mot de passe oublié ? ${v.reset("Réinitialisez-le par e-mail")}`,
    empty: "Saisissez un mot de passe",
    tooShort: plural("fr", {
      one: (n) => `Le mot de passe doit comporter au moins ${n} caractère`,
      other: (n) => `Le mot de passe doit comporter au moins ${n} caractères`,
    }),
    tooLong: "Choisissez un mot de passe plus court. Celui-ci est trop long pour être enregistré.",
    illFormed:
      "Choisissez un autre mot de passe. Celui-ci contient des caractères que nous ne pouvons pas enregistrer.",
    ownAddress: "Choisissez un mot de passe différent de votre adresse e-mail. Il serait trop facile à deviner.",
    localPart:
      "Choisissez un mot de passe qui ne reprend pas une partie de votre adresse e-mail. Il serait trop facile à deviner.",
    productName: "Choisissez un mot de passe différent du nom de ce service. Il serait trop facile à deviner.",
    oneCharacter: "Choisissez un mot de passe qui ne répète pas un seul caractère. Il serait trop facile à deviner.",
    repeated: "Choisissez un mot de passe sans motif répété. Il serait trop facile à deviner.",
    row: "Choisissez un mot de passe qui n’est pas une suite de lettres ou de touches, comme « abcdef » ou « azerty ». Il serait trop facile à deviner.",
    common: "Ce mot de passe est très courant. Choisissez-en un plus difficile à deviner.",
    breached:
      "Ce mot de passe figure dans une fuite de données d’un autre service. Choisissez-en un autre pour protéger votre compte.",
  },

  code: {
    label: "Code à 8 chiffres",
    hint: "Il se trouve dans l’e-mail que nous avons envoyé. Vous pouvez le coller.",
    errorFormat: "Saisissez le code à 8 chiffres reçu par e-mail",
    errorEmpty: "Saisissez le code à 8 chiffres reçu par e-mail",
    errorWrong: plural("fr", {
      one: (n) => `Ce code n’est pas le bon. Il vous reste ${n} essai.`,
      other: (n) => `Ce code n’est pas le bon. Il vous reste ${n} essais.`,
    }),
  },

  other: {
    signedIn: (v) =>
      rich`Une session est ouverte avec l’adresse ${address(v.current)}. Si vous continuez, elle sera fermée et une autre s’ouvrira avec l’adresse ${address(v.next)}.`,
    continueTo: (v) => rich`Continuer vers ${ltr(v.path)}`,
  },

  again: {
    button: "Envoyer un nouvel e-mail",
  },

  signIn: {
    title: (v) => `Se connecter à ${v.product}`,
    shortTitle: "Se connecter",
    errorSummary: "Adresse e-mail ou mot de passe incorrect",
    error: (v) =>
      rich`Adresse e-mail ou mot de passe incorrect. Réessayez ou ${v.reset("réinitialisez votre mot de passe")}.`,
    already: (v) =>
      rich`Une session est déjà ouverte avec l’adresse ${address(v.email)}. ${v.account("Accédez à votre compte")} ou connectez-vous ci-dessous avec une autre adresse.`,
    button: "Se connecter",
    or: "ou",
    byLink: "Recevoir un lien de connexion",
    forgot: "Mot de passe oublié ?",
    new: (v) => rich`Première visite sur ${v.product} ? ${v.signUp("Créez un compte")}`,
  },

  signUp: {
    title: "Créer votre compte",
    intro: "Saisissez votre adresse e-mail. Nous vous enverrons un lien pour la confirmer et choisir un mot de passe.",
    button: "Continuer",
    have: (v) => rich`Vous avez déjà un compte ? ${v.signIn("Connectez-vous")}`,
    closedTitle: "Impossible de créer un compte pour le moment",
    closed: (v) =>
      rich`${v.product} n’accepte pas de nouveaux comptes. Si vous en avez déjà un, ${v.signIn("connectez-vous")}.`,
  },

  choose: {
    title: "Choisir un mot de passe",
    intro: "Votre adresse e-mail est confirmée. Choisissez un mot de passe pour terminer la création de votre compte.",
    button: "Créer le compte",
  },

  invited: {
    title: "Choisir un mot de passe",
    intro: "Un compte a été créé pour vous. Choisissez un mot de passe pour commencer à l’utiliser.",
    button: "Enregistrer et se connecter",
  },

  forgot: {
    title: "Réinitialiser votre mot de passe",
    intro:
      "Saisissez l’adresse e-mail de votre compte. Nous vous enverrons un lien pour choisir un nouveau mot de passe.",
    button: "Recevoir un lien de réinitialisation",
    back: "Retour à la connexion",
  },

  reset: {
    title: "Choisir un nouveau mot de passe",
    intro: "Une session s’ouvrira ici et toutes vos autres sessions seront fermées.",
    button: "Enregistrer et se connecter",
  },

  check: {
    title: "Consultez vos e-mails",
    reset: (v) =>
      rich`Si un compte existe pour ${address(v.email)}, vous recevrez un e-mail envoyé par ${v.product} d’ici une minute environ. Ouvrez le lien qu’il contient ou saisissez le code ici.`,
    signIn: (v) =>
      rich`Si un compte existe pour ${address(v.email)}, vous recevrez un e-mail envoyé par ${v.product} d’ici une minute environ. Ouvrez le lien qu’il contient ou saisissez le code ici.`,
    signUp: (v) =>
      rich`Nous avons envoyé un e-mail à ${address(v.email)}. Ouvrez le lien qu’il contient ou saisissez le code ici.`,
    unknown:
      "Si un compte existe pour l’adresse saisie, vous recevrez un e-mail avec un lien d’ici une minute environ.",
    unknownNext: "Ouvrez ce lien pour continuer. Vous pouvez fermer cette page.",
    changeAddress: "Modifier l’adresse e-mail",
    webmail: (v) => `Ouvrir ${v.webmail}`,
    orCode: "ou saisissez le code",
    button: "Continuer",
    sentAgain: (v) =>
      rich`Si un compte existe pour ${address(v.email)}, nous avons envoyé un autre e-mail. Les précédents fonctionnent toujours.`,
    sentAgainSignUp: "Nous avons envoyé un autre e-mail. Les précédents fonctionnent toujours.",
    helpTitle: "Vous n’avez pas reçu l’e-mail ?",
    helpSearch: (v) =>
      rich`Cherchez « ${v.subject} », envoyé par ${ltr(v.sender)}, et vérifiez votre dossier de spams ou de courrier indésirable.`,
    helpSpam: "Vérifiez votre dossier de spams ou de courrier indésirable.",
    helpTypo:
      "Vérifiez que l’adresse ci-dessus ne contient pas de faute de frappe. Vous avez peut-être créé votre compte avec une autre adresse.",
    helpAgain: "Demandez un nouvel envoi. Tous nos e-mails fonctionnent tant que vous n’en avez utilisé aucun.",
    resend: "Renvoyer l’e-mail",
    resendIn: plural("fr", {
      one: (n) => `Vous pourrez le renvoyer dans ${n} seconde`,
      other: (n) => `Vous pourrez le renvoyer dans ${n} secondes`,
    }),
    tooSoon: plural("fr", {
      one: (n) => `Attendez ${n} seconde avant de le renvoyer`,
      other: (n) => `Attendez ${n} secondes avant de le renvoyer`,
    }),
    overTitle: "Besoin d’un autre e-mail ?",
    over: (v) =>
      rich`L’e-mail envoyé à ${address(v.email)} a déjà été utilisé, ou un code incorrect a été saisi trop de fois. Vous pouvez en demander un nouveau.`,
    againReset: "Envoyer un autre lien de réinitialisation",
    againSignIn: "Envoyer un autre lien de connexion",
    againSignUp: "Envoyer un autre lien de création de compte",
  },

  link: {
    title: "Recevoir un lien de connexion",
    intro:
      "Saisissez votre adresse e-mail. Nous vous enverrons un lien et un code pour vous connecter, sans mot de passe.",
    button: "Recevoir un lien de connexion",
    password: "Se connecter avec un mot de passe",
  },

  confirm: {
    title: (v) => `Se connecter à ${v.product}`,
    tap: (v) => rich`Continuez pour vous connecter avec l’adresse ${address(v.email)}.`,
    code: "Vous avez demandé ce lien dans un autre navigateur. Pour vous connecter ici, saisissez le code à 8 chiffres qui figure dans le même e-mail.",
    button: (v) => rich`Se connecter avec ${ltr(v.email)}`,
    noCode: (v) => rich`Vous ne trouvez pas le code ? ${v.link("Demandez un nouveau lien dans ce navigateur")}`,
    notYou: "Vous n’êtes pas à l’origine de cette demande ? Fermez cette page. Rien n’a changé.",
  },

  me: {
    title: "Votre compte",
    signedInAs: (v) => rich`Session ouverte avec l’adresse ${address(v.email)}`,
    signOut: "Se déconnecter",
    change: "Modifier",
    changeEmailLabel: "Modifier l’adresse e-mail",
    changePasswordLabel: "Modifier le mot de passe",
    passwordChanged: (v) => rich`Dernière modification : ${v.date}`,
    noPassword: "Vous n’avez pas encore choisi de mot de passe",
    choosePassword: (v) => rich`${v.reset("Choisir un mot de passe par e-mail")}`,
    sessions: "Vos sessions",
    thisBrowser: "Ce navigateur",
    activeNow: (v) => rich`Active maintenant · Connexion : ${v.date}`,
    lastActive: (v) => rich`Dernière activité : ${v.seen} · Connexion : ${v.date}`,
    endOne: "Déconnecter",
    endOneLabel: (v) => `Fermer la session ${v.browser}, dernière activité : ${v.seen}`,
    endOthers: "Fermer toutes les autres sessions",
    endedOne: (v) => rich`Session fermée : ${v.browser}.`,
    endedOthers: "Toutes vos autres sessions ont été fermées.",
    password: "Modifier le mot de passe",
    passwordNote: "Cette session restera ouverte. Toutes les autres seront fermées.",
    passwordButton: "Modifier le mot de passe",
    wrongCurrent: "Ce n’est pas votre mot de passe actuel. Réessayez.",
    doneReset: "Votre mot de passe a été modifié. Nous avons fermé toutes vos autres sessions.",
    doneChange: "Votre mot de passe a été modifié. Nous avons fermé toutes vos autres sessions.",
    doneSignUp: "Votre compte est prêt.",
  },

  browser: {
    onSystem: (v) => `${v.browser} sur ${v.system}`,
    unknown: "Navigateur inconnu",
    computer: "Ordinateur",
    phone: "Téléphone",
    tablet: "Tablette",
    unknownDevice: "Appareil inconnu",
  },

  emailChange: {
    title: "Modifier l’adresse e-mail",
    note: "Nous enverrons un lien de confirmation à la nouvelle adresse. Dès que vous l’ouvrirez, votre adresse changera et toutes vos autres sessions seront fermées.",
    current: (v) => rich`Votre adresse e-mail est ${address(v.email)}.`,
    new: "Nouvelle adresse e-mail",
    button: "Envoyer le lien de confirmation",
    asked: (v) =>
      rich`Consultez la messagerie de ${address(v.email)} et ouvrez le lien de notre e-mail. D’ici là, votre adresse reste la même. Rien reçu ? Vérifiez que l’adresse ne contient pas de faute de frappe et réessayez.`,
    askedUnnamed:
      "Consultez la messagerie de votre nouvelle adresse et ouvrez le lien de notre e-mail. D’ici là, votre adresse reste la même. Rien reçu ? Vérifiez que l’adresse ne contient pas de faute de frappe et réessayez.",
    wrongPassword: "Ce n’est pas votre mot de passe. Réessayez.",
    same: "C’est déjà votre adresse e-mail. Saisissez-en une autre.",
  },

  address: {
    title: "Confirmer votre nouvelle adresse e-mail",
    what: (v) =>
      rich`Vous remplacez l’adresse e-mail ${address(v.from)} par ${address(v.to)}. La nouvelle vous servira à vous connecter et recevra les e-mails liés à votre compte.`,
    everywhere: "Toutes vos sessions seront fermées. Nous enverrons un e-mail de confirmation aux deux adresses.",
    everywhereElse:
      "Toutes vos autres sessions seront fermées. Nous enverrons un e-mail de confirmation aux deux adresses.",
    button: "Modifier l’adresse e-mail",
    wrongPassword: "Ce n’est pas le bon mot de passe. Réessayez.",
    forgot: (v) =>
      rich`Mot de passe oublié ? Ouvrez ce lien dans un navigateur où votre session est ouverte. Ou ${v.reset("réinitialisez votre mot de passe")}, puis modifiez à nouveau votre adresse e-mail : ce lien ne fonctionnera plus.`,
    doneTitle: "Votre adresse e-mail a été modifiée",
    done: (v) => rich`Votre adresse e-mail est désormais ${address(v.email)}. Nous avons fermé toutes vos sessions.`,
    doneElse: (v) =>
      rich`Votre adresse e-mail est désormais ${address(v.email)}. Nous avons fermé toutes vos autres sessions.`,
    toAccount: "Accéder à votre compte",
    signIn: "Se connecter avec la nouvelle adresse",
    told: "Nous avons envoyé un e-mail aux deux adresses pour confirmer la modification.",
  },
};
