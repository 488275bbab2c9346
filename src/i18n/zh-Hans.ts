import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in Simplified Chinese. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `错误：${v.title} – ${v.product}`,
    skip: "跳到主要内容",
    help: "帮助",
    language: "语言",
    newTab: "（在新标签页中打开）",
    needHelp: (v) => rich`需要帮助？${v.support(rich`联系 ${v.product}`)}`,
  },

  busy: {
    send: "正在发送…",
    signIn: "正在登录…",
    signOut: "正在退出…",
    save: "正在保存…",
    create: "正在创建账号…",
    check: "正在检查…",
    wait: "请稍候…",
  },

  when: {
    ago: (v) => `${v.relative}，${v.time}`,
    on: (v) => v.moment,
  },

  error: {
    heading: "出现问题",
    email: "请输入格式正确的邮箱地址，例如 name@example.com",
    emailEmpty: "请输入您的邮箱地址",
    emailNoAt: "请输入包含 @ 的邮箱地址，例如 name@example.com",
    emailSpace: "请输入不含空格的邮箱地址",
    emailSeveral: "请只输入一个邮箱地址",
    emailTooLong: "请输入较短的邮箱地址",
    emailCharacter: (v) => `请输入不含“${v.character}”的邮箱地址`,
    emailDomain: "请检查 @ 后面的部分，格式应类似 example.com",
  },

  email: {
    label: "邮箱地址",
    didYouMean: (v) => `您是不是想输入 ${v.email}？`,
  },

  password: {
    label: "密码",
    newLabel: "新密码",
    currentLabel: "当前密码",
    yourLabel: "您的密码",
    hint: plural("zh-Hans", {
      other: (n) => `至少 ${n} 个字符。可以使用几个随机的词语，也可以让密码管理器推荐一个。`,
    }),
    show: "显示",
    hide: "隐藏",
    showLabel: "显示密码",
    hideLabel: "隐藏密码",
    shown: "您的密码已显示",
    hidden: "您的密码已隐藏",
    capsLock: "大写锁定已开启",
    needed: plural("zh-Hans", { other: (n) => `还需 ${n} 个字符` }),
    enough: "长度足够",
    forgot: (v) => rich`忘记密码？${v.reset("通过邮件重置")}`,
    empty: "请输入密码",
    tooShort: plural("zh-Hans", { other: (n) => `密码至少需要 ${n} 个字符` }),
    tooLong: "请设置较短的密码。此密码过长，无法保存。",
    illFormed: "请设置其他密码。此密码包含无法保存的字符。",
    ownAddress: "请不要将您的邮箱地址用作密码，这样太容易被猜到。",
    localPart: "请不要将邮箱地址的一部分用作密码，这样太容易被猜到。",
    productName: "请不要将本服务的名称用作密码，这样太容易被猜到。",
    oneCharacter: "请不要使用由同一个字符重复组成的密码，这样太容易被猜到。",
    repeated: "请不要使用重复规律的密码，这样太容易被猜到。",
    row: "请不要使用“abcdef”或“qwerty”这样的连续字母或按键，这样太容易被猜到。",
    common: "此密码非常常见。请设置一个更难猜到的密码。",
    breached: "此密码曾在其他服务的数据泄露中出现。为保护账号安全，请设置其他密码。",
  },

  code: {
    label: "8 位验证码",
    hint: "验证码在我们发送的邮件中，可以直接粘贴。",
    errorFormat: "请输入邮件中的 8 位验证码",
    errorEmpty: "请输入邮件中的 8 位验证码",
    errorWrong: plural("zh-Hans", { other: (n) => `验证码不正确。您还可以尝试 ${n} 次。` }),
  },

  other: {
    signedIn: (v) =>
      rich`您当前登录的账号是 ${address(v.current)}。如果继续，将退出该账号，并改用 ${address(v.next)} 登录。`,
    continueTo: (v) => rich`继续前往 ${ltr(v.path)}`,
  },

  again: {
    button: "发送新邮件",
  },

  signIn: {
    title: (v) => `登录 ${v.product}`,
    shortTitle: "登录",
    errorSummary: "邮箱地址或密码错误",
    error: (v) => rich`邮箱地址或密码错误。请重试，或${v.reset("重置密码")}。`,
    already: (v) => rich`您已登录 ${address(v.email)}。${v.account("前往您的账号")}，或在下方登录其他账号。`,
    button: "登录",
    or: "或",
    byLink: "通过邮件获取登录链接",
    forgot: "忘记密码？",
    new: (v) => rich`首次使用 ${v.product}？${v.signUp("创建账号")}`,
  },

  signUp: {
    title: "创建账号",
    intro: "请输入您的邮箱地址。我们会向您发送链接，用于确认邮箱并设置密码。",
    button: "继续",
    have: (v) => rich`已有账号？${v.signIn("登录")}`,
    closedTitle: "目前无法创建账号",
    closed: (v) => rich`${v.product} 目前不接受新账号。如果您已有账号，请${v.signIn("登录")}。`,
  },

  choose: {
    title: "设置密码",
    intro: "您的邮箱地址已确认。请设置密码，完成账号创建。",
    button: "创建账号",
  },

  invited: {
    title: "设置密码",
    intro: "已为您创建账号。请设置密码，开始使用。",
    button: "保存密码并登录",
  },

  forgot: {
    title: "重置密码",
    intro: "请输入您创建账号时使用的邮箱地址。我们会向您发送链接，用于设置新密码。",
    button: "发送重置链接",
    back: "返回登录",
  },

  reset: {
    title: "设置新密码",
    intro: "您将在此处登录，并在其他所有地方退出登录。",
    button: "保存密码并登录",
  },

  check: {
    title: "请查看您的邮箱",
    reset: (v) =>
      rich`如果 ${address(v.email)} 已有账号，您将在大约一分钟内收到来自 ${v.product} 的邮件。请打开邮件中的链接，或在此输入验证码。`,
    signIn: (v) =>
      rich`如果 ${address(v.email)} 已有账号，您将在大约一分钟内收到来自 ${v.product} 的邮件。请打开邮件中的链接，或在此输入验证码。`,
    signUp: (v) => rich`我们已向 ${address(v.email)} 发送邮件。请打开邮件中的链接，或在此输入验证码。`,
    unknown: "如果您输入的地址已有账号，您将在大约一分钟内收到一封包含链接的邮件。",
    unknownNext: "请打开邮件中的链接以继续。您可以关闭此页面。",
    changeAddress: "更改邮箱地址",
    webmail: (v) => `打开 ${v.webmail}`,
    orCode: "或输入验证码",
    button: "继续",
    sentAgain: (v) => rich`如果 ${address(v.email)} 已有账号，我们已再次发送邮件。之前的邮件仍然有效。`,
    sentAgainSignUp: "我们已再次发送邮件。之前的邮件仍然有效。",
    helpTitle: "没有收到邮件？",
    helpSearch: (v) => rich`请查找来自 ${ltr(v.sender)} 的邮件“${v.subject}”，并查看垃圾邮件文件夹。`,
    helpSpam: "请查看垃圾邮件文件夹。",
    helpTypo: "请检查上方的地址是否有误。您创建账号时可能使用了其他地址。",
    helpAgain: "重新发送邮件。在您使用其中一封之前，所有邮件都有效。",
    resend: "重新发送",
    resendIn: plural("zh-Hans", { other: (n) => `${n} 秒后可重新发送` }),
    tooSoon: plural("zh-Hans", { other: (n) => `请等待 ${n} 秒后再重新发送` }),
    overTitle: "需要新的邮件？",
    over: (v) => rich`发送到 ${address(v.email)} 的邮件已被使用，或验证码输入错误次数过多。您可以发送一封新邮件。`,
    againReset: "重新发送重置链接",
    againSignIn: "重新发送登录链接",
    againSignUp: "重新发送创建账号的链接",
  },

  link: {
    title: "通过邮件获取登录链接",
    intro: "请输入您的邮箱地址。我们会向您发送用于登录的链接和验证码，无需密码。",
    button: "发送登录链接",
    password: "使用密码登录",
  },

  confirm: {
    title: (v) => `登录 ${v.product}`,
    tap: (v) => rich`继续即可登录 ${address(v.email)}。`,
    code: "您是在其他浏览器中请求此链接的。如需在此登录，请输入同一封邮件中的 8 位验证码。",
    button: (v) => rich`登录 ${ltr(v.email)}`,
    noCode: (v) => rich`找不到验证码？${v.link("在此浏览器中获取新链接")}`,
    notYou: "不是您本人请求的？请关闭此页面，没有任何更改。",
  },

  me: {
    title: "您的账号",
    signedInAs: (v) => rich`已登录：${address(v.email)}`,
    signOut: "退出登录",
    change: "更改",
    changeEmailLabel: "更改邮箱地址",
    changePasswordLabel: "更改密码",
    passwordChanged: (v) => rich`上次更改：${v.date}`,
    noPassword: "您尚未设置密码",
    choosePassword: (v) => rich`${v.reset("通过邮件设置密码")}`,
    sessions: "已登录的设备",
    thisBrowser: "此浏览器",
    activeNow: (v) => rich`当前活跃 · 登录于 ${v.date}`,
    lastActive: (v) => rich`上次活跃：${v.seen} · 登录于 ${v.date}`,
    endOne: "退出登录",
    endOneLabel: (v) => `退出 ${v.browser} 的登录，上次活跃：${v.seen}`,
    endOthers: "退出其他所有登录",
    endedOne: (v) => rich`已退出 ${v.browser} 的登录。`,
    endedOthers: "已退出其他所有登录。",
    password: "更改密码",
    passwordNote: "您将在此处保持登录，并在其他所有地方退出登录。",
    passwordButton: "更改密码",
    wrongCurrent: "当前密码不正确。请重试。",
    doneReset: "您的密码已更改。我们已退出其他所有登录。",
    doneChange: "您的密码已更改。我们已退出其他所有登录。",
    doneSignUp: "您的账号已可使用。",
  },

  browser: {
    onSystem: (v) => `${v.browser}（${v.system}）`,
    unknown: "未知浏览器",
    computer: "电脑",
    phone: "手机",
    tablet: "平板电脑",
    unknownDevice: "未知设备",
  },

  emailChange: {
    title: "更改邮箱地址",
    note: "我们会向新地址发送确认链接。打开链接后，您的地址即会更改，并退出其他所有登录。",
    current: (v) => rich`您的邮箱地址是 ${address(v.email)}。`,
    new: "新邮箱地址",
    button: "发送确认链接",
    asked: (v) =>
      rich`请在 ${address(v.email)} 中查看我们的邮件，并打开其中的链接。在此之前，您的地址不会更改。没有收到？请检查地址是否有误，然后重试。`,
    askedUnnamed:
      "请在新邮箱中查看我们的邮件，并打开其中的链接。在此之前，您的地址不会更改。没有收到？请检查地址是否有误，然后重试。",
    wrongPassword: "密码不正确。请重试。",
    same: "这已经是您的邮箱地址。请输入其他地址。",
  },

  address: {
    title: "确认新邮箱地址",
    what: (v) =>
      rich`您正在将邮箱地址从 ${address(v.from)} 更改为 ${address(v.to)}。今后请使用新地址登录，账号邮件也会发送到新地址。`,
    everywhere: "您将退出所有登录。我们会向两个地址发送确认邮件。",
    everywhereElse: "您将退出其他所有登录。我们会向两个地址发送确认邮件。",
    button: "更改邮箱地址",
    wrongPassword: "密码不正确。请重试。",
    forgot: (v) =>
      rich`忘记密码？请在已登录的浏览器中打开此链接。您也可以${v.reset("重置密码")}，然后再次更改邮箱地址：届时此链接将失效。`,
    doneTitle: "您的邮箱地址已更改",
    done: (v) => rich`您的邮箱地址现在是 ${address(v.email)}。我们已退出所有登录。`,
    doneElse: (v) => rich`您的邮箱地址现在是 ${address(v.email)}。我们已退出其他所有登录。`,
    toAccount: "前往您的账号",
    signIn: "使用新地址登录",
    told: "我们已向两个地址发送确认邮件。",
  },
};
