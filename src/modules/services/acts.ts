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
  'services.case-corrected': { en: 'You corrected an answer in a case', 'zh-Hant': '你更正了個案的答案' },
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
  'services.judge-invited': { en: 'You invited a judge', 'zh-Hant': '你邀請了一名評審' },
  'services.judge-accepted': { en: 'You joined a panel of judges', 'zh-Hant': '你加入了評審團' },
  'services.round-opened': { en: 'You opened a round of judging', 'zh-Hant': '你開始了一輪評審' },
  'services.conflict-declared': {
    en: 'You said whether you have a conflict of interest',
    'zh-Hant': '你申報了有否利益衝突',
  },
  'services.sheet-marked': { en: 'You marked an entry', 'zh-Hant': '你為參賽項目評分' },
  'services.tie-decided': { en: 'You decided a tie', 'zh-Hant': '你就同分作出裁決' },
  'services.round-closed': { en: 'You closed a round of judging', 'zh-Hant': '你結束了一輪評審' },
  'services.round-confirmed': { en: 'You confirmed the result of a round', 'zh-Hant': '你確認了一輪評審的結果' },
  'services.case-merged': { en: 'You joined a case with another', 'zh-Hant': '你把個案與另一宗合併' },
  'services.merge-undone': { en: 'You parted two cases that were joined', 'zh-Hant': '你分開了已合併的個案' },
  'services.cohort-begun': {
    en: 'You had a preview made of many cases under another version',
    'zh-Hant': '你預覽了多宗個案轉用其他版本的結果',
  },
  'services.cohort-proposed': {
    en: 'You proposed to change many cases at once',
    'zh-Hant': '你建議批量更改個案',
  },
  'services.cohort-sent-back': {
    en: 'You sent back a proposal to change many cases',
    'zh-Hant': '你退回了批量更改個案的建議',
  },
  'services.cohort-approved': {
    en: 'You approved that many cases are changed at once',
    'zh-Hant': '你批准了批量更改個案',
  },
  'services.cohort-undo-proposed': {
    en: 'You proposed to undo a change of many cases',
    'zh-Hant': '你建議撤銷個案的批量更改',
  },
  'services.cohort-undone': { en: 'You undid a change of many cases', 'zh-Hant': '你撤銷了個案的批量更改' },
  'services.cohort-discarded': {
    en: 'You threw away a preview of a change of many cases',
    'zh-Hant': '你刪除了批量更改個案的預覽',
  },
  'services.cohort-resumed': {
    en: 'You let a change of many cases go on that an error had stopped',
    'zh-Hant': '你恢復了因錯誤而停止的批量處理',
  },
  'services.entry-erased': {
    en: 'You erased the salt of an entry of a case in the ledger',
    'zh-Hant': '你刪除了個案在日誌所載條目的鹽值',
  },
  'services.session-added': { en: 'You added a session of a course', 'zh-Hant': '你新增了一個場次' },
  'services.session-changed': { en: 'You changed a session of a course', 'zh-Hant': '你更改了一個場次' },
  'services.session-cancelled': {
    en: 'You cancelled a session, and everybody in it was told',
    'zh-Hant': '你取消了一個場次，並已通知所有參加者',
  },
  'services.attendance-recorded': { en: 'You noted who came to a session', 'zh-Hant': '你記錄了場次的出席情況' },
  'services.place-accepted': { en: 'You accepted a place that came free', 'zh-Hant': '你接受了騰出的名額' },
  'services.place-given-up': { en: 'You gave up your place in a session', 'zh-Hant': '你放棄了場次的名額' },
  'services.comment-sent': { en: 'You commented on a service', 'zh-Hant': '你就一項服務提出了意見' },
  'services.comment-taken': { en: 'You took a comment on a service', 'zh-Hant': '你領取了一項服務意見' },
  'services.comment-answered': { en: 'You answered a comment on a service', 'zh-Hant': '你回覆了一項服務意見' },
  'services.comment-closed': {
    en: 'You closed a comment on a service without an answer',
    'zh-Hant': '你結束了一項服務意見，不作回覆',
  },
  'services.subscribed': {
    en: 'You asked to be told when a service changes',
    'zh-Hant': '你訂閱了一項服務的更改通知',
  },
  'services.unsubscribed': {
    en: 'You asked to be told no more of changes to a service',
    'zh-Hant': '你取消訂閱一項服務的更改通知',
  },
  'services.grant-agreed': { en: 'You granted money; its agreement was made', 'zh-Hant': '你批出了資助，並訂立協議' },
  'services.grant-accepted': { en: 'You accepted a grant', 'zh-Hant': '你接受了資助' },
  'services.grant-claimed': { en: 'You claimed what was spent of a grant', 'zh-Hant': '你申領了資助開支' },
  'services.receipt-sent': { en: 'You sent a receipt for a claim', 'zh-Hant': '你提交了申領的單據' },
  'services.claim-checked': { en: 'You checked a claim', 'zh-Hant': '你核對了一項申領' },
  'services.virement-made': {
    en: 'You moved money within a grant, or asked to',
    'zh-Hant': '你調撥了資助款項，或申請調撥',
  },
  'services.virement-decided': {
    en: 'You decided whether money of a grant may be moved',
    'zh-Hant': '你決定了一項調撥申請',
  },
  'services.report-sent': { en: 'You sent a report on a grant', 'zh-Hant': '你提交了資助報告' },
  'services.report-checked': { en: 'You checked a report on a grant', 'zh-Hant': '你審閱了一份資助報告' },
  'services.instalment-proposed': { en: 'You proposed an instalment of a grant', 'zh-Hant': '你建議發放一期資助' },
  'services.instalment-confirmed': {
    en: 'You confirmed an instalment of a grant, which is payable now',
    'zh-Hant': '你確認了一期資助可以支付',
  },
  'services.grant-closed': { en: 'You closed a grant', 'zh-Hant': '你結束了一項資助' },
  'services.filter-saved': { en: 'You saved a filter for your department', 'zh-Hant': '你為部門儲存了一項篩選' },
  'services.filter-removed': { en: 'You removed a saved filter', 'zh-Hant': '你刪除了一項已儲存的篩選' },
  'services.definition-begun': {
    en: 'You began to write a version of a service',
    'zh-Hant': '你開始撰寫一項服務的版本',
  },
  'services.definition-changed': {
    en: 'You changed a version of a service that is being written',
    'zh-Hant': '你更改了撰寫中的服務版本',
  },
  'services.definition-discarded': { en: 'You discarded a version of a service', 'zh-Hant': '你棄置了一項服務的版本' },
  'services.publication-asked': {
    en: 'You asked for a version of a service to be published',
    'zh-Hant': '你要求發布一項服務的版本',
  },
  'services.publication-taken-back': { en: 'You took back a request to publish', 'zh-Hant': '你收回了發布的要求' },
  'services.service-published': { en: 'You published a version of a service', 'zh-Hant': '你發布了一項服務的版本' },
  'services.pack-change-asked-aside': {
    en: 'You asked for a change of the pack to be put aside',
    'zh-Hant': '你要求擱置資料包的更改',
  },
  'services.pack-change-kept': {
    en: 'You took back a request to put a change of the pack aside',
    'zh-Hant': '你收回了擱置資料包更改的要求',
  },
  'services.pack-change-put-aside': {
    en: 'You put a change of the pack aside',
    'zh-Hant': '你擱置了資料包的更改',
  },
  'services.preview-begun': { en: 'You tried out a service that is being written', 'zh-Hant': '你試用了撰寫中的服務' },
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

/** Scopes in the words of the page that asks the person. */
const scopeWords = texts({
  judge: {
    en: 'Read and mark what you judge, in your name',
    'zh-Hant': '以你的名義查閱和評分你所評審的項目',
  },
  edit: {
    en: 'Write services of your department, try them out, and publish what another editor asked for',
    'zh-Hant': '撰寫和試用部門的服務，並發布其他編輯要求發布的版本',
  },
  apply: {
    en: 'Apply for services in your name: begin, fill in, send and follow applications, and answer questions about them',
    'zh-Hant': '以你的名義申請服務：開始、填寫、提交和查閱申請，並回覆有關提問',
  },
  read: { en: 'Read the cases that your department may see', 'zh-Hant': '查閱你所屬部門可看的個案' },
  work: {
    en: 'Work cases of your department as you may: take steps, ask, decide; and what belongs to them: sessions, grants, rounds and comments',
    'zh-Hant': '在你的權限內辦理部門的個案：辦理步驟、提問、作決定，以及相關的場次、資助、評審和意見',
  },
  feedback: {
    en: 'Say in your name whether a service was useful, and read what was said where you may',
    'zh-Hant': '就服務表達意見，並在你的權限內查閱意見',
  },
})

/** What programs can be let do, and the permissions that a person must have for it. */
export const scopes = {
  'services:apply': { text: scopeWords.apply },
  'services:read-cases': { text: scopeWords.read, permissions: ['services:work-case'] },
  'services:work-cases': { text: scopeWords.work, permissions: ['services:work-case', 'services:decide-case'] },
  'services:feedback': { text: scopeWords.feedback, permissions: ['services:see-statistics'] },
  'services:judge': { text: scopeWords.judge },
  'services:edit': { text: scopeWords.edit, permissions: ['services:edit-service'] },
}

/** What each permission lets a person do. */
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
