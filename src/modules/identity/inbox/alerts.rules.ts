import { languages, say, type Text, type Values } from '#platform'

/** What an alert says, and where the person undoes what it tells of. */
type Alert = {
  title: Text
  line: Text
  /** The act that undoes it, as a link says it. */
  undo: Text
  /** A page of this site, unless the alert brings a closer one. */
  path: string
}

const alert = (each: Alert): Alert => each
const endSession: Text = { en: 'See your sessions and end this one', 'zh-Hant': '查看登入紀錄並結束這次登入' }
const seePasskeys: Text = { en: 'See your passkeys', 'zh-Hant': '查看你的通行密鑰' }

/** Every kind of alert. `{places}` are filled by values that tell nothing of who the person is. */
export const alerts = {
  'new-passkey': alert({
    title: { en: 'A passkey was added to your account', 'zh-Hant': '你的帳戶新增了通行密鑰' },
    line: {
      en: 'A new passkey, “{device}”, can now sign in to your account. If you did not add it, remove it and end all sessions.',
      'zh-Hant': '新的通行密鑰「{device}」現可登入你的帳戶。如非由你新增，請移除它並結束所有登入。',
    },
    undo: { en: 'Remove this passkey', 'zh-Hant': '移除這把通行密鑰' },
    path: '/account/passkeys',
  }),
  'passkey-removed': alert({
    title: { en: 'A passkey was removed from your account', 'zh-Hant': '你的帳戶移除了通行密鑰' },
    line: {
      en: 'The passkey “{device}” can no longer sign in. If you did not remove it, add it again and end sessions that are not yours.',
      'zh-Hant': '通行密鑰「{device}」已不能登入。如非由你移除，請重新加入，並結束不屬於你的登入。',
    },
    undo: seePasskeys,
    path: '/account/passkeys',
  }),
  'recovery-code-used': alert({
    title: { en: 'Somebody signed in with a recovery code', 'zh-Hant': '有人以復原碼登入你的帳戶' },
    line: {
      en: 'One of your recovery codes was used; {left} are left. If it was not you, end that session and make new codes.',
      'zh-Hant': '你的一個復原碼已被使用，尚餘 {left} 個。如非你本人，請結束該次登入並重新產生復原碼。',
    },
    undo: endSession,
    path: '/account/sessions',
  }),
  'phone-sign-in': alert({
    title: { en: 'Your phone signed in another device', 'zh-Hant': '你的手機讓另一部裝置登入' },
    line: {
      en: 'Your phone approved a sign-in on “{device}”. If you did not approve it, end that session.',
      'zh-Hant': '你的手機批准了「{device}」登入。如非由你批准，請結束該次登入。',
    },
    undo: endSession,
    path: '/account/sessions',
  }),
  'new-device': alert({
    title: { en: 'Your account was used on a new device', 'zh-Hant': '你的帳戶在新裝置上登入' },
    line: {
      en: 'Somebody signed in on “{device}”, which was not used before. If it was not you, end that session.',
      'zh-Hant': '有人在從未用過的裝置「{device}」上登入。如非你本人，請結束該次登入。',
    },
    undo: endSession,
    path: '/account/sessions',
  }),
  'new-service': alert({
    title: { en: 'A service was connected to your account', 'zh-Hant': '有服務與你的帳戶連接' },
    line: {
      en: '{service} may now sign you in and receives what you agreed to. If you did not want this, withdraw your consent.',
      'zh-Hant': '{service}現可讓你登入，並會收到你同意提供的資料。如非你的意願，請撤回同意。',
    },
    undo: { en: 'Withdraw your consent', 'zh-Hant': '撤回同意' },
    path: '/account/consents',
  }),
  'new-scope': alert({
    title: { en: 'A service receives more of your data', 'zh-Hant': '有服務取得你更多資料' },
    line: {
      en: '{service} may now also use: {scope}. If you did not want this, withdraw your consent.',
      'zh-Hant': '{service}現可一併使用：{scope}。如非你的意願，請撤回同意。',
    },
    undo: { en: 'Withdraw your consent', 'zh-Hant': '撤回同意' },
    path: '/account/consents',
  }),
  'high-risk-scope': alert({
    title: { en: 'A service asks for something powerful', 'zh-Hant': '有服務要求高風險的權限' },
    line: {
      en: 'A new device asked, for {service}, for: {scope}. It was refused until its waiting time is over. If it was not you, end its session.',
      'zh-Hant': '新裝置為{service}要求：{scope}。等候期未過，要求已被拒絕。如非由你提出，請結束該裝置的登入。',
    },
    undo: endSession,
    path: '/account/sessions',
  }),
  'level-changed': alert({
    title: { en: 'The level of your account changed', 'zh-Hant': '你的帳戶核實級別有變' },
    line: {
      en: 'Your account is now at level {level}. If you do not know why, see how it was reached.',
      'zh-Hant': '你的帳戶現為第 {level} 級。如不清楚原因，請查看核實紀錄。',
    },
    undo: { en: 'See how it was reached', 'zh-Hant': '查看核實紀錄' },
    path: '/account/proofs',
  }),
  'mandate-granted': alert({
    title: { en: 'A mandate began', 'zh-Hant': '一項授權已生效' },
    line: {
      en: 'A mandate between you and another person began. If you did not agree to it, end it.',
      'zh-Hant': '你與另一人之間的一項授權已生效。如你並未同意，請終止它。',
    },
    undo: { en: 'End this mandate', 'zh-Hant': '終止這項授權' },
    path: '/account/mandates',
  }),
  'mandate-ended': alert({
    title: { en: 'A mandate ended', 'zh-Hant': '一項授權已終止' },
    line: {
      en: 'A mandate between you and another person ended. If it should go on, it must be granted again.',
      'zh-Hant': '你與另一人之間的一項授權已終止。如須繼續，必須重新授權。',
    },
    undo: { en: 'See your mandates', 'zh-Hant': '查看你的授權' },
    path: '/account/mandates',
  }),
  'signing-key-created': alert({
    title: { en: 'A signing key was made for you', 'zh-Hant': '已為你建立簽署密鑰' },
    line: {
      en: 'Documents can now be signed in your name with your passkey. If you did not ask for it, withdraw the key.',
      'zh-Hant': '現可用你的通行密鑰以你的名義簽署文件。如非由你要求，請撤銷這把密鑰。',
    },
    undo: { en: 'Withdraw the signing key', 'zh-Hant': '撤銷簽署密鑰' },
    path: '/account/signing',
  }),
} as const satisfies Record<string, Alert>

export type AlertKind = keyof typeof alerts

/** The alert as its table has it; the inbox outlives a kind that was taken out. */
export function alertOf(kind: string): Alert | undefined {
  return Object.hasOwn(alerts, kind) ? alerts[kind as AlertKind] : undefined
}

/** `text` with its places filled, in every language. Throws where a value is missing. */
export function fill(text: Text, values: Values): Text {
  const [hant, en, hans] = languages.map((language) => say(text, language, values)) as [string, string, string]
  return { en, 'zh-Hant': hant, 'zh-Hans': hans }
}
