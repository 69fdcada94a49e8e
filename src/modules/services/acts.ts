import { texts } from '#platform'

/** What each event of the audit trail says to the person who caused it. */
export const events = texts({
  'services.application-begun': { en: 'You began an application', 'zh-Hant': '你開始了一宗申請' },
  'services.application-sent': { en: 'You sent an application', 'zh-Hant': '你提交了一宗申請' },
  'services.draft-deleted': {
    en: 'You deleted an application that was not sent',
    'zh-Hant': '你刪除了一宗未提交的申請',
  },
})
