import { texts } from '#platform'

/** What each permission lets a person do. */
export const permissions = texts({
  'identity:manage-channel': { en: 'Set up channels to other platforms', 'zh-Hant': '設定與其他平台的渠道' },
  'identity:prove-at-counter': { en: 'Prove a person at a counter', 'zh-Hant': '在櫃位核實身份' },
  'identity:withdraw-proof': { en: 'Withdraw a proof', 'zh-Hant': '撤銷核實紀錄' },
  'identity:send-message': { en: 'Send messages to people’s inboxes', 'zh-Hant': '向使用者的收件匣發送訊息' },
  'identity:read-outbox': { en: 'See what waits to be mailed', 'zh-Hant': '查看待發的通知' },
  'identity:request-signature': { en: 'Ask people to sign documents', 'zh-Hant': '要求他人簽署文件' },
  'identity:approve-client': { en: 'Approve services that developers connect', 'zh-Hant': '批准開發者接入的服務' },
  'identity:grant-role': {
    en: 'Grant and withdraw roles in one’s own organisation',
    'zh-Hant': '在所屬機構委派和撤回職務',
  },
  'identity:verify-organisation': {
    en: 'Verify companies and associations against the register',
    'zh-Hant': '按登記冊核實公司和社團',
  },
  'identity:confirm-mandate': {
    en: 'Confirm at a counter that one person acts for another',
    'zh-Hant': '在櫃位核實代他人行事的授權',
  },
})

/** What each event of the audit trail says to the person who caused it. */
export const events = texts({
  'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
  'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
  'identity.keys-rotated': { en: 'The keys that sign tokens were rotated', 'zh-Hant': '用以簽署權杖的密鑰已更換' },
  'identity.signing-requested': { en: 'You asked for a signature', 'zh-Hant': '你要求簽署文件' },
  'identity.document-signed': { en: 'You signed a document', 'zh-Hant': '你簽署了文件' },
  'identity.signing-declined': { en: 'You declined to sign', 'zh-Hant': '你拒絕簽署文件' },
  'identity.signing-certificate-revoked': {
    en: 'You revoked a signing certificate',
    'zh-Hant': '你撤銷了一張簽署證書',
  },
  'identity.phone-sign-in-approved': {
    en: 'You let another browser be signed in by your phone',
    'zh-Hant': '你以手機批准了另一個瀏覽器登入',
  },
  'identity.phone-sign-in-refused': {
    en: 'Your phone refused to sign in another browser',
    'zh-Hant': '你的手機拒絕了另一個瀏覽器登入',
  },
  'identity.phone-sign-in-mistyped': {
    en: 'You typed another number than the screen showed, so no browser was signed in',
    'zh-Hant': '你輸入的數字與屏幕所示不符，沒有瀏覽器因此登入',
  },
  'identity.message-read': { en: 'You opened a message', 'zh-Hant': '你開啟了一則訊息' },
  'identity.message-acknowledged': { en: 'You acknowledged a message', 'zh-Hant': '你確認已閱讀一則訊息' },
  'identity.message-archived': { en: 'You archived a message', 'zh-Hant': '你封存了一則訊息' },
  'identity.message-restored': {
    en: 'You took a message back from the archive',
    'zh-Hant': '你從封存取回了一則訊息',
  },
  'identity.messages-sent': { en: 'You sent a message', 'zh-Hant': '你發送了訊息' },
  'identity.inbox-code-changed': { en: 'You took another inbox code', 'zh-Hant': '你更換了收件編號' },
  'identity.notifications-changed': { en: 'You changed how you are told of messages', 'zh-Hant': '你更改了通知設定' },
  'identity.mail-stopped': {
    en: 'Mail of a sender was stopped by its link',
    'zh-Hant': '有人以電郵內的連結停止了一類電郵',
  },
  'identity.consent-given': {
    en: 'You agreed that a service is told something',
    'zh-Hant': '你同意向一項服務提供資料',
  },
  'identity.field-changed': { en: 'You changed a field of your profile', 'zh-Hant': '你更改了一項個人資料' },
  'identity.name-changed': { en: 'You changed how you are addressed', 'zh-Hant': '你更改了稱呼' },
  'identity.consent-withdrawn': {
    en: 'You took back what a service is told',
    'zh-Hant': '你撤回了向一項服務提供資料的同意',
  },
  'identity.filling-agreed': { en: 'You filled in a form of a service', 'zh-Hant': '你為一項服務填寫了表格' },
  'identity.filling-refused': { en: 'You refused a form of a service', 'zh-Hant': '你拒絕為一項服務填寫表格' },
  'identity.filling-collected': { en: 'A service collected a form', 'zh-Hant': '一項服務收取了表格' },
  'identity.high-risk-refused': {
    en: 'A device that is too new was kept from a high-risk service',
    'zh-Hant': '一部新裝置在等候期內未獲准使用高風險服務',
  },
  'identity.request-approved': {
    en: 'You answered what staff asked of you',
    'zh-Hant': '你回覆了職員的要求',
  },
  'identity.service-refused': { en: 'You refused what a service asked', 'zh-Hant': '你拒絕了一項服務的要求' },
  'identity.channel-linked': {
    en: 'You linked another platform to your account',
    'zh-Hant': '你把另一平台連結至帳戶',
  },
  'identity.channel-unlinked': { en: 'You unlinked another platform', 'zh-Hant': '你解除了與另一平台的連結' },
  'identity.channel-change-asked': {
    en: 'You asked to change how another platform is reached; another officer must approve it',
    'zh-Hant': '你要求更改另一平台的連接方法，須由另一名人員批准',
  },
  'identity.channel-change-approved': {
    en: 'You approved how another platform is reached',
    'zh-Hant': '你批准了另一平台的連接方法',
  },
  'identity.channel-change-refused': {
    en: 'You refused to change how another platform is reached',
    'zh-Hant': '你不批准更改另一平台的連接方法',
  },
  'identity.channel-changed': {
    en: 'You changed how another platform is reached',
    'zh-Hant': '你更改了另一平台的連接方法',
  },
  'identity.account-opened': { en: 'You opened this account', 'zh-Hant': '你開立了這個帳戶' },
  'identity.account-closed': { en: 'You closed this account', 'zh-Hant': '你關閉了這個帳戶' },
  'identity.passkey-added': { en: 'You added a passkey', 'zh-Hant': '你加入了一把通行密鑰' },
  'identity.passkey-renamed': { en: 'You renamed a passkey', 'zh-Hant': '你更改了一把通行密鑰的名稱' },
  'identity.passkey-removed': { en: 'You removed a passkey', 'zh-Hant': '你移除了一把通行密鑰' },
  'identity.passkey-locked': {
    en: 'A passkey was locked, as there seems to be a copy of it',
    'zh-Hant': '一把通行密鑰疑被複製，已經鎖上',
  },
  'identity.recovery-codes-made': { en: 'You made new recovery codes', 'zh-Hant': '你建立了新的復原碼' },
  'identity.recovery-stopped': {
    en: 'You stopped whoever had come in by a recovery code',
    'zh-Hant': '你制止了以復原碼進入帳戶的人',
  },
  'identity.recovery-code-used': { en: 'You signed in with a recovery code', 'zh-Hant': '你以復原碼登入' },
  'identity.confirmed': { en: 'You confirmed that it is you', 'zh-Hant': '你再次核實了身份' },
  'identity.session-ended': { en: 'You signed out another browser', 'zh-Hant': '你登出了另一個瀏覽器' },
  'identity.other-sessions-ended': {
    en: 'You signed out every other browser',
    'zh-Hant': '你登出了所有其他瀏覽器',
  },
  'identity.document-proven': { en: 'You proved your identity document', 'zh-Hant': '你核實了身份證明文件' },
  'identity.document-not-proven': {
    en: 'You tried to prove an identity document',
    'zh-Hant': '你嘗試核實身份證明文件',
  },
  'identity.counter-code-issued': { en: 'You got a code for a counter', 'zh-Hant': '你取得了櫃位代碼' },
  'identity.counter-visit-opened': {
    en: 'You opened the account of a person at the counter',
    'zh-Hant': '你在櫃位開啟了一個帳戶',
  },
  'identity.proven-at-counter': { en: 'You proved a person at the counter', 'zh-Hant': '你在櫃位核實了一人的身份' },
  'identity.refused-at-counter': {
    en: 'You refused to prove a person at the counter',
    'zh-Hant': '你在櫃位不予核實一人的身份',
  },
  'identity.document-held-shown': {
    en: 'You were shown which proof holds a document',
    'zh-Hant': '你獲告知證件由哪項核實紀錄佔用',
  },
  'identity.proof-withdrawn': { en: 'You withdrew a proof', 'zh-Hant': '你撤銷了一項核實紀錄' },
  'identity.proof-ending': { en: 'A proof ends soon', 'zh-Hant': '一項核實紀錄即將到期' },
  'identity.acting-began': {
    en: 'You began to act in the name of another person',
    'zh-Hant': '你開始以另一人的名義行事',
  },
  'identity.acting-changed': { en: 'You changed in whose name you act', 'zh-Hant': '你更改了以誰的名義行事' },
  'identity.acting-code-made': {
    en: 'You made a code for a role or mandate',
    'zh-Hant': '你取得了用於委派或授權的代碼',
  },
  'identity.role-granted': { en: 'You granted a role', 'zh-Hant': '你委派了職務' },
  'identity.role-approved': { en: 'You approved a role', 'zh-Hant': '你批准了職務委派' },
  'identity.role-withdrawn': { en: 'You withdrew a role', 'zh-Hant': '你撤回了職務' },
  'identity.ownership-accepted': {
    en: 'You accepted to own a company',
    'zh-Hant': '你接受成為公司東主',
  },
  'identity.organisation-declared': {
    en: 'You registered a company or association',
    'zh-Hant': '你登記了公司或社團',
  },
  'identity.organisation-verified': {
    en: 'You verified a company or association',
    'zh-Hant': '你核實了公司或社團',
  },
  'identity.organisation-refused': {
    en: 'You found that a company or association does not agree with the register',
    'zh-Hant': '你認定公司或社團與登記冊不符',
  },
  'identity.organisation-corrected': {
    en: 'You corrected the registration of a company or association',
    'zh-Hant': '你更正了公司或社團的登記',
  },
  'identity.organisation-withdrawn': {
    en: 'You withdrew the registration of a company or association',
    'zh-Hant': '你撤回了公司或社團的登記',
  },
  'identity.mandate-granted': { en: 'You let somebody act for you', 'zh-Hant': '你授權他人代你行事' },
  'identity.mandate-confirmed': {
    en: 'You confirmed that one person acts for another',
    'zh-Hant': '你核實了代他人行事的授權',
  },
  'identity.mandate-accepted': { en: 'You accepted to act for somebody', 'zh-Hant': '你接受代他人行事' },
  'identity.mandate-withdrawn': { en: 'You ended a mandate', 'zh-Hant': '你終止了授權' },
  'identity.client-registered': { en: 'You registered a client', 'zh-Hant': '你登記了一個客戶端' },
  'identity.client-changed': { en: 'You changed a client', 'zh-Hant': '你更改了一個客戶端' },
  'identity.client-secret-made': {
    en: 'You made another secret for a client',
    'zh-Hant': '你為客戶端另建了密碼',
  },
  'identity.client-former-secret-ended': {
    en: 'You ended the former secret of a client',
    'zh-Hant': '你終止了客戶端的舊密碼',
  },
  'identity.client-keys-changed': { en: 'You changed the keys of a client', 'zh-Hant': '你更換了客戶端的密鑰' },
  'identity.client-approval-asked': { en: 'You asked for approval of a client', 'zh-Hant': '你為客戶端申請批准' },
  'identity.client-approved': { en: 'You approved a client', 'zh-Hant': '你批准了一個客戶端' },
  'identity.client-refused': { en: 'You refused to approve a client', 'zh-Hant': '你不批准一個客戶端' },
  'identity.client-suspended': { en: 'You suspended a client', 'zh-Hant': '你暫停了一個客戶端' },
  'identity.client-resumed': { en: 'You resumed a client', 'zh-Hant': '你恢復了一個客戶端' },
  'identity.client-deleted': { en: 'You deleted a client', 'zh-Hant': '你刪除了一個客戶端' },
  'identity.mandate-ending': { en: 'A mandate ends soon', 'zh-Hant': '授權即將到期' },
})
