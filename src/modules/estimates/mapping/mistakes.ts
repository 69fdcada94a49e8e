import { texts } from '#platform'

/** What may be wrong in a mapping beyond its shape: which keys need, exclude or contradict each other. */
export const mistakes = texts({
  tooLarge: {
    en: 'A mapping has at most {max} kB. Is this the right file?',
    'zh-Hant': '欄位對應檔最多 {max} kB。檔案是否正確？',
  },
  keysWanted: {
    en: 'A mapping is a list of names with values, as in “unit: million”.',
    'zh-Hant': '欄位對應檔須由名稱和值組成，例如「unit: million」。',
  },
  noMoney: {
    en: 'No column holds money. Name actual, original, revised or estimate; or amount with phase.',
    'zh-Hant': '沒有數額的欄。須寫明 actual、original、revised 或 estimate；或寫 amount 和 phase。',
  },
  wideAndLong: {
    en: 'Either a column for each phase ({columns}) or one “amount”, not both.',
    'zh-Hant': '每個階段一欄（{columns}），或只用一欄「amount」，不可兩者並用。',
  },
  phaseNeeded: {
    en: 'One column of amounts needs the column “phase” beside it.',
    'zh-Hant': '只有一欄數額時，須同時寫明「phase」一欄。',
  },
  phasesNeeded: {
    en: 'Say in “phases” what each word of the phase column means.',
    'zh-Hant': '須在「phases」寫明階段一欄每個用語的意思。',
  },
  onlyLong: {
    en: '“{key}” belongs to a file with one column of amounts; this mapping names none.',
    'zh-Hant': '「{key}」只用於數額集中一欄的檔案；這份對應檔沒有該欄。',
  },
  noYear: {
    en: 'No column says the year. Name it as “year”, or write it under “constants”.',
    'zh-Hant': '沒有年度的欄。以「year」寫明該欄，或在「constants」之下寫明年度。',
  },
  noHead: {
    en: 'No column says the Head. Name it as “head”, or write it under “constants”.',
    'zh-Hant': '沒有總目的欄。以「head」寫明該欄，或在「constants」之下寫明總目。',
  },
  columnAlready: {
    en: '“{key}” is a column already. Keep one of the two.',
    'zh-Hant': '「{key}」已是一欄。只保留其一。',
  },
  unseen: {
    en: '“{key}” holds a character that nobody sees, such as U+0000. Write it without.',
    'zh-Hant': '「{key}」含有看不見的字元（例如 U+0000）。請刪去。',
  },
  year: {
    en: '“{year}” is no financial year: the second half follows the first, as 2023-24.',
    'zh-Hant': '「{year}」不是財政年度：後半須緊接前半，例如 2023-24。',
  },
  noAim: {
    en: 'Subheads have no aim; only programmes have. Remove it.',
    'zh-Hant': '分目沒有宗旨，綱領才有。刪去此項。',
  },
  codeDigits: {
    en: '“codeDigits” is for subheads; programmes are numbered 1, 2, 3. Remove it.',
    'zh-Hant': '「codeDigits」只用於分目；綱領編號為 1、2、3。刪去此項。',
  },
  repeat: {
    en: '“{key}” in “repeat” is not a column of this mapping. Name it under “columns”, or remove it here.',
    'zh-Hant': '「repeat」所列的「{key}」不是這份對應檔的一欄。在「columns」之下寫明，或在此刪去。',
  },
  separators: {
    en: '“{decimal}” cannot separate both thousands and decimals. Change “thousands” or “decimal”.',
    'zh-Hant': '「{decimal}」不能同時用作千位和小數的分隔。更改「thousands」或「decimal」。',
  },
  noSheets: { en: 'A CSV file has no sheets. Remove this line.', 'zh-Hant': 'CSV 檔案沒有工作表。刪去此行。' },
  noDelimiter: {
    en: 'An XLSX file has no delimiter. Remove this line.',
    'zh-Hant': 'XLSX 檔案沒有分隔符號。刪去此行。',
  },
  languageMissing: {
    en: '“{key}” names no column for {language}. Add one.',
    'zh-Hant': '「{key}」沒有寫明 {language} 的欄。須加上。',
  },
  languageUnknown: {
    en: '“{language}” is not among the languages of this mapping. Add it under “language”, or remove it here.',
    'zh-Hant': '這份對應檔的語文沒有「{language}」。在「language」加上，或在此刪去。',
  },
  columnTwice: {
    en: 'Column {column} is already “{before}”. One column has one meaning.',
    'zh-Hant': '欄 {column} 已用作「{before}」。一欄只可有一個意思。',
  },
  noHeadings: {
    en: 'A file without a heading row has no column “{column}”. Write its position, counted from 1.',
    'zh-Hant': '沒有標題列的檔案沒有「{column}」這一欄。須寫明位置，由 1 起計。',
  },
  ignored: {
    en: 'Column {column} cannot be ignored: it is “{use}”. Remove it here.',
    'zh-Hant': '欄 {column} 不能略去，因已用作「{use}」。在此刪去。',
  },
})
