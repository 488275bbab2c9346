import { address, ltr, rich } from "./rich.ts";
import type { OutcomeWords } from "./shape.ts";

/** Links and codes that no longer work, "This wasn’t me", and problems, in French. */
export const outcomes: OutcomeWords = {
  codeOver: {
    elsewhereTitle: "Saisissez le code là où vous l’avez demandé",
    elsewhere: "Un code ne fonctionne que dans le navigateur où il a été demandé, et pendant peu de temps.",
    notAgainTitle: "Nous ne pouvons pas renvoyer cet e-mail",
    notAgain:
      "Un e-mail ne peut être renvoyé que depuis le navigateur où il a été demandé, et pendant peu de temps. Recommencez pour en recevoir un nouveau.",
    usedTitle: "Cet e-mail a déjà été utilisé",
    used: "Son lien ou son code a déjà servi. Si vous devez encore vous connecter, demandez un nouvel e-mail.",
    triesTitle: "Trop de codes incorrects",
    tries:
      "Pour protéger votre compte, les codes envoyés ne fonctionnent plus. Le lien de l’e-mail fonctionne toujours dans ce navigateur. Vous pouvez aussi demander un nouvel e-mail pour obtenir un nouveau code.",
    start: "Recommencer",
  },

  dead: {
    expiredTitle: "Ce lien a expiré",
    expired: (v) => rich`Il a cessé de fonctionner ${v.when}.`,
    expiredNew: (v) => rich`Il a cessé de fonctionner ${v.when}. Nous pouvons vous en envoyer un nouveau.`,
    expiredNewTo: (v) =>
      rich`Il a cessé de fonctionner ${v.when}. Nous pouvons en envoyer un nouveau à ${address(v.email)}.`,
    invitationTitle: "Cette invitation a expiré",
    invitation: (v) =>
      rich`Elle a cessé de fonctionner ${v.when}. Nous pouvons vous envoyer un nouveau lien pour choisir votre mot de passe.`,
    unknownTitle: "Ce lien ne fonctionne pas",
    unknown:
      "Il en manque peut-être une partie. Ouvrez-le de nouveau depuis l’e-mail ou copiez le lien entier dans votre navigateur.",
    unknownOld: "C’est peut-être aussi un ancien lien.",
    unknownOldNew: "C’est peut-être aussi un ancien lien. Nous pouvons vous en envoyer un nouveau.",
    takenTitle: "Cette adresse e-mail est déjà utilisée",
    taken: "Un compte a été créé avec cette adresse après votre demande. Votre adresse e-mail n’a pas changé.",
    takenNext: "Connectez-vous à ce compte ou modifiez d’abord son adresse e-mail.",
    accountCreatedTitle: "Vous avez déjà un compte",
    accountCreated:
      "Un compte a été créé avec cette adresse e-mail après l’envoi du lien. Connectez-vous, ou réinitialisez votre mot de passe si vous ne le connaissez pas.",
    codeOverTitle: "Ouvrez ce lien dans le navigateur où vous l’avez demandé",
    codeOver:
      "Dans un autre navigateur, il faut le code qui figure dans le même e-mail. Ce code a expiré, ou un code incorrect a été saisi trop de fois.",
    codeOverNext: "Revenez à ce navigateur ou demandez un nouveau lien ici.",
    usedTitle: "Ce lien a déjà été utilisé",
    endedTitle: "Ce lien ne fonctionne plus",
    replacedUndo: (v) => rich`Une modification de l’adresse e-mail a été annulée ${v.when}. Cela a désactivé ce lien.`,
    replaced: (v) => rich`Un autre lien ou un autre code a été utilisé ${v.when}. Celui-ci ne fonctionne donc plus.`,
    passwordChanged: (v) =>
      rich`Le mot de passe a été modifié ${v.when}. Les liens envoyés auparavant ne fonctionnent plus.`,
    withdrawn: (v) => rich`Par précaution, nous avons désactivé tous les liens précédents ${v.when}.`,
    withdrawnNew: (v) =>
      rich`Par précaution, nous avons désactivé tous les liens précédents ${v.when}. Nous pouvons vous en envoyer un nouveau.`,
    objection: (v) =>
      rich`Une activité inconnue a été signalée ${v.when}. Les liens envoyés auparavant ne fonctionnent plus.`,
    addressChanged: (v) =>
      rich`L’adresse e-mail du compte a été modifiée ${v.when}. Les liens envoyés auparavant ne fonctionnent plus.`,
    addressChangedOld:
      "L’adresse e-mail du compte a été modifiée. Les liens envoyés à l’ancienne adresse ne fonctionnent plus.",
    helpUndo: (v) =>
      rich`Si votre compte a une adresse e-mail que vous ne reconnaissez pas, ${v.support(rich`contactez l’assistance ${v.product}`)}.`,
    helpObjection:
      "Si vous pensez que quelqu’un d’autre utilise votre compte, réinitialisez votre mot de passe. Toutes les autres sessions seront fermées.",
    usedSignUp: (v) =>
      rich`Il a servi à créer un compte ${v.when}. Connectez-vous avec le mot de passe que vous avez choisi.`,
    usedReset: (v) => rich`Il a servi à choisir un nouveau mot de passe ${v.when}.`,
    usedResetNext:
      "Si c’était vous, connectez-vous avec votre nouveau mot de passe. Sinon, réinitialisez votre mot de passe maintenant.",
    usedSignIn: (v) => rich`Il a servi à ouvrir une session ${v.when}.`,
    usedSignInNext:
      "Pour vous reconnecter, demandez un nouveau lien. Si ce n’était pas vous, ouvrez notre e-mail sur cette connexion et choisissez « Ce n’était pas moi ».",
    usedChange: (v) => rich`Il a servi à modifier l’adresse e-mail ${v.when}. Connectez-vous avec la nouvelle adresse.`,
    usedUndo: (v) =>
      rich`Il a servi à récupérer le compte ${v.when}. Nous avons envoyé un e-mail avec un lien pour choisir un nouveau mot de passe : consultez votre messagerie.`,
    usedObjection: (v) =>
      rich`Il a servi à sécuriser le compte ${v.when}. Nous avons envoyé un e-mail avec un lien pour choisir un nouveau mot de passe : consultez votre messagerie.`,
    newLink: "Recevoir un nouveau lien",
    resetPassword: "Réinitialiser votre mot de passe",
    toAccount: "Accéder à votre compte",
    signIn: "Se connecter",
    signedIn: (v) => rich`Votre session est ouverte. ${v.account("Accéder à votre compte")}`,
    knowPassword: (v) => rich`Vous connaissez votre mot de passe ? ${v.signIn("Connectez-vous")}`,
  },

  justUsed: {
    resetTitle: "Votre mot de passe a été modifié",
    reset: "Votre mot de passe vient d’être modifié. Connectez-vous avec le nouveau.",
    signUpTitle: "Votre compte est prêt",
    signUp: "Votre compte vient d’être créé. Connectez-vous avec le mot de passe que vous avez choisi.",
    signInTitle: "Ce lien vient d’être utilisé",
    signIn:
      "Un lien de connexion ne fonctionne qu’une fois. Si aucune session n’est ouverte ici, demandez un nouveau lien.",
  },

  done: {
    reset: "Votre mot de passe a été modifié",
    signUp: "Votre compte est prêt",
    signIn: "Votre session est ouverte",
  },

  cookies: {
    title: "Autoriser les cookies pour se connecter",
    signIn: "Votre mot de passe est correct, mais votre navigateur a bloqué le cookie qui garde votre session ouverte.",
    signInLink: "Votre lien a fonctionné, mais votre navigateur a bloqué le cookie qui garde votre session ouverte.",
    reset:
      "Votre mot de passe a été modifié, mais votre navigateur a bloqué le cookie qui garde votre session ouverte.",
    signUp: "Votre compte est prêt, mais votre navigateur a bloqué le cookie qui garde votre session ouverte.",
    emailChange:
      "Votre adresse e-mail a été modifiée, mais votre navigateur a bloqué le cookie qui garde votre session ouverte.",
    next: "Autorisez les cookies pour ce site dans les réglages de votre navigateur, puis connectez-vous.",
    button: "Se connecter",
  },

  secure: {
    title: "Sécuriser votre compte",
    intro: (v) =>
      rich`Si vous ne reconnaissez pas l’activité décrite dans notre e-mail, sécurisez maintenant le compte associé à ${address(v.email)}. Voici ce qui va se passer :`,
    endSessions: "Toutes les sessions sont fermées, y compris dans ce navigateur.",
    turnOff: "Le mot de passe actuel et tous les liens déjà envoyés cessent de fonctionner.",
    sendLink: "Nous vous envoyons par e-mail un lien pour choisir un nouveau mot de passe.",
    button: "Sécuriser mon compte",
    wasYou: "C’était bien vous ? Fermez cette page. Rien n’a changé.",
    doneTitle: "Votre compte est sécurisé",
    done: "Toutes les sessions ont été fermées et l’ancien mot de passe ne fonctionne plus.",
    doneNext:
      "Nous vous avons envoyé par e-mail un lien pour choisir un nouveau mot de passe. Si quelqu’un d’autre peut lire vos e-mails, changez d’abord le mot de passe de votre messagerie.",
    again: (v) => rich`Rien reçu ? ${v.reset("Envoyer un autre lien")}`,
  },

  undo: {
    title: "Sécuriser votre compte",
    intro: (v) =>
      rich`Si vous n’avez pas modifié votre adresse e-mail, rétablissez ${address(v.email)} et bloquez tout autre accès. Voici ce qui va se passer :`,
    addressBack: "Votre adresse e-mail précédente est rétablie.",
    turnOff: "Le mot de passe actuel et tous les autres liens déjà envoyés cessent de fonctionner.",
    doneTitle: "Votre compte est sécurisé",
    done: "Votre adresse e-mail a été rétablie. Toutes les sessions ont été fermées et l’ancien mot de passe ne fonctionne plus.",
    lockedTitle: "Votre compte est bloqué",
    locked:
      "Toutes les sessions ont été fermées. Le mot de passe et l’adresse e-mail définis par quelqu’un d’autre ne fonctionnent plus.",
    lockedNext: (v) =>
      rich`Votre ancienne adresse appartient désormais à un autre compte, nous n’avons donc pas pu la rétablir. Personne ne peut se connecter tant que ce problème n’est pas réglé. ${v.support(rich`Contactez l’assistance ${v.product}.`)}`,
  },

  problem: {
    badRequestTitle: "Nous n’avons pas pu lire ce formulaire",
    badRequest: "Revenez en arrière et réessayez.",
    otherSiteTitle: "Ce formulaire provient d’un autre site",
    otherSite:
      "Pour votre sécurité, nous n’acceptons que les formulaires envoyés depuis nos propres pages. Recommencez depuis la page ci-dessous.",
    otherNameTitle: "Ouvrez ce site à son adresse habituelle",
    otherName: (v) =>
      rich`Vous avez ouvert ce site à l’adresse ${ltr(v.opened)}, mais les formulaires ne fonctionnent qu’à l’adresse ${ltr(v.address)}. Ouvrez-le à cette adresse et réessayez.`,
    otherNameButton: (v) => rich`Ouvrir ${ltr(v.address)}`,
    notFoundTitle: "Page introuvable",
    notFound:
      "Vérifiez que l’adresse ne contient pas de faute de frappe. Si vous avez suivi un lien reçu par e-mail, copiez le lien entier dans votre navigateur.",
    notAllowedTitle: "Cette page ne peut pas être ouverte directement",
    notAllowed: "Recommencez depuis la page ci-dessous.",
    tooLargeTitle: "Ce formulaire était trop volumineux",
    tooLarge: "Revenez en arrière, raccourcissez votre saisie et réessayez.",
    busyTitle: "Le service est momentanément saturé",
    busy: "Veuillez réessayer dans quelques secondes. Rien n’a été modifié.",
    failedTitle: "Désolé, une erreur est survenue",
    failed: "L’erreur vient de nous et rien n’a été modifié. Veuillez réessayer dans une minute.",
    reference: (v) => rich`Si vous nous contactez, indiquez cette référence : ${ltr(v.id)}`,
    signIn: "Se connecter",
    resetPassword: "Réinitialiser votre mot de passe",
    signInLink: "Recevoir un lien de connexion",
    enterCode: "Saisir un code reçu par e-mail",
    toAccount: "Accéder à votre compte",
  },

  tooMany: {
    title: "Trop de tentatives",
    text: (v) =>
      `Il y a eu trop de tentatives, peut-être de la part de quelqu’un d’autre. Veuillez réessayer dans ${v.duration}.`,
    soon: "Il y a eu trop de tentatives, peut-être de la part de quelqu’un d’autre. Veuillez réessayer dans quelques secondes.",
    resetTitle: "Réinitialiser votre mot de passe pour vous connecter",
    reset:
      "Un mot de passe incorrect a été saisi trop de fois pour cette adresse e-mail, peut-être par quelqu’un d’autre. Pour protéger le compte, réinitialisez votre mot de passe afin de vous reconnecter.",
  },

  refused: {
    title: "Vous ne pouvez pas vous connecter ainsi",
    text: "Ce mode de connexion n’est pas possible pour ce compte. Rien n’a changé.",
    linkWorks:
      "Ce mode de connexion n’est pas possible pour ce compte. Rien n’a changé et votre lien fonctionne toujours.",
    next: (v) => rich`Essayez un autre mode de connexion ou ${v.support(rich`contactez l’assistance ${v.product}`)}.`,
  },
};
