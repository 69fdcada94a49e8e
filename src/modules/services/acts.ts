import { texts } from '#platform'

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
