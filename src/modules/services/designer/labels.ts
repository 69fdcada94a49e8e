import { type Text, texts } from '#platform'
import { labels } from './exchange/difference-words.ts'

/** In places where a name means something else than elsewhere. */
const inPlaces = texts({
  opensFrom: { en: 'From the first day', 'zh-Hant': '首日' },
  statesFrom: { en: 'From the states', 'zh-Hant': '由狀況' },
  statesTo: { en: 'To the state', 'zh-Hant': '至狀況' },
  prefillFrom: { en: 'Where it comes from', 'zh-Hant': '資料來源' },
  prefillBy: { en: 'Question that holds the key of the entry', 'zh-Hant': '以哪條問題的答案查找' },
  registerStep: { en: 'Step of the register by which it begins', 'zh-Hant': '開始登記的步驟' },
  grantStep: { en: 'Step that grants it', 'zh-Hant': '批出的步驟' },
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
  if (key === 'step' && pointer.startsWith('/apply/case/outputs/')) return inPlaces.registerStep
  if (key === 'step' && pointer.startsWith('/apply/grant/')) return inPlaces.grantStep
  if (key === 'outputs' && pointer.includes('/rules/')) return inPlaces.tableOutputs
  const { en, 'zh-Hant': han } = labels[key] ?? { en: key, 'zh-Hant': key }
  return { en: en[0]!.toUpperCase() + en.slice(1), 'zh-Hant': han }
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
  record: { en: 'An item of a register', 'zh-Hant': '登記項' },
  en: { en: 'In English', 'zh-Hant': '英文' },
  'zh-Hant': { en: 'In Traditional Chinese', 'zh-Hant': '繁體中文' },
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
