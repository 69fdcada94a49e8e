import { texts } from '#platform'

/** Why a table file is not imported at all. Each says what is wrong and what to do. */
export const refusals = texts({
  'file-empty': { en: 'The file is empty.', 'zh-Hant': '檔案是空的。' },
  'file-too-large': {
    en: 'The file has more than {megabytes} MB, more than any table of the Estimates needs. Nothing was read.',
    'zh-Hant': '檔案超過 {megabytes} MB，預算的表格不需要這麼大。沒有讀取任何內容。',
  },
  'file-kind': {
    en: 'This is {found}, not {wanted}. Save the table as CSV (UTF-8) or XLSX.',
    'zh-Hant': '這是 {found}，不是 {wanted}。請把表格另存為 CSV（UTF-8）或 XLSX。',
  },
  'file-not-utf8': {
    en: 'Line {line} is not UTF-8. Save the file again as “CSV UTF-8”.',
    'zh-Hant': '第 {line} 行不是 UTF-8。請把檔案另存為「CSV UTF-8」。',
  },
  'csv-broken': {
    en: 'The quotation marks do not pair near line {line}, so that columns cannot be told apart: {why}. The file may be cut off.',
    'zh-Hant': '第 {line} 行附近的引號不成對，無法分辨各欄：{why}。檔案可能不完整。',
  },
  'delimiter-unclear': {
    en: 'Several characters could separate the columns. Write one as “delimiter” under “file” in the mapping.',
    'zh-Hant': '有多於一個字元可能是欄與欄的分隔。請在對應檔的「file」之下寫明「delimiter」。',
  },
  'xlsx-damaged': {
    en: 'The workbook cannot be read: {why}. It may be damaged or cut off.',
    'zh-Hant': '無法讀取這個活頁簿：{why}。檔案可能已損壞或不完整。',
  },
  'xlsx-too-large': {
    en: 'Unpacked, the workbook has more than {megabytes} MB. Nothing was read.',
    'zh-Hant': '活頁簿解壓後超過 {megabytes} MB。沒有讀取任何內容。',
  },
  'sheet-not-found': {
    en: 'The workbook has no sheet “{sheet}”. It has: {sheets}.',
    'zh-Hant': '活頁簿沒有工作表「{sheet}」。現有：{sheets}。',
  },
  'sheet-unsaid': {
    en: 'The workbook has several sheets: {sheets}. Write one as “sheet” under “file” in the mapping.',
    'zh-Hant': '活頁簿有多於一張工作表：{sheets}。請在對應檔的「file」之下寫明「sheet」。',
  },
  'too-many-rows': {
    en: 'The table has more than {max} rows. Split it.',
    'zh-Hant': '表格超過 {max} 列。請分開。',
  },
  'too-many-columns': {
    en: 'The table has more than {max} columns. Is this the right file?',
    'zh-Hant': '表格超過 {max} 欄。檔案是否正確？',
  },
  'header-not-found': {
    en: 'The table ends before row {row}, where the mapping expects the headings.',
    'zh-Hant': '對應檔說標題在第 {row} 列，但表格在此之前已結束。',
  },
  'column-not-found': {
    en: 'The mapping names columns that this table does not have: {columns}. It has: {found}.',
    'zh-Hant': '對應檔所指的欄在這個表格找不到：{columns}。現有：{found}。',
  },
  'column-twice': {
    en: 'Two columns have the heading “{column}”. Name the one that counts by its position.',
    'zh-Hant': '有兩欄的標題都是「{column}」。請以位置指明所需的一欄。',
  },
  'year-unclear': {
    en: 'Row {line} says “{year}”, which is a part of two financial years. Write “bareYear: first” or “bareYear: last” in the mapping.',
    'zh-Hant': '第 {line} 列寫「{year}」，可屬兩個財政年度。請在對應檔寫明「bareYear: first」或「bareYear: last」。',
  },
  'no-rows': {
    en: 'No row of this table has a year, a Head and a number that can be read with this mapping.',
    'zh-Hant': '以這份對應檔，表格內沒有一列能讀出年度、總目和數字。',
  },
  'head-too-large': {
    en: 'Head {head} of {year} has more than {max} rows. Does the mapping name the right code column?',
    'zh-Hant': '{year} 年度總目 {head} 超過 {max} 列。對應檔所指的編號欄是否正確？',
  },
})

export type RefusalCode = keyof typeof refusals

/** Stops an import. Thrown where the fault is seen, turned into an answer by `importTables` alone. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: RefusalCode, values: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
