import { texts } from '#platform'

export const words = texts({
  departments: { en: 'Departments', 'zh-Hant': '部門' },
  departmentsLead: {
    en: 'Who is part of whom, and how many services each offers together with those below it.',
    'zh-Hant': '部門的隸屬關係，以及各部門連同轄下部門提供的服務數目。',
  },
  count: { en: 'services: {count}', 'zh-Hant': '{count} 項服務' },
  noneHere: {
    en: 'No service is offered here yet. When a department publishes one, it appears on this page.',
    'zh-Hant': '這裏暫時未有服務。部門發布服務後，便會在本頁列出。',
  },
  partOf: { en: 'Part of', 'zh-Hant': '隸屬' },
  below: { en: 'Below it', 'zh-Hant': '轄下部門' },
  start: { en: 'Start now', 'zh-Hant': '立即開始' },
  signInNeeded: { en: 'You sign in first.', 'zh-Hant': '須先登入。' },
  signInPossible: {
    en: 'You may sign in, or go on without an account.',
    'zh-Hant': '可以登入，也可以不用帳戶。',
  },
  notYet: { en: 'It takes applications from {from}.', 'zh-Hant': '由 {from} 起接受申請。' },
  closed: { en: 'It took applications until {until}.', 'zh-Hant': '已於 {until} 截止申請。' },
  openUntil: { en: 'It takes applications until {until}.', 'zh-Hant': '申請截止日期：{until}。' },
  elsewhere: {
    en: 'It cannot be applied for on this site. See below how to ask for it.',
    'zh-Hant': '這項服務不能在本網站申請。辦理途徑見下文。',
  },
  who: { en: 'Who it is for', 'zh-Hant': '申請資格' },
  takes: { en: 'How long it takes', 'zh-Hant': '需時' },
  fee: { en: 'Fee', 'zh-Hant': '費用' },
  free: { en: 'Free', 'zh-Hant': '免費' },
  evidence: { en: 'What to have ready', 'zh-Hant': '須備文件' },
  law: { en: 'Legal basis', 'zh-Hant': '法律依據' },
  channels: { en: 'How to ask for it', 'zh-Hant': '辦理途徑' },
  online: { en: 'Online', 'zh-Hant': '網上' },
  counter: { en: 'At a counter', 'zh-Hant': '親身' },
  post: { en: 'By post', 'zh-Hant': '郵寄' },
  phone: { en: 'By telephone', 'zh-Hant': '電話' },
  contact: { en: 'Contact', 'zh-Hant': '聯絡' },
  organisation: { en: 'Offered by', 'zh-Hant': '提供部門' },
  related: { en: 'Related services', 'zh-Hant': '相關服務' },
  topics: { en: 'Found under', 'zh-Hant': '分類' },
  version: {
    en: 'Version {number} of this service, published on {date}.',
    'zh-Hant': '本服務第 {number} 版，於 {date} 發布。',
  },
})
