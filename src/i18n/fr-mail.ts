import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in French. */
export const mail: MailWords = {
  common: {
    preheader: (v) => `Utilisez ce lien dans un délai de ${v.duration}. Vous n’avez rien demandé ? Ignorez cet e-mail.`,
    preheaderNotice: "Si ce n’était pas vous, sécurisez votre compte maintenant.",
    once: (v) => `Ce lien ne fonctionne qu’une fois et expire dans ${v.duration}.`,
    copyLink: "Ou copiez ce lien dans votre navigateur :",
    action: (v) => `${v.label} :`,
    code: (v) => `Ou saisissez ce code sur la page où vous l’avez demandé. Il expire dans ${v.duration}.`,
    codeLink: (v) =>
      `Ou saisissez ce code sur la page où vous l’avez demandé, ou après avoir ouvert le lien dans un autre navigateur. Il expire dans ${v.duration}.`,
    neverShare: "Ne communiquez jamais ce code à qui que ce soit, pas même à nous.",
    row: (v) => `${v.label} : ${v.value}`,
    browser: "Navigateur",
    when: "Date",
    from: "De",
    to: "À",
    wasYou: "Si c’était vous, vous n’avez rien à faire.",
    secure: (v) =>
      rich`${strong`Ce n’était pas vous ?`} Sécurisez votre compte. Nous fermerons toutes les sessions, désactiverons le mot de passe actuel et vous enverrons par e-mail un lien pour en choisir un nouveau. Vous pouvez le faire pendant ${v.duration}.`,
    notMe: "Ce n’était pas moi",
    expired: (v) => rich`Le lien a expiré ? ${v.again("Demandez-en un nouveau")}`,
    mailboxFirst: "Si quelqu’un d’autre peut lire vos e-mails, changez d’abord le mot de passe de votre messagerie.",
    why: (v) => rich`Vous recevez cet e-mail, car il est nécessaire à la sécurité de votre compte ${v.product}.`,
    support: (v) => rich`Cet e-mail a été envoyé automatiquement. Besoin d’aide ? ${v.contact}`,
  },

  reset: {
    subject: (v) => `Réinitialisez votre mot de passe ${v.product}`,
    heading: "Réinitialisez votre mot de passe",
    intro: (v) =>
      rich`Nous avons reçu une demande de réinitialisation du mot de passe de votre compte ${v.product}. Choisissez-en un nouveau ici :`,
    introSecured: (v) =>
      rich`Vous nous avez signalé que ce n’était pas vous. Nous avons donc fermé toutes les sessions de votre compte ${v.product} et désactivé l’ancien mot de passe. Choisissez-en un nouveau ici :`,
    preheaderSecured: (v) => `Choisissez un nouveau mot de passe. Le lien expire dans ${v.duration}.`,
    action: "Choisir un nouveau mot de passe",
    note: rich`${strong`Vous n’êtes pas à l’origine de cette demande ?`} Vous pouvez ignorer cet e-mail. Votre mot de passe ne changera que si vous utilisez le lien ou le code.`,
  },

  signIn: {
    subject: (v) => `Connectez-vous à ${v.product}`,
    heading: (v) => `Connectez-vous à ${v.product}`,
    intro: "Ouvrez ce lien dans le navigateur où vous l’avez demandé.",
    introWithCode:
      "Ouvrez ce lien dans le navigateur où vous l’avez demandé. Dans un autre navigateur, il vous faudra aussi le code ci-dessous.",
    action: "Se connecter",
    note: rich`${strong`Vous n’êtes pas à l’origine de cette demande ?`} Vous pouvez ignorer cet e-mail. Personne ne peut se connecter sans lui.`,
  },

  signUp: {
    subject: (v) => `Terminez la création de votre compte ${v.product}`,
    heading: "Confirmez votre adresse e-mail",
    intro: (v) =>
      rich`Confirmez votre adresse e-mail et choisissez un mot de passe pour terminer la création de votre compte ${v.product}.`,
    action: "Confirmer l’adresse e-mail",
    note: rich`${strong`Vous n’êtes pas à l’origine de cette demande ?`} Vous pouvez ignorer cet e-mail. Aucun compte ne sera créé.`,
  },

  already: {
    subject: (v) => `Vous avez déjà un compte ${v.product}`,
    preheader: "Connectez-vous, ou réinitialisez votre mot de passe si vous l’avez oublié.",
    heading: "Vous avez déjà un compte",
    intro:
      "Quelqu’un a essayé de créer un compte avec cette adresse e-mail, mais vous en avez déjà un. Connectez-vous, ou réinitialisez votre mot de passe si vous l’avez oublié.",
    action: "Se connecter",
    reset: "Réinitialiser votre mot de passe",
    note: rich`${strong`Ce n’était pas vous ?`} Vous n’avez rien à faire. Votre compte n’a pas changé.`,
  },

  pwChanged: {
    subject: (v) => `Votre mot de passe ${v.product} a été modifié`,
    heading: "Votre mot de passe a été modifié",
    what: (v) =>
      rich`Le mot de passe de votre compte ${v.product} a été modifié et toutes vos autres sessions ont été fermées.`,
    note: "Nous envoyons cet e-mail à chaque modification de votre mot de passe.",
  },

  addrAsk: {
    subject: (v) => `Confirmez votre nouvelle adresse e-mail pour ${v.product}`,
    heading: "Confirmez votre nouvelle adresse e-mail",
    what: (v) =>
      rich`Vous avez demandé à remplacer l’adresse e-mail ${ltr(v.from)} de votre compte ${v.product} par celle-ci. Confirmez-la ici :`,
    once: (v) =>
      `Ce lien ne fonctionne qu’une fois et expire dans ${v.duration}. Rien ne change tant que vous n’avez pas confirmé.`,
    action: "Confirmer l’adresse e-mail",
    note: rich`${strong`Vous n’êtes pas à l’origine de cette demande ?`} Vous pouvez ignorer cet e-mail. Rien ne change sans votre confirmation.`,
  },

  addrTaken: {
    subject: (v) => `Cette adresse e-mail a déjà un compte ${v.product}`,
    preheader: "Elle ne peut pas être ajoutée à un second compte.",
    heading: "Cette adresse e-mail a déjà un compte",
    what: (v) =>
      rich`Quelqu’un a essayé d’utiliser cette adresse e-mail pour un autre compte ${v.product}. Elle est déjà associée à un compte, rien n’a donc été modifié.`,
    next: "Si c’était vous, connectez-vous avec cette adresse ou modifiez d’abord l’adresse e-mail de ce compte.",
    action: "Se connecter",
    note: rich`${strong`Ce n’était pas vous ?`} Vous n’avez rien à faire. Votre compte n’a pas changé.`,
  },

  addrChanged: {
    subject: (v) => `Votre adresse e-mail ${v.product} a été modifiée`,
    heading: "Votre adresse e-mail a été modifiée",
    what: (v) => rich`L’adresse e-mail de votre compte ${v.product} a été modifiée.`,
    undo: (v) =>
      rich`${strong`Ce n’était pas vous ?`} Récupérez votre compte. Nous rétablirons cette adresse, fermerons toutes les sessions et vous enverrons par e-mail un lien pour choisir un nouveau mot de passe. Vous pouvez le faire pendant ${v.duration}, même si d’autres informations changent entre-temps.`,
    secure: (v) =>
      rich`${strong`Ce n’était pas vous ?`} Sécurisez votre compte. Nous fermerons toutes les sessions, désactiverons le mot de passe et enverrons à cette adresse un lien pour en choisir un nouveau. Vous pouvez le faire pendant ${v.duration}.`,
    note: "Nous envoyons cet e-mail à l’ancienne et à la nouvelle adresse.",
  },

  addrUndone: {
    subject: (v) => `Votre adresse e-mail ${v.product} a été rétablie`,
    preheader: "Le passage à cette adresse a été annulé.",
    heading: "La modification a été annulée",
    what: (v) =>
      rich`La personne qui utilise l’adresse ${ltr(v.to)} nous a signalé ne pas l’avoir remplacée par ${ltr(v.from)} pour son compte ${v.product}. Nous avons donc rétabli l’adresse précédente.`,
    next: (v) =>
      rich`Si ce compte est le vôtre et que cela ne vient pas de vous, ${v.support(rich`contactez l’assistance ${v.product}`)}.`,
    note: "Nous envoyons cet e-mail à l’ancienne et à la nouvelle adresse.",
  },

  byLink: {
    subject: (v) => `Nouvelle connexion à votre compte ${v.product}`,
    heading: "Nouvelle connexion à votre compte",
    what: (v) =>
      rich`Une connexion à votre compte ${v.product} vient d’avoir lieu avec un lien ou un code que nous avons envoyé par e-mail.`,
    note: "Nous envoyons cet e-mail après chaque connexion sans mot de passe.",
  },

  breach: {
    subject: (v) => `Choisissez un nouveau mot de passe ${v.product}`,
    preheader: "Pour protéger les comptes, nous avons désactivé tous les mots de passe. Choisissez-en un nouveau.",
    heading: "Choisissez un nouveau mot de passe",
    what: (v) =>
      rich`Pour protéger tous les comptes, nous avons fermé toutes les sessions sur ${v.product} et désactivé tous les mots de passe. Votre ancien mot de passe ne fonctionne plus.`,
    once: (v) => `Choisissez-en un nouveau ici. Le lien ne fonctionne qu’une fois et expire dans ${v.duration}.`,
    elsewhere: "Si vous utilisiez votre ancien mot de passe ailleurs, changez-le aussi là-bas.",
    action: "Choisir un nouveau mot de passe",
    why: "Nous avons envoyé cet e-mail à toutes les personnes qui ont un compte, sans demande de leur part.",
  },

  invite: {
    subject: (v) => `Votre compte ${v.product} est prêt`,
    preheader: (v) => `Choisissez un mot de passe pour commencer. Le lien expire dans ${v.duration}.`,
    heading: "Choisissez un mot de passe pour commencer",
    what: (v) => rich`Un compte ${v.product} a été créé pour vous. Choisissez un mot de passe pour commencer.`,
    action: "Choisir un mot de passe",
    note: rich`${strong`Vous n’attendiez pas cet e-mail ?`} Vous pouvez l’ignorer. Personne ne peut utiliser le compte sans ce lien.`,
  },

  unknown: {
    subject: (v) => `Nous n’avons pas trouvé votre compte ${v.product}`,
    preheader: "Vous avez peut-être créé votre compte avec une autre adresse e-mail.",
    heading: "Aucun compte avec cette adresse e-mail",
    what: (v) =>
      rich`Quelqu’un a saisi cette adresse e-mail pour se connecter à ${v.product}, mais aucun compte n’y est associé.`,
    next: "Si c’était vous, essayez une autre adresse e-mail. Vous avez peut-être créé votre compte avec une autre.",
    action: "Essayer une autre adresse e-mail",
    signUp: "Créer un compte",
    note: rich`${strong`Ce n’était pas vous ?`} Vous pouvez ignorer cet e-mail. Nous n’avons créé aucun compte.`,
    why: (v) => rich`Vous recevez cet e-mail, car quelqu’un a saisi cette adresse sur ${v.product}.`,
  },
};
