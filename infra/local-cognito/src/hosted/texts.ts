/** The words of the hosted pages, in the languages they are kept in. */

export type Language = "en" | "ja";

/** `lang` of the request. As in Cognito, the browser's own language is ignored. */
export function languageOf(query: URLSearchParams): Language {
  return query.get("lang")?.toLowerCase() === "ja" ? "ja" : "en";
}

const en = {
  product: "Local Cognito",
  signInTitle: "Sign in",
  signInTo: (name: string) => `to continue to ${name}`,
  email: "Email",
  username: "Username",
  password: "Password",
  signIn: "Sign in",
  forgot: "Forgot your password?",
  continueWith: (name: string) => `Continue with ${name}`,
  or: "or",
  companyEmail: "Your company email",
  companySignIn: "Continue with your company",
  noProvider: "There is no company sign-in for this address.",
  back: "Back to sign-in",
  next: "Continue",
  newPasswordTitle: "Choose a new password",
  newPasswordWhy: "You signed in with a temporary password. Choose your own to go on.",
  newPassword: "New password",
  smsTitle: "Enter the code we texted",
  mailTitle: "Enter the code we mailed",
  smsWhy: (to: string) => `A code was sent to ${to}.`,
  totpTitle: "Enter your authenticator code",
  totpWhy: "Open your authenticator app and enter the six digits that it shows.",
  code: "Code",
  chooseTitle: "How do you want to confirm it is you?",
  bySms: "A text message to my phone",
  byTotp: "My authenticator app",
  byMail: "A message to my mailbox",
  setupTitle: "Set up an authenticator app",
  setupWhy: "Scan this with your app, then enter the six digits that it shows.",
  setupByHand: "Or type this key into the app",
  setupUnavailable:
    "A second factor is required, and none can be set up here. Ask your administrator to add your phone number.",
  qr: "QR code for your authenticator app",
  forgotTitle: "Reset your password",
  forgotWhy: "Tell us who you are, and we send you a code.",
  sendCode: "Send a code",
  confirmTitle: "Enter the code",
  confirmWhy: "If there is such an account, a code is on its way.",
  changePassword: "Change password",
  changed: "Your password was changed. Sign in with it.",
  errorTitle: "This request cannot be carried out",
  errorWhy:
    "Nothing was sent anywhere. The application that brought you here asked for something it may not.",
  check: "Check what you entered.",
  stale: "This page was open for too long. Please try again.",
  failures: {} as Record<string, string>,
};
type Texts = typeof en;

const ja: Texts = {
  product: "ローカル Cognito",
  signInTitle: "サインイン",
  signInTo: (name) => `${name} に進みます`,
  email: "メールアドレス",
  username: "ユーザー名",
  password: "パスワード",
  signIn: "サインイン",
  forgot: "パスワードをお忘れですか",
  continueWith: (name) => `${name} で続ける`,
  or: "または",
  companyEmail: "会社のメールアドレス",
  companySignIn: "会社のアカウントで続ける",
  noProvider: "このメールアドレスに対応する会社のサインインはありません。",
  back: "サインインに戻る",
  next: "次へ",
  newPasswordTitle: "新しいパスワードの設定",
  newPasswordWhy: "仮のパスワードでサインインしました。ご自身のパスワードを設定してください。",
  newPassword: "新しいパスワード",
  smsTitle: "SMS のコードを入力",
  mailTitle: "メールのコードを入力",
  smsWhy: (to) => `${to} にコードを送信しました。`,
  totpTitle: "認証アプリのコードを入力",
  totpWhy: "認証アプリに表示されている 6 桁の数字を入力してください。",
  code: "コード",
  chooseTitle: "本人確認の方法",
  bySms: "SMS で受け取る",
  byTotp: "認証アプリを使う",
  byMail: "メールで受け取る",
  setupTitle: "認証アプリの設定",
  setupWhy: "アプリで読み取り、表示された 6 桁の数字を入力してください。",
  setupByHand: "または、このキーをアプリに入力してください",
  setupUnavailable:
    "二要素認証が必要ですが、ここでは設定できません。管理者に電話番号の登録を依頼してください。",
  qr: "認証アプリ用の QR コード",
  forgotTitle: "パスワードの再設定",
  forgotWhy: "確認コードをお送りします。",
  sendCode: "コードを送信",
  confirmTitle: "コードを入力",
  confirmWhy: "アカウントがある場合、コードが届きます。",
  changePassword: "パスワードを変更",
  changed: "パスワードを変更しました。サインインしてください。",
  errorTitle: "このリクエストは実行できません",
  errorWhy: "どこにも送信されていません。アプリケーションからの要求が許可されていないものでした。",
  check: "入力内容を確認してください。",
  stale: "ページの有効期限が切れました。もう一度お試しください。",
  failures: {
    NotAuthorizedException: "ユーザー名またはパスワードが正しくないか、サインインできません。",
    UserNotFoundException: "ユーザーが存在しません。",
    UserNotConfirmedException: "ユーザーの確認が完了していません。",
    PasswordResetRequiredException: "パスワードの再設定が必要です。",
    InvalidPasswordException: "パスワードが条件を満たしていません。",
    CodeMismatchException: "コードが正しくありません。",
    ExpiredCodeException: "コードの有効期限が切れているか、使用済みです。",
    EnableSoftwareTokenMFAException: "コードが正しくありません。",
    LimitExceededException: "回数の上限に達しました。しばらくしてからお試しください。",
    TooManyFailedAttemptsException: "失敗した回数が多すぎます。しばらくしてからお試しください。",
  },
};

export const texts: Record<Language, Texts> = { en, ja };

/** A refusal in the reader's words: English ones are Cognito's own. */
export function failureText(language: Language, failure: { name: string; message: string }): string {
  const { failures, check } = texts[language];
  // These mention API parameters, which mean nothing to somebody at a form.
  if (/^\d+ validation errors? detected/.test(failure.message)) return check;
  return (Object.hasOwn(failures, failure.name) ? failures[failure.name] : undefined) ?? failure.message;
}
