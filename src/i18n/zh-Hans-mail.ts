import { ltr, rich, strong } from "./rich.ts";
import type { MailWords } from "./shape.ts";

/** Emails, in Simplified Chinese. */
export const mail: MailWords = {
  common: {
    preheader: (v) => `请在${v.duration}内使用此链接。不是您本人请求的？可以忽略此邮件。`,
    preheaderNotice: "如果不是您本人操作，请立即保护您的账号。",
    once: (v) => `此链接只能使用一次，有效期为${v.duration}。`,
    copyLink: "或将此链接复制到浏览器中：",
    action: (v) => `${v.label}：`,
    code: (v) => `或在请求验证码的页面输入此验证码，有效期为${v.duration}。`,
    codeLink: (v) => `或在请求验证码的页面输入此验证码，也可以在其他浏览器中打开链接后输入。有效期为${v.duration}。`,
    neverShare: "请勿将此验证码告诉任何人，包括我们。",
    row: (v) => `${v.label}：${v.value}`,
    browser: "浏览器",
    when: "时间",
    from: "原地址",
    to: "新地址",
    wasYou: "如果是您本人操作，则无需处理。",
    secure: (v) =>
      rich`${strong`不是您本人操作？`}请保护您的账号。我们会退出所有登录，停用当前密码，并向您发送设置新密码的链接。您可以在${v.duration}内进行此操作。`,
    notMe: "这不是我本人操作",
    expired: (v) => rich`链接已过期？${v.again("获取新链接")}`,
    mailboxFirst: "如果其他人可能看到您的邮件，请先更改邮箱密码。",
    why: (v) => rich`您收到此邮件，是因为它对保护您的 ${v.product} 账号安全是必要的。`,
    support: (v) => rich`此邮件由系统自动发送。需要帮助？${v.contact}`,
  },

  reset: {
    subject: (v) => `重置您的 ${v.product} 密码`,
    heading: "重置密码",
    intro: (v) => rich`我们收到了重置您 ${v.product} 账号密码的请求。请在此设置新密码：`,
    introSecured: (v) =>
      rich`您告知我们这不是您本人操作，因此我们已退出您 ${v.product} 账号的所有登录，并停用了旧密码。请在此设置新密码：`,
    preheaderSecured: (v) => `请设置新密码。链接有效期为${v.duration}。`,
    action: "设置新密码",
    note: rich`${strong`不是您本人请求的？`}可以放心忽略此邮件。只有使用链接或验证码，您的密码才会更改。`,
  },

  signIn: {
    subject: (v) => `登录 ${v.product}`,
    heading: (v) => `登录 ${v.product}`,
    intro: "请在请求此链接的浏览器中打开。",
    introWithCode: "请在请求此链接的浏览器中打开。在其他浏览器中还需要下方的验证码。",
    action: "登录",
    note: rich`${strong`不是您本人请求的？`}可以放心忽略此邮件。没有此邮件，任何人都无法登录。`,
  },

  signUp: {
    subject: (v) => `完成创建您的 ${v.product} 账号`,
    heading: "确认您的邮箱地址",
    intro: (v) => rich`请确认您的邮箱地址并设置密码，完成创建您的 ${v.product} 账号。`,
    action: "确认邮箱地址",
    note: rich`${strong`不是您本人请求的？`}可以放心忽略此邮件。不会创建任何账号。`,
  },

  already: {
    subject: (v) => `您已有 ${v.product} 账号`,
    preheader: "请登录；如果忘记密码，请重置密码。",
    heading: "您已有账号",
    intro: "有人尝试使用此邮箱地址创建账号，但您已有账号。请登录；如果忘记密码，请重置密码。",
    action: "登录",
    reset: "重置密码",
    note: rich`${strong`不是您本人操作？`}您无需处理。您的账号没有更改。`,
  },

  pwChanged: {
    subject: (v) => `您的 ${v.product} 密码已更改`,
    heading: "您的密码已更改",
    what: (v) => rich`您的 ${v.product} 账号密码已更改，其他所有登录均已退出。`,
    note: "每次密码更改后，我们都会发送此邮件。",
  },

  addrAsk: {
    subject: (v) => `确认您在 ${v.product} 的新邮箱地址`,
    heading: "确认新邮箱地址",
    what: (v) => rich`您请求将 ${v.product} 账号的邮箱地址从 ${ltr(v.from)} 更改为此地址。请在此确认：`,
    once: (v) => `此链接只能使用一次，有效期为${v.duration}。在您确认之前，不会有任何更改。`,
    action: "确认邮箱地址",
    note: rich`${strong`不是您本人请求的？`}可以放心忽略此邮件。除非您确认，否则不会有任何更改。`,
  },

  addrTaken: {
    subject: (v) => `此邮箱地址已有 ${v.product} 账号`,
    preheader: "无法将其添加到另一个账号。",
    heading: "此邮箱地址已有账号",
    what: (v) => rich`有人尝试将此邮箱地址用于另一个 ${v.product} 账号。该地址已有账号，因此没有任何更改。`,
    next: "如果是您本人操作，请使用此地址登录，或先更改该账号的邮箱地址。",
    action: "登录",
    note: rich`${strong`不是您本人操作？`}您无需处理。您的账号没有更改。`,
  },

  addrChanged: {
    subject: (v) => `您的 ${v.product} 邮箱地址已更改`,
    heading: "您的邮箱地址已更改",
    what: (v) => rich`您的 ${v.product} 账号的邮箱地址已更改。`,
    undo: (v) =>
      rich`${strong`不是您本人操作？`}请找回您的账号。我们会恢复为此地址，退出所有登录，并向您发送设置新密码的链接。您可以在${v.duration}内进行此操作，即使期间其他信息被更改。`,
    secure: (v) =>
      rich`${strong`不是您本人操作？`}请保护您的账号。我们会退出所有登录，停用密码，并向此地址发送设置新密码的链接。您可以在${v.duration}内进行此操作。`,
    note: "我们会向新旧两个地址发送此邮件。",
  },

  addrUndone: {
    subject: (v) => `您的 ${v.product} 邮箱地址已恢复`,
    preheader: "更改为此地址的操作已撤销。",
    heading: "更改已撤销",
    what: (v) =>
      rich`${ltr(v.to)} 的所有者告知我们，并未将其 ${v.product} 账号的邮箱地址更改为 ${ltr(v.from)}，因此我们已恢复原地址。`,
    next: (v) => rich`如果这是您的账号，且不是您本人操作，请${v.support(rich`联系 ${v.product} 客服`)}。`,
    note: "我们会向新旧两个地址发送此邮件。",
  },

  byLink: {
    subject: (v) => `您的 ${v.product} 账号有新的登录`,
    heading: "您的账号有新的登录",
    what: (v) => rich`刚刚有人使用我们邮件中的链接或验证码登录了您的 ${v.product} 账号。`,
    note: "每次不使用密码登录后，我们都会发送此邮件。",
  },

  breach: {
    subject: (v) => `请重置您的 ${v.product} 密码以重新登录`,
    preheader: "为保护账号安全，我们已停用所有密码。请设置新密码。",
    heading: "设置新密码",
    what: (v) => rich`为保护所有账号的安全，我们已退出 ${v.product} 的所有登录，并停用了所有密码。您的旧密码已失效。`,
    once: (v) => `请在此设置新密码。链接只能使用一次，有效期为${v.duration}。`,
    elsewhere: "如果您在其他地方也使用了旧密码，请一并更改。",
    action: "设置新密码",
    why: "我们向所有拥有账号的用户发送了此邮件，无需您请求。",
  },

  invite: {
    subject: (v) => `您的 ${v.product} 账号已可使用`,
    preheader: (v) => `请设置密码，开始使用。链接有效期为${v.duration}。`,
    heading: "设置密码，开始使用",
    what: (v) => rich`已为您创建 ${v.product} 账号。请设置密码，开始使用。`,
    action: "设置密码",
    note: rich`${strong`没想到会收到此邮件？`}可以忽略此邮件。没有此链接，任何人都无法使用该账号。`,
  },

  unknown: {
    subject: (v) => `找不到您的 ${v.product} 账号`,
    preheader: "您创建账号时可能使用了其他邮箱地址。",
    heading: "此邮箱地址没有账号",
    what: (v) => rich`有人输入此邮箱地址以登录 ${v.product}，但该地址没有账号。`,
    next: "如果是您本人操作，请尝试其他邮箱地址。您创建账号时可能使用了其他地址。",
    action: "尝试其他邮箱地址",
    signUp: "创建账号",
    note: rich`${strong`不是您本人操作？`}可以放心忽略此邮件。我们没有创建账号。`,
    why: (v) => rich`您收到此邮件，是因为有人在 ${v.product} 输入了此地址。`,
  },
};
