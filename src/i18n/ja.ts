import { plural } from "./plural.ts";
import { address, ltr, rich } from "./rich.ts";
import type { PageWords } from "./shape.ts";

/** The forms, the check-email page and the account page, in Japanese. */
export const words: PageWords = {
  frame: {
    documentTitle: (v) => `${v.title} – ${v.product}`,
    documentTitleError: (v) => `エラー：${v.title} – ${v.product}`,
    skip: "メインコンテンツに移動",
    help: "ヘルプ",
    language: "言語",
    newTab: "（新しいタブで開きます）",
    needHelp: (v) => rich`お困りの場合は、${v.support(rich`${v.product}にお問い合わせ`)}ください。`,
  },

  busy: {
    send: "送信しています…",
    signIn: "ログインしています…",
    signOut: "ログアウトしています…",
    save: "保存しています…",
    create: "アカウントを作成しています…",
    check: "確認しています…",
    wait: "お待ちください…",
  },

  // Set into brackets by every sentence: 「今」 takes no particle.
  when: {
    ago: (v) => `${v.relative}、${v.time}`,
    on: (v) => `${v.moment}`,
  },

  error: {
    heading: "入力内容をご確認ください",
    email: "メールアドレスを正しい形式で入力してください（例：name@example.com）",
    emailEmpty: "メールアドレスを入力してください",
    emailNoAt: "@を含むメールアドレスを入力してください（例：name@example.com）",
    emailSpace: "メールアドレスは空白を含めずに入力してください",
    emailSeveral: "メールアドレスは1つだけ入力してください",
    emailTooLong: "もっと短いメールアドレスを入力してください",
    emailCharacter: (v) => `メールアドレスは「${v.character}」を含めずに入力してください`,
    emailDomain: "@より後の部分を確認してください。example.comのような形式で入力します",
  },

  email: {
    label: "メールアドレス",
    didYouMean: (v) => `${v.email}ではありませんか？`,
  },

  password: {
    label: "パスワード",
    newLabel: "新しいパスワード",
    currentLabel: "現在のパスワード",
    yourLabel: "パスワード",
    hint: plural("ja", {
      other: (n) =>
        `${n}文字以上で入力してください。無関係な単語をいくつか並べるか、パスワードマネージャーが提案するものを使うと安全です。`,
    }),
    show: "表示",
    hide: "非表示",
    showLabel: "パスワードを表示",
    hideLabel: "パスワードを非表示",
    shown: "パスワードは表示されています",
    hidden: "パスワードは表示されていません",
    capsLock: "Caps Lockがオンになっています",
    needed: plural("ja", { other: (n) => `あと${n}文字必要です` }),
    enough: "十分な長さです",
    forgot: (v) => rich`パスワードをお忘れですか？${v.reset("メールでリセット")}`,
    empty: "パスワードを入力してください",
    tooShort: plural("ja", { other: (n) => `パスワードは${n}文字以上で入力してください` }),
    tooLong: "もっと短いパスワードを設定してください。保存できる長さを超えています。",
    illFormed: "別のパスワードを設定してください。保存できない文字が含まれています。",
    ownAddress: "メールアドレスと同じパスワードは推測されやすいため、別のものを設定してください。",
    localPart: "メールアドレスの一部と同じパスワードは推測されやすいため、別のものを設定してください。",
    productName: "このサービスの名前と同じパスワードは推測されやすいため、別のものを設定してください。",
    oneCharacter: "同じ文字を繰り返したパスワードは推測されやすいため、別のものを設定してください。",
    repeated: "同じパターンを繰り返したパスワードは推測されやすいため、別のものを設定してください。",
    row: "「abcdef」や「qwerty」のような、文字やキーの並び順どおりのパスワードは推測されやすいため、別のものを設定してください。",
    common: "このパスワードは非常によく使われています。推測されにくいものを設定してください。",
    breached:
      "このパスワードは、ほかのサービスで起きたデータ漏えいに含まれています。アカウントを守るため、別のパスワードを設定してください。",
  },

  code: {
    label: "8桁のコード",
    hint: "お送りしたメールに記載されています。貼り付けることもできます。",
    errorFormat: "メールに記載された8桁のコードを入力してください",
    errorEmpty: "メールに記載された8桁のコードを入力してください",
    errorWrong: plural("ja", { other: (n) => `コードが正しくありません。あと${n}回入力できます。` }),
  },

  other: {
    signedIn: (v) =>
      rich`${address(v.current)}としてログインしています。続けるとログアウトし、代わりに${address(v.next)}としてログインします。`,
    continueTo: (v) => rich`${ltr(v.path)}に進む`,
  },

  again: {
    button: "新しいメールを送信",
  },

  signIn: {
    title: (v) => `${v.product}にログイン`,
    shortTitle: "ログイン",
    errorSummary: "メールアドレスまたはパスワードが正しくありません",
    error: (v) =>
      rich`メールアドレスまたはパスワードが正しくありません。もう一度お試しになるか、${v.reset("パスワードをリセット")}してください。`,
    already: (v) =>
      rich`すでに${address(v.email)}としてログインしています。${v.account("アカウントに移動")}するか、以下から別のアカウントでログインしてください。`,
    button: "ログイン",
    or: "または",
    byLink: "メールでログインリンクを受け取る",
    forgot: "パスワードをお忘れですか？",
    new: (v) => rich`${v.product}は初めてですか？${v.signUp("アカウントを作成")}`,
  },

  signUp: {
    title: "アカウントを作成",
    intro: "メールアドレスを入力してください。アドレスの確認とパスワードの設定に使うリンクをお送りします。",
    button: "続ける",
    have: (v) => rich`すでにアカウントをお持ちですか？${v.signIn("ログイン")}`,
    closedTitle: "現在、アカウントを作成できません",
    closed: (v) =>
      rich`${v.product}は現在、新しいアカウントを受け付けていません。すでにアカウントをお持ちの場合は、${v.signIn("ログイン")}してください。`,
  },

  choose: {
    title: "パスワードを設定",
    intro: "メールアドレスを確認しました。パスワードを設定すると、アカウントの作成が完了します。",
    button: "アカウントを作成",
  },

  invited: {
    title: "パスワードを設定",
    intro: "アカウントが用意されています。パスワードを設定すると使い始められます。",
    button: "パスワードを保存してログイン",
  },

  forgot: {
    title: "パスワードをリセット",
    intro:
      "アカウントの作成に使ったメールアドレスを入力してください。新しいパスワードを設定するためのリンクをお送りします。",
    button: "メールでリセットリンクを受け取る",
    back: "ログインに戻る",
  },

  reset: {
    title: "新しいパスワードを設定",
    intro: "このブラウザでログインし、ほかのすべてのブラウザからログアウトします。",
    button: "パスワードを保存してログイン",
  },

  check: {
    title: "メールをご確認ください",
    reset: (v) =>
      rich`${address(v.email)}のアカウントがある場合は、1分ほどで${v.product}からメールが届きます。メール内のリンクを開くか、ここにコードを入力してください。`,
    signIn: (v) =>
      rich`${address(v.email)}のアカウントがある場合は、1分ほどで${v.product}からメールが届きます。メール内のリンクを開くか、ここにコードを入力してください。`,
    signUp: (v) =>
      rich`${address(v.email)}にメールをお送りしました。メール内のリンクを開くか、ここにコードを入力してください。`,
    unknown: "入力されたメールアドレスのアカウントがある場合は、1分ほどでリンクが記載されたメールが届きます。",
    unknownNext: "メール内のリンクを開いて続けてください。このページは閉じてかまいません。",
    changeAddress: "メールアドレスを変更",
    webmail: (v) => `${v.webmail}を開く`,
    orCode: "またはコードを入力",
    button: "続ける",
    sentAgain: (v) =>
      rich`${address(v.email)}のアカウントがある場合は、メールをもう1通お送りしました。以前のメールも引き続き使えます。`,
    sentAgainSignUp: "メールをもう1通お送りしました。以前のメールも引き続き使えます。",
    helpTitle: "メールが届きませんか？",
    helpSearch: (v) =>
      rich`${ltr(v.sender)}から届く「${v.subject}」という件名のメールを探してください。迷惑メールフォルダもご確認ください。`,
    helpSpam: "迷惑メールフォルダをご確認ください。",
    helpTypo:
      "上のメールアドレスに入力ミスがないかご確認ください。別のアドレスでアカウントを作成した可能性もあります。",
    helpAgain: "再送信してください。どのメールも、いずれか1通を使うまで有効です。",
    resend: "再送信",
    resendIn: plural("ja", { other: (n) => `${n}秒後に再送信できます` }),
    tooSoon: plural("ja", { other: (n) => `再送信するには、あと${n}秒お待ちください` }),
    overTitle: "新しいメールが必要ですか？",
    over: (v) =>
      rich`${address(v.email)}にお送りしたメールがすでに使われたか、間違ったコードが何度も入力されました。新しいメールを送信できます。`,
    againReset: "リセットリンクをもう一度送信",
    againSignIn: "ログインリンクをもう一度送信",
    againSignUp: "アカウント作成用のリンクをもう一度送信",
  },

  link: {
    title: "メールでログインリンクを受け取る",
    intro: "メールアドレスを入力してください。ログイン用のリンクとコードをお送りします。パスワードは必要ありません。",
    button: "ログインリンクを受け取る",
    password: "パスワードでログイン",
  },

  confirm: {
    title: (v) => `${v.product}にログイン`,
    tap: (v) => rich`続けると、${address(v.email)}としてログインします。`,
    code: "このリンクは別のブラウザでリクエストされました。このブラウザでログインするには、同じメールに記載された8桁のコードを入力してください。",
    button: (v) => rich`${ltr(v.email)}としてログイン`,
    noCode: (v) => rich`コードが見つかりませんか？${v.link("このブラウザで新しいリンクを受け取る")}`,
    notYou: "リクエストした覚えがない場合は、このページを閉じてください。何も変更されていません。",
  },

  me: {
    title: "アカウント",
    signedInAs: (v) => rich`${address(v.email)}としてログイン中`,
    signOut: "ログアウト",
    change: "変更",
    changeEmailLabel: "メールアドレスを変更",
    changePasswordLabel: "パスワードを変更",
    passwordChanged: (v) => rich`${v.date}に変更`,
    noPassword: "パスワードはまだ設定されていません",
    choosePassword: (v) => rich`${v.reset("メールでパスワードを設定")}`,
    sessions: "ログイン中のブラウザ",
    thisBrowser: "このブラウザ",
    activeNow: (v) => rich`現在利用中 · ${v.date}にログイン`,
    lastActive: (v) => rich`最終利用：${v.seen} · ${v.date}にログイン`,
    endOne: "ログアウト",
    endOneLabel: (v) => `${v.browser}からログアウト、最終利用：${v.seen}`,
    endOthers: "ほかのすべてのブラウザからログアウト",
    endedOne: (v) => rich`${v.browser}からログアウトしました。`,
    endedOthers: "ほかのすべてのブラウザからログアウトしました。",
    password: "パスワードを変更",
    passwordNote: "このブラウザではログインしたまま、ほかのすべてのブラウザからログアウトします。",
    passwordButton: "パスワードを変更",
    wrongCurrent: "現在のパスワードが正しくありません。もう一度お試しください。",
    doneReset: "パスワードを変更しました。ほかのすべてのブラウザからログアウトしました。",
    doneChange: "パスワードを変更しました。ほかのすべてのブラウザからログアウトしました。",
    doneSignUp: "アカウントの準備ができました。",
  },

  browser: {
    onSystem: (v) => `${v.browser}（${v.system}）`,
    unknown: "不明なブラウザ",
    computer: "パソコン",
    phone: "スマートフォン",
    tablet: "タブレット",
    unknownDevice: "不明なデバイス",
  },

  emailChange: {
    title: "メールアドレスを変更",
    note: "新しいアドレスに確認リンクをお送りします。リンクを開いて確認するとアドレスが変更され、ほかのすべてのブラウザからログアウトします。",
    current: (v) => rich`現在のメールアドレスは${address(v.email)}です。`,
    new: "新しいメールアドレス",
    button: "確認リンクを送信",
    asked: (v) =>
      rich`${address(v.email)}に届くメールを確認し、リンクを開いてください。それまでアドレスは変わりません。届かない場合は、アドレスに入力ミスがないか確認し、もう一度お試しください。`,
    askedUnnamed:
      "新しいアドレスに届くメールを確認し、リンクを開いてください。それまでアドレスは変わりません。届かない場合は、アドレスに入力ミスがないか確認し、もう一度お試しください。",
    wrongPassword: "パスワードが正しくありません。もう一度お試しください。",
    same: "すでにこのメールアドレスをお使いです。別のアドレスを入力してください。",
  },

  address: {
    title: "新しいメールアドレスを確認",
    what: (v) =>
      rich`メールアドレスを${address(v.from)}から${address(v.to)}に変更します。今後は新しいアドレスでログインし、アカウントに関するメールもそちらに届きます。`,
    everywhere: "すべてのブラウザからログアウトします。変更の確認メールを新旧両方のアドレスにお送りします。",
    everywhereElse: "ほかのすべてのブラウザからログアウトします。変更の確認メールを新旧両方のアドレスにお送りします。",
    button: "メールアドレスを変更",
    wrongPassword: "パスワードが正しくありません。もう一度お試しください。",
    forgot: (v) =>
      rich`パスワードをお忘れですか？ログイン中のブラウザでこのリンクを開いてください。または、${v.reset("パスワードをリセット")}してから、もう一度メールアドレスを変更してください。その場合、このリンクは使えなくなります。`,
    doneTitle: "メールアドレスを変更しました",
    done: (v) => rich`メールアドレスは${address(v.email)}になりました。すべてのブラウザからログアウトしました。`,
    doneElse: (v) =>
      rich`メールアドレスは${address(v.email)}になりました。ほかのすべてのブラウザからログアウトしました。`,
    toAccount: "アカウントに移動",
    signIn: "新しいアドレスでログイン",
    told: "変更の確認メールを新旧両方のアドレスにお送りしました。",
  },
};
