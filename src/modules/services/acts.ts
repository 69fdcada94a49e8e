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
})

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
