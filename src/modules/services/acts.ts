import { texts } from '#platform'

/** What each event of the audit trail says to the person who caused it. */
export const events = texts({
  'services.application-begun': { en: 'You began an application', 'zh-Hant': '你開始了一宗申請' },
  'services.application-sent': { en: 'You sent an application', 'zh-Hant': '你提交了一宗申請' },
  'services.part-handed-over': {
    en: 'You asked somebody to answer a part of an application',
    'zh-Hant': '你請他人填寫申請的一部分',
  },
  'services.part-taken': { en: 'You took over a part of an application', 'zh-Hant': '你接手填寫申請的一部分' },
  'services.part-signed': { en: 'You signed a part of an application', 'zh-Hant': '你簽署了申請的一部分' },
  'services.return-code-made': {
    en: 'A code to come back to an application was made',
    'zh-Hant': '產生了重返申請的代碼',
  },
  'services.application-returned-to': {
    en: 'An application was opened in another browser by its code',
    'zh-Hant': '以代碼在另一瀏覽器開啟了申請',
  },
  'services.application-kept': { en: 'You put an application into your account', 'zh-Hant': '你把申請存入帳戶' },
  'services.draft-deleted': {
    en: 'You deleted an application that was not sent',
    'zh-Hant': '你刪除了一宗未提交的申請',
  },
  'services.file-released-unchecked': {
    en: 'You released a file that was not checked for viruses',
    'zh-Hant': '你放行了一個未掃描病毒的檔案',
  },
  'services.file-refused': {
    en: 'A file of an application was refused because of a virus',
    'zh-Hant': '申請的一個檔案驗出病毒，不獲接收',
  },
  'services.case-claimed': { en: 'You took a case', 'zh-Hant': '你領取了一宗個案' },
  'services.case-released': { en: 'You gave a case back to the queue', 'zh-Hant': '你把個案退回輪候' },
  'services.case-assigned': { en: 'You handed a case to another officer', 'zh-Hant': '你把個案交給另一名人員' },
  'services.case-noted': { en: 'You wrote a note on a case', 'zh-Hant': '你在個案寫下備註' },
  'services.step-taken': { en: 'You took a step in a case', 'zh-Hant': '你在個案辦理了一個步驟' },
  'services.step-proposed': {
    en: 'You proposed a decision, which another officer must approve',
    'zh-Hant': '你提出了一項決定，須由另一名人員批准',
  },
  'services.step-sent-back': { en: 'You sent a proposed decision back', 'zh-Hant': '你退回了一項建議的決定' },
  'services.information-asked': {
    en: 'You asked a person something about their case',
    'zh-Hant': '你就個案向當事人提問',
  },
  'services.information-given': { en: 'You answered a question about your case', 'zh-Hant': '你答覆了有關個案的提問' },
  'services.case-withdrawn': { en: 'You withdrew your application', 'zh-Hant': '你撤回了申請' },
  'services.case-appealed': { en: 'You asked for a review of a decision', 'zh-Hant': '你申請覆核一項決定' },
  'services.complaint-made': {
    en: 'You complained about how your case is handled',
    'zh-Hant': '你就個案的處理提出投訴',
  },
  'services.complaint-answered': { en: 'You answered a complaint', 'zh-Hant': '你回覆了一項投訴' },
  'services.case-merged': { en: 'You joined a case with another', 'zh-Hant': '你把個案與另一宗合併' },
  'services.merge-undone': { en: 'You parted two cases that were joined', 'zh-Hant': '你分開了已合併的個案' },
  'services.filter-saved': { en: 'You saved a filter for your department', 'zh-Hant': '你為部門儲存了一項篩選' },
  'services.filter-removed': { en: 'You removed a saved filter', 'zh-Hant': '你刪除了一項已儲存的篩選' },
  'services.webhook-added': { en: 'You added a webhook', 'zh-Hant': '你新增了 Webhook' },
  'services.webhook-rotated': { en: 'You gave a webhook a new secret', 'zh-Hant': '你更換了 Webhook 的密鑰' },
  'services.webhook-paused': { en: 'A webhook was paused', 'zh-Hant': 'Webhook 已暫停' },
  'services.webhook-resumed': { en: 'You let a webhook go on', 'zh-Hant': '你恢復了 Webhook' },
  'services.webhook-removed': { en: 'You removed a webhook', 'zh-Hant': '你刪除了 Webhook' },
  'services.webhook-tested': { en: 'You sent a webhook a test message', 'zh-Hant': '你向 Webhook 送出測試通知' },
  'services.webhook-sent-again': {
    en: 'You had messages of a webhook sent again',
    'zh-Hant': '你重新送出 Webhook 的通知',
  },
})

/** What each permission lets a person do. */
/** What programs can be let do by an access token, in the words of the page that asks the person. */
const scopeWords = texts({
  apply: {
    en: 'Apply for services in your name: begin, fill in, send and follow applications, and answer questions about them',
    'zh-Hant': '以你的名義申請服務：開始、填寫、提交和查閱申請，並回覆有關提問',
  },
  read: { en: 'Read the cases that your department may see', 'zh-Hant': '查閱你所屬部門可看的個案' },
  work: {
    en: 'Work cases of your department as you may: take steps, ask, decide',
    'zh-Hant': '在你的權限內辦理部門的個案：辦理步驟、提問、作決定',
  },
  feedback: {
    en: 'Say in your name whether a service was useful, and read what was said where you may',
    'zh-Hant': '就服務表達意見，並在你的權限內查閱意見',
  },
})

export const scopes = {
  'services:apply': { text: scopeWords.apply },
  'services:read-cases': { text: scopeWords.read, permissions: ['services:work-case'] },
  'services:work-cases': { text: scopeWords.work, permissions: ['services:work-case', 'services:decide-case'] },
  'services:feedback': { text: scopeWords.feedback, permissions: ['services:see-statistics'] },
}

export const permissions = texts({
  'services:work-case': {
    en: 'Work on the cases of one’s organisation',
    'zh-Hant': '處理所屬機構的個案',
  },
  'services:decide-case': {
    en: 'Decide the cases of one’s organisation',
    'zh-Hant': '就所屬機構的個案作決定',
  },
  'services:edit-service': {
    en: 'Edit and publish the services of one’s organisation',
    'zh-Hant': '編輯和發布所屬機構的服務',
  },
  'services:see-statistics': {
    en: 'See how the services of one’s organisation are used',
    'zh-Hant': '查看所屬機構各項服務的使用情況',
  },
})
