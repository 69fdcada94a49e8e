import type { Text } from '#platform'
import { texts } from '#platform'

/** What each field of a definition is called, for whoever edits it. */
const labels = texts({
  id: { en: 'Name for programs', 'zh-Hant': '程式用名稱' },
  title: { en: 'Title', 'zh-Hant': '標題' },
  summary: { en: 'In one sentence', 'zh-Hant': '一句簡介' },
  about: { en: 'What it is and who it is for', 'zh-Hant': '服務內容及對象' },
  organisation: { en: 'Department', 'zh-Hant': '部門' },
  audiences: { en: 'For whom', 'zh-Hant': '服務對象' },
  lifeEvents: { en: 'Moments of life', 'zh-Hant': '人生階段' },
  keywords: { en: 'Other words by which people look for it', 'zh-Hant': '其他搜尋用詞' },
  channels: { en: 'Where it can be asked for', 'zh-Hant': '申請途徑' },
  takes: { en: 'How long it takes', 'zh-Hant': '所需時間' },
  fee: { en: 'Fee', 'zh-Hant': '費用' },
  cents: { en: 'Amount in cents; 0 where it is free', 'zh-Hant': '款額（以仙計），免費填 0' },
  who: { en: 'Who may use it', 'zh-Hant': '資格' },
  evidence: { en: 'What to have at hand', 'zh-Hant': '所需文件' },
  legalBasis: { en: 'Legal basis', 'zh-Hant': '法律依據' },
  url: { en: 'Web address', 'zh-Hant': '網址' },
  contact: { en: 'Whom to ask', 'zh-Hant': '查詢' },
  related: { en: 'Related services', 'zh-Hant': '相關服務' },
  opens: { en: 'When it takes applications', 'zh-Hant': '接受申請日期' },
  until: { en: 'Until', 'zh-Hant': '截止日' },
  confirmed: { en: 'Texts that still say the same', 'zh-Hant': '已確認意思不變的文字' },
  apply: { en: 'Applying online', 'zh-Hant': '網上申請' },
  signIn: { en: 'Signing in', 'zh-Hant': '登入' },
  level: { en: 'Level of assurance', 'zh-Hant': '身份認證等級' },
  once: { en: 'Only one open application for each applicant', 'zh-Hant': '每名申請人只可有一宗未完結的申請' },
  keep: { en: 'How long it is kept', 'zh-Hant': '保存期' },
  draftDays: { en: 'Days for which a draft waits', 'zh-Hant': '草稿保留日數' },
  endedMonths: { en: 'Months for which an ended case is kept', 'zh-Hant': '個案完結後保存月數' },
  form: { en: 'Form', 'zh-Hant': '表格' },
  sections: { en: 'Sections', 'zh-Hant': '部分' },
  section: { en: 'Section', 'zh-Hant': '所屬部分' },
  parties: { en: 'Others who answer pages', 'zh-Hant': '其他填寫人' },
  pages: { en: 'Pages', 'zh-Hant': '頁面' },
  values: { en: 'Calculated values', 'zh-Hant': '計算值' },
  exits: { en: 'Where a person leaves who cannot go on', 'zh-Hant': '不能繼續時的出口' },
  declaration: { en: 'What the person says by sending it', 'zh-Hant': '提交時的聲明' },
  text: { en: 'Text', 'zh-Hant': '文字' },
  when: { en: 'Condition', 'zh-Hant': '條件' },
  by: { en: 'By whom', 'zh-Hant': '由誰' },
  questions: { en: 'Questions', 'zh-Hant': '問題' },
  repeat: { en: 'Asked again for each of several things', 'zh-Hant': '逐項重複填寫' },
  name: { en: 'Name in conditions', 'zh-Hant': '條件內的名稱' },
  item: { en: 'What one of them is called', 'zh-Hant': '每項的稱呼' },
  hint: { en: 'Hint', 'zh-Hant': '提示' },
  kind: { en: 'Kind', 'zh-Hant': '種類' },
  optional: { en: 'May be left out', 'zh-Hant': '可以留空' },
  missing: { en: 'What to say where it was left out', 'zh-Hant': '留空時的提示' },
  min: { en: 'Least', 'zh-Hant': '下限' },
  max: { en: 'Most', 'zh-Hant': '上限' },
  whole: { en: 'Whole numbers alone', 'zh-Hant': '只限整數' },
  unit: { en: 'Unit', 'zh-Hant': '單位' },
  mask: { en: 'Pattern of letters and digits', 'zh-Hant': '字元格式' },
  example: { en: 'Example', 'zh-Hant': '例子' },
  options: { en: 'Options', 'zh-Hant': '選項' },
  files: { en: 'What may be sent', 'zh-Hant': '接受的檔案' },
  purpose: { en: 'What browsers may fill in', 'zh-Hant': '瀏覽器自動填寫' },
  prefill: { en: 'Filled in before', 'zh-Hant': '預先填寫' },
  from: { en: 'From', 'zh-Hant': '由' },
  register: { en: 'Register', 'zh-Hant': '登記冊' },
  field: { en: 'Field there', 'zh-Hant': '該處的欄位' },
  listed: { en: 'Shown in officers’ lists', 'zh-Hant': '在人員列表顯示' },
  instead: { en: 'What else there is', 'zh-Hant': '其他服務' },
  gives: { en: 'What it gives', 'zh-Hant': '結果' },
  case: { en: 'Case', 'zh-Hant': '個案' },
  prefix: { en: 'Letters with which references begin', 'zh-Hant': '檔案編號的字首' },
  begins: { en: 'State in which a case begins', 'zh-Hant': '個案的起始狀況' },
  roles: { en: 'Roles', 'zh-Hant': '角色' },
  permission: { en: 'Permission', 'zh-Hant': '權限' },
  states: { en: 'States', 'zh-Hant': '狀況' },
  next: { en: 'What happens next', 'zh-Hant': '下一步' },
  ends: { en: 'How it ended', 'zh-Hant': '如何完結' },
  clock: { en: 'Clock', 'zh-Hant': '時限' },
  days: { en: 'Days', 'zh-Hant': '日數' },
  count: { en: 'Which days count', 'zh-Hant': '計算哪些日子' },
  steps: { en: 'Steps', 'zh-Hant': '步驟' },
  done: { en: 'What the history says', 'zh-Hant': '紀錄的字句' },
  to: { en: 'To', 'zh-Hant': '至' },
  asks: { en: 'What the officer writes', 'zh-Hant': '人員須填寫' },
  decides: { en: 'Decides', 'zh-Hant': '決定' },
  reasons: { en: 'Reasons', 'zh-Hant': '理由' },
  reason: { en: 'Reason', 'zh-Hant': '理由' },
  fourEyes: { en: 'Another officer must approve it', 'zh-Hant': '須由另一名人員批准' },
  message: { en: 'Message to the person', 'zh-Hant': '給當事人的訊息' },
  outputs: { en: 'What it leaves behind', 'zh-Hant': '產出' },
  rules: { en: 'Tables of rules', 'zh-Hant': '規則表' },
  hit: { en: 'How many rows may match', 'zh-Hant': '可符合多少行' },
  inputs: { en: 'What is looked at', 'zh-Hant': '查看項目' },
  rows: { en: 'Rows', 'zh-Hant': '行' },
  messages: { en: 'Messages', 'zh-Hant': '訊息' },
  subject: { en: 'Subject', 'zh-Hant': '主旨' },
  sms: { en: 'For a phone', 'zh-Hant': '手機短訊' },
  received: { en: 'Message that says that it has come', 'zh-Hant': '收件訊息' },
  log: { en: 'Log of the ledger', 'zh-Hant': '帳本日誌' },
  replyDays: { en: 'Days to answer a question', 'zh-Hant': '答覆提問的日數' },
  appealDays: { en: 'Days to ask for a review', 'zh-Hant': '申請覆核的日數' },
})

/** In places where a name means something else than elsewhere. */
const inPlaces = texts({
  opensFrom: { en: 'From the first day', 'zh-Hant': '首日' },
  statesFrom: { en: 'From the states', 'zh-Hant': '由狀況' },
  statesTo: { en: 'To the state', 'zh-Hant': '至狀況' },
  prefillFrom: { en: 'Where it comes from', 'zh-Hant': '資料來源' },
  prefillBy: { en: 'Question that holds the key of the entry', 'zh-Hant': '以哪條問題的答案查找' },
  tableOutputs: { en: 'What the table gives', 'zh-Hant': '規則表給出的值' },
})

/** What a field is called at a place; one that has no words here, by its name. */
export function labelOf(key: string, pointer: string): Text {
  if (key === 'from') {
    if (pointer.endsWith('/opens/from')) return inPlaces.opensFrom
    return pointer.endsWith('/prefill/from') ? inPlaces.prefillFrom : inPlaces.statesFrom
  }
  if (key === 'to') return inPlaces.statesTo
  if (key === 'by' && pointer.endsWith('/prefill/by')) return inPlaces.prefillBy
  if (key === 'outputs' && pointer.includes('/rules/')) return inPlaces.tableOutputs
  return Object.hasOwn(labels, key) ? labels[key as keyof typeof labels] : { en: key, 'zh-Hant': key }
}

const tongues: Readonly<Record<string, Text>> = texts({
  en: { en: 'English', 'zh-Hant': '英文' },
  'zh-Hant': { en: 'Traditional Chinese', 'zh-Hant': '繁體中文' },
  'zh-Hans': { en: 'Simplified Chinese', 'zh-Hant': '簡體中文' },
})

/** The way to a place in words: `/apply/form/pages/0/title/en` as “Form › Pages › 1 › Title › English”; on the page of `at`, from there. */
export function nameOfPlace(pointer: string, say: (text: Text) => string, at = ''): string {
  const from = at !== '' && pointer.startsWith(`${at}/`) ? at : pointer.startsWith('/apply/') ? '/apply' : ''
  const names = pointer.split('/').slice(1)
  const called = names.map((name, depth) => {
    if (/^\d+$/.test(name)) return String(Number(name) + 1)
    return say(tongues[name] ?? labelOf(name, `/${names.slice(0, depth + 1).join('/')}`))
  })
  return called.slice(from.split('/').length - 1).join(' › ')
}

/** Words of choices, where they are not what stands in the definition. */
const choices = texts({
  online: { en: 'Online', 'zh-Hant': '網上' },
  counter: { en: 'At a counter', 'zh-Hant': '櫃檯' },
  post: { en: 'By post', 'zh-Hant': '郵寄' },
  phone: { en: 'By phone, or a phone number', 'zh-Hant': '電話' },
  needed: { en: 'Needed', 'zh-Hant': '必須' },
  possible: { en: 'Possible', 'zh-Hant': '可選' },
  none: { en: 'Never', 'zh-Hant': '無須' },
  text: { en: 'One line', 'zh-Hant': '單行文字' },
  'long-text': { en: 'Several lines', 'zh-Hant': '多行文字' },
  number: { en: 'Number', 'zh-Hant': '數字' },
  money: { en: 'Money', 'zh-Hant': '款額' },
  date: { en: 'Date', 'zh-Hant': '日期' },
  'yes-no': { en: 'Yes or no', 'zh-Hant': '是或否' },
  choice: { en: 'One of several', 'zh-Hant': '單選' },
  choices: { en: 'Some of several', 'zh-Hant': '複選' },
  email: { en: 'Email address', 'zh-Hant': '電郵地址' },
  file: { en: 'Files', 'zh-Hant': '檔案' },
  declaration: { en: 'Declaration to agree to', 'zh-Hant': '須同意的聲明' },
  account: { en: 'The person’s account', 'zh-Hant': '當事人的帳戶' },
  register: { en: 'A register', 'zh-Hant': '登記冊' },
  granted: { en: 'Granted', 'zh-Hant': '批准' },
  refused: { en: 'Refused', 'zh-Hant': '拒絕' },
  withdrawn: { en: 'Withdrawn', 'zh-Hant': '撤回' },
  done: { en: 'Done', 'zh-Hant': '完成' },
  working: { en: 'Working days', 'zh-Hant': '工作天' },
  calendar: { en: 'All days', 'zh-Hant': '曆日' },
  unique: { en: 'One at most', 'zh-Hant': '最多一行' },
  first: { en: 'The first that matches', 'zh-Hant': '首個符合' },
  collect: { en: 'All that match', 'zh-Hant': '所有符合' },
  letter: { en: 'A letter', 'zh-Hant': '信件' },
  entry: { en: 'An entry in the ledger', 'zh-Hant': '帳本紀錄' },
  credential: { en: 'A credential', 'zh-Hant': '憑證' },
  record: { en: 'A record', 'zh-Hant': '檔案' },
  pdf: { en: 'PDF', 'zh-Hant': 'PDF' },
  image: { en: 'Pictures', 'zh-Hant': '圖片' },
  document: { en: 'Documents', 'zh-Hant': '文件' },
  sheet: { en: 'Spreadsheets', 'zh-Hant': '試算表' },
  slides: { en: 'Slides', 'zh-Hant': '簡報' },
  video: { en: 'Video', 'zh-Hant': '影片' },
  'services:work-case': { en: 'Work on cases', 'zh-Hant': '處理個案' },
  'services:decide-case': { en: 'Decide cases', 'zh-Hant': '決定個案' },
})

export const choiceLabel = (value: string, label: Text): Text =>
  label.en === value && Object.hasOwn(choices, value) ? choices[value as keyof typeof choices] : label
