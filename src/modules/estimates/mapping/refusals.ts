import { texts, type Values } from '#platform'
import { refusals as textRefusals } from '../import/refusals.ts'

/** Why a table file is not imported at all. Each says what is wrong and what to do. */
export const refusals = texts({
  'file-empty': { en: 'The file is empty.', 'zh-Hant': '檔案是空的。' },
  'too-large': textRefusals['too-large'],
  'file-kind': {
    en: 'This is {found}, not {wanted}. Save the table as CSV (UTF-8) or XLSX.',
    'zh-Hant': '這是 {found}，不是 {wanted}。請把表格另存為 CSV（UTF-8）或 XLSX。',
  },
  'file-not-utf8': {
    en: 'Line {line} is not UTF-8 (Big5, perhaps). In the spreadsheet program choose “Save as” and “CSV UTF-8”; in a text editor, the encoding UTF-8.',
    'zh-Hant':
      '第 {line} 行不是 UTF-8（或屬 Big5）。在試算表程式選「另存新檔」及「CSV UTF-8」；在文字編輯器，編碼選 UTF-8。',
  },
  'file-utf16': {
    en: 'The file is UTF-16. In the spreadsheet program choose “Save as” and “CSV UTF-8”; in a text editor, the encoding UTF-8.',
    'zh-Hant': '檔案為 UTF-16。在試算表程式選「另存新檔」及「CSV UTF-8」；在文字編輯器，編碼選 UTF-8。',
  },
  'csv-broken': {
    en: 'On line {line} a quotation mark is not paired, so that columns cannot be told apart. Pair it, or get the whole file.',
    'zh-Hant': '第 {line} 行的引號不成對，無法分辨各欄。補上引號，或取得完整檔案。',
  },
  'record-too-long': {
    en: 'The row that begins near line {line} has more than {max} MB. Is a quotation mark missing, or this another file?',
    'zh-Hant': '第 {line} 行附近的一列超過 {max} MB。是否缺少引號，或選錯了檔案？',
  },
  'delimiter-unclear': {
    en: 'Several characters could separate the columns. Write one as “delimiter” under “file” in the mapping.',
    'zh-Hant': '有多於一個字元可能是欄與欄的分隔。請在對應檔的「file」之下寫明「delimiter」。',
  },
  'xlsx-damaged': {
    en: 'The workbook cannot be read; it may be damaged or cut off. Open it in a spreadsheet program and save it again as XLSX.',
    'zh-Hant': '無法讀取這個活頁簿，檔案可能已損壞或不完整。用試算表程式開啟，再另存為 XLSX。',
  },
  'xlsx-uncalculated': {
    en: 'Cell {cell} holds a formula without its result. Open the workbook in a spreadsheet program and save it, so that results are kept.',
    'zh-Hant': '儲存格 {cell} 只有公式，沒有結果。用試算表程式開啟活頁簿再儲存，以保留結果。',
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
    en: 'The workbook has several sheets, hidden ones included: {sheets}. Write one as “sheet” under “file” in the mapping.',
    'zh-Hant': '活頁簿有多於一張工作表（包括隱藏的）：{sheets}。請在對應檔的「file」之下寫明「sheet」。',
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
    en: 'The mapping names columns that this table does not have: {columns}. It has: {found}. If that is no row of headings, write “header” under “file”.',
    'zh-Hant':
      '對應檔所指的欄在這個表格找不到：{columns}。現有：{found}。如該列不是標題，請在「file」之下寫明「header」。',
  },
  'column-misspelt': {
    en: 'The mapping names columns that this table does not have: {columns}. It has: {found}. Did you mean {near}?',
    'zh-Hant': '對應檔所指的欄在這個表格找不到：{columns}。現有：{found}。你是否想寫 {near}？',
  },
  'column-beyond': {
    en: 'The mapping names column {position}, and this table has {width}. Positions are counted from 1.',
    'zh-Hant': '對應檔指第 {position} 欄，但這個表格只有 {width} 欄。位置由 1 起計。',
  },
  'column-twice': {
    en: 'Two columns have the heading “{column}”. Name the one that counts by its position.',
    'zh-Hant': '有兩欄的標題都是「{column}」。請以位置指明所需的一欄。',
  },
  'column-shared': {
    en: 'Column {position} is read as “{one}” and as “{other}”. One column has one meaning; change one of the two in the mapping.',
    'zh-Hant': '第 {position} 欄既讀作「{one}」，又讀作「{other}」。一欄只可有一個意思；請在對應檔更改其一。',
  },
  'year-unclear': {
    en: 'Row {line} says “{year}”, which is a part of two financial years. Write “bareYear: first” or “bareYear: last” in the mapping.',
    'zh-Hant': '第 {line} 列寫「{year}」，可屬兩個財政年度。請在對應檔寫明「bareYear: first」或「bareYear: last」。',
  },
  'no-rows': { en: 'The table has no rows below its headings.', 'zh-Hant': '表格在標題之下沒有任何一列。' },
  'no-readable-rows': {
    en: 'No row of this table can be read with this mapping. Row {line} is the first, and has no {lacks}: {text}',
    'zh-Hant': '以這份對應檔，表格內沒有一列可讀。首列為第 {line} 列，沒有{lacks}：{text}',
  },
  'head-too-large': {
    en: 'Head {head} of {year} has more than {max} rows. Does the mapping name the right code column?',
    'zh-Hant': '{year} 年度總目 {head} 超過 {max} 列。對應檔所指的編號欄是否正確？',
  },
})

/** Words of the sentences above that are not the file's own. */
export const words = texts({
  binary: { en: 'a binary file', 'zh-Hant': '二進制檔案' },
  markup: { en: 'HTML or XML', 'zh-Hant': 'HTML 或 XML' },
  year: { en: 'financial year, as 2023-24', 'zh-Hant': '財政年度（例如 2023-24）' },
  head: { en: 'Head, as 47', 'zh-Hant': '總目（例如 47）' },
  amount: {
    en: 'amount that it can read (see “decimal”, “thousands” and “nil”)',
    'zh-Hant': '可讀的數額（見「decimal」、「thousands」和「nil」）',
  },
})

export type RefusalCode = keyof typeof refusals

/** Stops an import. Thrown where the fault is seen, turned into an answer by `importTables` alone. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  readonly values: Values

  constructor(code: RefusalCode, values: Values = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
