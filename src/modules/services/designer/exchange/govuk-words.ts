import { texts } from '#platform'

export const words = texts({
  noForm: {
    en: 'This is no form document of GOV.UK Forms: it has no list called steps.',
    'zh-Hant': '這不是 GOV.UK Forms 的表格文件：沒有名為 steps 的清單。',
  },
  tooMany: { en: 'The form has more than {max} questions.', 'zh-Hant': '表格超過 {max} 條問題。' },
  english: {
    en: 'The form is in English only. Its English stands for the Chinese until it is translated.',
    'zh-Hant': '表格只有英文。翻譯之前以英文代替中文。',
  },
  welsh: {
    en: 'The form is in Welsh. Its Welsh stands for both languages until it is translated.',
    'zh-Hant': '表格是威爾斯語。翻譯之前以威爾斯語代替兩種語文。',
  },
  field: { en: '“{field}” is not taken over: “{value}”', 'zh-Hant': '未有匯入「{field}」：「{value}」' },
  noQuestion: { en: 'This step asks no question, and is not taken over.', 'zh-Hant': '這步沒有問題，未有匯入。' },
  kind: {
    en: 'There is no question of the kind “{kind}” here. “{title}” is not taken over.',
    'zh-Hant': '這裏沒有「{kind}」類的問題。未有匯入「{title}」。',
  },
  untitled: {
    en: 'This question has no text. “{title}” stands for it.',
    'zh-Hant': '這條問題沒有文字，以「{title}」代替。',
  },
  address: {
    en: 'The parts of the address are written together, in one answer.',
    'zh-Hant': '地址各部分在一個答案內一併填寫。',
  },
  fewOptions: {
    en: 'There are fewer than two options, so an answer is typed. The option: “{options}”',
    'zh-Hant': '選項少於兩個，因此改為輸入答案。選項：「{options}」',
  },
  manyOptions: {
    en: 'There are more than {max} options, so an answer is typed.',
    'zh-Hant': '選項超過 {max} 個，因此改為輸入答案。',
  },
  noneBeside: {
    en: '“None of the above” can be ticked beside other options here.',
    'zh-Hant': '在此「以上皆非」可與其他選項一併剔選。',
  },
  order: {
    en: 'The form goes on from here to step {next}, and not to the one that follows. Here it goes on to the one that follows.',
    'zh-Hant': '原表格由此轉到第 {next} 步，而非下一步。在此會接續下一步。',
  },
  routeAnswer: {
    en: 'A route from here is not taken over: the answer “{answer}” is none of a question with one choice.',
    'zh-Hant': '由此轉往別處的路線未有匯入：答案「{answer}」不屬單選問題的選項。',
  },
  routeBack: {
    en: 'A route from here does not lead to a later question, and is not taken over.',
    'zh-Hant': '由此轉往別處的路線並非通往其後的問題，未有匯入。',
  },
  routeAlways: {
    en: 'A route from here is for every answer, so that what it passes over would never be asked. It is not taken over.',
    'zh-Hant': '由此轉往別處的路線適用於所有答案，略過的問題便永不會問。未有匯入。',
  },
  routeLong: {
    en: 'The conditions of this page are longer than {max} characters together, so it is always asked.',
    'zh-Hant': '這頁的條件合計超過 {max} 個字元，因此一律會問。',
  },
  exitsMax: {
    en: 'A form has at most {max} exits. “{title}” is not taken over.',
    'zh-Hant': '表格最多 {max} 個出口。未有匯入「{title}」。',
  },
})

/** Words of questions that GOV.UK Forms asks together under one. */
export const parts = texts({
  title: { en: 'Title', 'zh-Hant': '稱謂' },
  first: { en: 'First name', 'zh-Hant': '名字' },
  middle: { en: 'Middle names', 'zh-Hant': '中間名' },
  last: { en: 'Last name', 'zh-Hant': '姓氏' },
  none: { en: 'None of the above', 'zh-Hant': '以上皆非' },
})

/** What a text is, for the note that it was cut. */
export const whats = texts({
  question: { en: 'The question', 'zh-Hant': '問題' },
  hint: { en: 'The hint', 'zh-Hant': '提示' },
  heading: { en: 'The heading', 'zh-Hant': '標題' },
  guidance: { en: 'The guidance', 'zh-Hant': '指引' },
  option: { en: 'The option', 'zh-Hant': '選項' },
  name: { en: 'The name of the form', 'zh-Hant': '表格名稱' },
  declaration: { en: 'The declaration', 'zh-Hant': '聲明' },
  contact: { en: 'The contact', 'zh-Hant': '聯絡方法' },
  exit: { en: 'The exit page', 'zh-Hant': '出口頁' },
})
