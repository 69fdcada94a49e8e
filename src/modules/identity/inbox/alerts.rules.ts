import { languages, say, type Text, type Values } from '#platform'

/** What an alert says, and where the person undoes what it tells of. */
type Alert = {
  title: Text
  line: Text
  /** The act that undoes it, as a link says it. */
  undo: Text
  /** A page of this site, unless the alert brings a closer one. */
  path: string
  /** It can wait for the end of the hours in which its person wants nothing: nobody loses by it. */
  patient?: true
}

const alert = (each: Alert): Alert => each
const endSession: Text = { en: 'See your sessions and end this one', 'zh-Hant': '查看登入紀錄並結束這次登入' }
const seePasskeys: Text = { en: 'See your passkeys', 'zh-Hant': '查看你的通行密鑰' }
const seeActing: Text = { en: 'See in whose name you act', 'zh-Hant': '查看你以誰的名義行事' }
const seeSignatures: Text = { en: 'See your signatures and revoke', 'zh-Hant': '查看簽署紀錄並撤銷證書' }
const seeLinks: Text = { en: 'See your linked platforms', 'zh-Hant': '查看已連結的平台' }
const withdrawConsent: Text = { en: 'Withdraw your consent', 'zh-Hant': '撤回同意' }

/** Every kind of alert. `{places}` are filled by values that tell nothing of who the person is. */
export const alerts = {
  'new-passkey': alert({
    title: { en: 'A passkey was added to your account', 'zh-Hant': '你的帳戶新增了通行密鑰' },
    line: {
      en: 'A new passkey, “{device}”, can now sign in to your account. If you did not add it, remove it and end all sessions.',
      'zh-Hant': '新的通行密鑰「{device}」現可登入你的帳戶。如非由你新增，請移除它並結束所有登入。',
    },
    undo: { en: 'Remove this passkey', 'zh-Hant': '移除這把通行密鑰' },
    path: '/account/devices',
  }),
  'passkey-removed': alert({
    title: { en: 'A passkey was removed from your account', 'zh-Hant': '你的帳戶移除了通行密鑰' },
    line: {
      en: 'The passkey “{device}” can no longer sign in. If you did not remove it, add it again and end sessions that are not yours.',
      'zh-Hant': '通行密鑰「{device}」已不能登入。如非由你移除，請重新加入，並結束不屬於你的登入。',
    },
    undo: seePasskeys,
    path: '/account/devices',
  }),
  'mail-address-changed': alert({
    title: { en: 'Your mail address was replaced or taken away', 'zh-Hant': '你的電郵地址已更換或移除' },
    line: {
      en: 'Nothing is mailed to the address that was there before any more. If you did not change it, write it there again and end sessions that are not yours.',
      'zh-Hant': '系統不再向原有的電郵地址發送通知。如非由你更改，請重新加入該地址，並結束不屬於你的登入。',
    },
    undo: { en: 'See your mail address', 'zh-Hant': '查看電郵地址' },
    path: '/account/notifications',
  }),
  'name-changed': alert({
    title: { en: 'You are addressed by another name', 'zh-Hant': '你的稱呼已更改' },
    line: {
      en: 'The name by which you are addressed was changed. If you did not change it, change it back and end sessions that are not yours.',
      'zh-Hant': '你的帳戶稱呼已更改。如非由你更改，請改回原來的稱呼，並結束不屬於你的登入。',
    },
    undo: { en: 'Change it back', 'zh-Hant': '改回原來的稱呼' },
    path: '/account/name',
  }),
  'passkey-locked': alert({
    title: { en: 'A passkey of yours was locked', 'zh-Hant': '你的一把通行密鑰已被鎖上' },
    line: {
      en: 'There seems to be a copy of one of your passkeys, so it signs nobody in any more and what it opened was ended. Add another one, and remove this one.',
      'zh-Hant': '你的一把通行密鑰疑被複製，因此已被鎖上，由它開始的登入亦已結束。請加入另一把，並移除這一把。',
    },
    undo: seePasskeys,
    path: '/account/devices',
  }),
  'recovery-codes-made': alert({
    title: { en: 'New recovery codes were made', 'zh-Hant': '已建立新的復原碼' },
    line: {
      en: 'Your account has ten new recovery codes, and the old ones stopped working. If you did not make them, make others and end sessions that are not yours.',
      'zh-Hant': '你的帳戶有十個新復原碼，舊的已失效。如非由你建立，請另行建立，並結束不屬於你的登入。',
    },
    undo: { en: 'Make other codes', 'zh-Hant': '另行建立復原碼' },
    path: '/account/devices/codes',
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
  'sign-in-asked': alert({
    title: { en: 'Staff ask you to show who you are', 'zh-Hant': '有職員要求你核實身份' },
    line: {
      en: '{service} waits for your answer for five minutes. If you are not dealing with its staff just now, refuse.',
      'zh-Hant': '{service}正等待你回覆，時限為五分鐘。如你並非正與其職員辦理事務，請拒絕。',
    },
    undo: { en: 'Look at what is asked', 'zh-Hant': '查看要求' },
    path: '/account/requests',
  }),
  'new-service': alert({
    title: { en: 'A service was connected to your account', 'zh-Hant': '有服務與你的帳戶連接' },
    line: {
      en: '{service} may now sign you in and receives what you agreed to. If you did not want this, withdraw your consent.',
      'zh-Hant': '{service}現可讓你登入，並會收到你同意提供的資料。如非你的意願，請撤回同意。',
    },
    undo: withdrawConsent,
    path: '/account/consents',
  }),
  'new-scope': alert({
    title: { en: 'A service receives more of your data', 'zh-Hant': '有服務取得你更多資料' },
    line: {
      en: '{service} may now also use: {scope}. If you did not want this, withdraw your consent.',
      'zh-Hant': '{service}現可一併使用：{scope}。如非你的意願，請撤回同意。',
    },
    undo: withdrawConsent,
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
  'channel-linked': alert({
    title: { en: 'Another platform was linked to your account', 'zh-Hant': '你的帳戶連結了另一平台' },
    line: {
      en: '{channel} and your account are now known to belong to the same person. If you did not link them, unlink it.',
      'zh-Hant': '{channel}與你的帳戶現已互相確認屬於同一人。如非由你連結，請解除連結。',
    },
    undo: { en: 'Unlink it', 'zh-Hant': '解除連結' },
    path: '/account/channels',
  }),
  'channel-changed': alert({
    title: { en: 'A platform linked to your account is reached otherwise', 'zh-Hant': '你所連結平台的連接方法已更改' },
    line: {
      en: 'Two officers changed how this site reaches {channel}, through which you can sign in. There is nothing for you to do. If it surprises you, unlink it.',
      'zh-Hant':
        '兩名人員更改了本網站與{channel}的連接方法，你可經該平台登入。你無須採取任何行動；如有懷疑，請解除連結。',
    },
    undo: seeLinks,
    path: '/account/channels',
  }),
  'channel-unlinked': alert({
    title: { en: 'Another platform was unlinked from your account', 'zh-Hant': '你的帳戶解除了與另一平台的連結' },
    line: {
      en: '{channel} is no longer linked to your account. If you did not unlink it, sign in through it again, and end sessions that are not yours.',
      'zh-Hant': '{channel}不再與你的帳戶連結。如非由你解除，請再次經該平台登入，並結束不屬於你的登入。',
    },
    undo: seeLinks,
    path: '/account/channels',
  }),
  'level-changed': alert({
    title: { en: 'The level of your account changed', 'zh-Hant': '你的帳戶核實級別有變' },
    line: {
      en: 'Your account is now at level {level}. If you do not know why, see how it was reached.',
      'zh-Hant': '你的帳戶現為第 {level} 級。如不清楚原因，請查看核實紀錄。',
    },
    undo: { en: 'See how it was reached', 'zh-Hant': '查看核實紀錄' },
    path: '/account/level',
  }),
  'level-ending': alert({
    title: { en: 'The level of your account ends soon', 'zh-Hant': '你的帳戶核實級別即將到期' },
    line: {
      en: 'What your level {level} rests on ends within {days} days. Prove it again before, and nothing of yours is interrupted.',
      'zh-Hant': '你的第 {level} 級核實將於 {days} 天內到期。請在到期前再次核實，以免影響使用。',
    },
    undo: { en: 'See when it ends and prove again', 'zh-Hant': '查看到期日並再次核實' },
    path: '/account/level',
    patient: true,
  }),
  'proof-withdrawn': alert({
    title: { en: 'A proof of who you are was withdrawn', 'zh-Hant': '一項身份核實紀錄已被撤銷' },
    line: {
      en: 'An officer withdrew one of your proofs; your account is now at level {level}. See why, and prove again if it was a mistake.',
      'zh-Hant': '職員撤銷了你的一項核實紀錄，你的帳戶現為第 {level} 級。請查看原因；如屬錯誤，可再次核實。',
    },
    undo: { en: 'See why and prove again', 'zh-Hant': '查看原因並再次核實' },
    path: '/account/level',
  }),
  'mandate-offered': alert({
    title: { en: 'You are asked to act for somebody', 'zh-Hant': '有人請你代其行事' },
    line: {
      en: 'Who asks is {other}: you would act for them. It counts only if you accept.',
      'zh-Hant': '提出者為{other}，希望授權你代其行事。你接受後才會生效。',
    },
    undo: { en: 'See it and accept or refuse', 'zh-Hant': '查看授權，接受或拒絕' },
    path: '/account/acting',
    patient: true,
  }),
  'mandate-given': alert({
    title: { en: 'You let somebody act for you', 'zh-Hant': '你授權了他人代你行事' },
    line: {
      en: 'A mandate was given from your account to {other}. It counts once they accept. If it was not you, end it.',
      'zh-Hant': '你的帳戶向{other}發出了一項授權，對方接受後生效。如非由你發出，請終止它。',
    },
    undo: { en: 'End this mandate', 'zh-Hant': '終止這項授權' },
    path: '/account/acting',
  }),
  'mandate-granted': alert({
    title: { en: 'A mandate began', 'zh-Hant': '一項授權已生效' },
    line: {
      en: 'A mandate between you and {other} is accepted. If you did not agree to it, end it.',
      'zh-Hant': '你與{other}之間的一項授權已獲接受。如你並未同意，請終止它。',
    },
    undo: { en: 'End this mandate', 'zh-Hant': '終止這項授權' },
    path: '/account/acting',
  }),
  'mandate-ending': alert({
    title: { en: 'A mandate ends soon', 'zh-Hant': '一項授權即將到期' },
    line: {
      en: 'A mandate between you and {other} ends within a fortnight. If it should go on, it must be granted again.',
      'zh-Hant': '你與{other}之間的一項授權將於兩星期內到期。如須繼續，必須重新授權。',
    },
    undo: seeActing,
    path: '/account/acting',
    patient: true,
  }),
  'mandate-ended': alert({
    title: { en: 'A mandate ended', 'zh-Hant': '一項授權已終止' },
    line: {
      en: 'A mandate between you and {other} ended. If it should go on, it must be granted again.',
      'zh-Hant': '你與{other}之間的一項授權已終止。如須繼續，必須重新授權。',
    },
    undo: seeActing,
    path: '/account/acting',
  }),
  'role-offered': alert({
    title: { en: 'You are asked to become an owner', 'zh-Hant': '有人請你成為東主' },
    line: {
      en: 'An owner of a company wants you to become one too. It counts only if you accept.',
      'zh-Hant': '一間公司的東主希望你成為東主。你接受後才會生效。',
    },
    undo: { en: 'See it and decide', 'zh-Hant': '查看並決定' },
    path: '/account/acting',
    patient: true,
  }),
  'owner-added': alert({
    title: { en: 'A company of yours has another owner', 'zh-Hant': '你的公司新增了一名東主' },
    line: {
      en: 'Somebody whom an owner named accepted to own a company of yours too. If you do not agree, withdraw that role within 30 days: after that they can help to put you out.',
      'zh-Hant':
        '另一名東主所委派的人已接受成為你公司的東主。如不同意，請在 30 日內撤回其職務；期滿後，對方可參與撤除你的東主職務。',
    },
    undo: seeActing,
    path: '/account/acting',
  }),
  'role-granted': alert({
    title: { en: 'You were given a role', 'zh-Hant': '你獲委派職務' },
    line: {
      en: 'You can now act for an organisation. If you do not know why, see which one, and tell its administrators.',
      'zh-Hant': '你現可代表一個機構行事。如不清楚原因，請查看是哪個機構，並通知其管理員。',
    },
    undo: seeActing,
    path: '/account/acting',
  }),
  'role-withdrawn': alert({
    title: { en: 'A role of yours was withdrawn', 'zh-Hant': '你的一項職務已被撤回' },
    line: {
      en: 'You no longer hold a role in an organisation. If it should go on, its administrators must grant it again.',
      'zh-Hant': '你已不再擔任一個機構的職務。如須繼續，須由其管理員再次委派。',
    },
    undo: seeActing,
    path: '/account/acting',
  }),
  'organisation-verified': alert({
    title: { en: 'A company or association of yours was verified', 'zh-Hant': '你的公司或社團已獲核實' },
    line: {
      en: 'It was compared with the register, so you and its members can now act for it. If you do not know why, see which one it is.',
      'zh-Hant': '職員已將它與登記冊核對，你和成員現可代表它行事。如不清楚原因，請查看是哪一間。',
    },
    undo: seeActing,
    path: '/account/acting',
    patient: true,
  }),
  'organisation-refused': alert({
    title: { en: 'A company or association of yours was not verified', 'zh-Hant': '你的公司或社團未獲核實' },
    line: {
      en: 'An officer compared it with the register, and it does not agree. See why, and correct or withdraw it.',
      'zh-Hant': '職員已將它與登記冊核對，發現不符。請查看原因，並更正或撤回登記。',
    },
    undo: { en: 'See why, and correct or withdraw it', 'zh-Hant': '查看原因，更正或撤回' },
    path: '/account/acting',
    patient: true,
  }),
  'signature-requested': alert({
    title: { en: 'You are asked to sign a document', 'zh-Hant': '有文件等待你簽署' },
    line: {
      en: 'An organisation asks you to sign {document}. Look at it first; you may also decline.',
      'zh-Hant': '有機構要求你簽署{document}。請先查看文件，你亦可拒絕。',
    },
    undo: { en: 'See the document and decide', 'zh-Hant': '查看文件並決定' },
    path: '/account/signatures',
    patient: true,
  }),
  'document-signed': alert({
    title: { en: 'A document was signed in your name', 'zh-Hant': '有文件以你的名義簽署' },
    line: {
      en: 'Your signing key and your passkey signed {document}. If it was not you, revoke the certificate, and remove the passkey.',
      'zh-Hant': '你的簽署密鑰和通行密鑰簽署了{document}。如非你本人，請撤銷證書並移除該通行密鑰。',
    },
    undo: seeSignatures,
    path: '/account/signatures',
  }),
  'signing-key-created': alert({
    title: { en: 'A signing key was made for you', 'zh-Hant': '已為你建立簽署密鑰' },
    line: {
      en: 'Documents can now be signed in your name with your passkey. If you did not ask for it, revoke the certificate.',
      'zh-Hant': '現可用你的通行密鑰以你的名義簽署文件。如非由你要求，請撤銷證書。',
    },
    undo: { en: 'Revoke the certificate', 'zh-Hant': '撤銷證書' },
    path: '/account/signatures',
  }),
  'signing-key-revoked': alert({
    title: { en: 'A signing certificate of yours was revoked', 'zh-Hant': '你的一張簽署證書已撤銷' },
    line: {
      en: 'Nothing more can be signed with it, and its key is destroyed. The next document that you sign gets a new one. If it was not you, end sessions that are not yours.',
      'zh-Hant': '此證書不能再用於簽署，其密鑰已銷毀；下次簽署時會建立新的證書。如非由你撤銷，請結束不屬於你的登入。',
    },
    undo: endSession,
    path: '/account/sessions',
  }),
  'ledger-alarm': alert({
    title: { en: 'An alarm of the ledger was opened', 'zh-Hant': '日誌發出警報' },
    line: {
      en: 'Something is wrong with a log, a key or a quota that you look after. See what it is, and say what you do about it.',
      'zh-Hant': '你管理的日誌、密鑰或限額出現異常。請查看情況，並填寫處理方法。',
    },
    undo: { en: 'See the alarms', 'zh-Hant': '查看警報' },
    path: '/office/ledger/alarms',
  }),
} as const satisfies Record<string, Alert>

export type AlertKind = keyof typeof alerts

/** What tells of no danger to an account, and so waits for the end of a person’s quiet hours. */
export const patientAlerts = (Object.keys(alerts) as AlertKind[]).filter((kind) => alertOf(kind)?.patient)

/** The alert as its table has it; the inbox outlives a kind that was taken out. */
export function alertOf(kind: string): Alert | undefined {
  return Object.hasOwn(alerts, kind) ? alerts[kind as AlertKind] : undefined
}

/** `text` with its places filled, in every language. Throws where a value is missing. */
export function fill(text: Text, values: Values): Text {
  const [hant, en, hans] = languages.map((language) => say(text, language, values)) as [string, string, string]
  return { en, 'zh-Hant': hant, 'zh-Hans': hans }
}
