import { texts } from '#platform'

/** What each permission lets a person do. */
export const permissions = texts({
  'services:work-case': {
    en: 'Work on the cases of one’s organisation',
    'zh-Hant': '處理所屬機構的個案',
  },
})

/** What each event of the audit trail says to the person who caused it. */
export const events = texts({
  'services.application-begun': { en: 'You began an application', 'zh-Hant': '你開始了一宗申請' },
  'services.application-sent': { en: 'You sent an application', 'zh-Hant': '你提交了一宗申請' },
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
})
