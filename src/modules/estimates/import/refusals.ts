import { texts } from '#platform'

/** The largest file that is imported, as text or as a table. Whoever takes an upload checks its size before reading it. */
export const importMegabytesMax = 20
export const importBytesMax = importMegabytesMax * 1024 * 1024
/** A Head of the printed Estimates has a few hundred lines; these limits keep a hostile file from costing anything. */
export const linesMax = 20_000
export const lineLengthMax = 10_000
export const cellsPerLineMax = 64

/** Why a file is not imported: one sentence, with what to do about it where that helps. */
export const refusals = texts({
  empty: { en: 'The file is empty.', 'zh-Hant': '檔案是空的。' },
  'too-large': {
    en: 'The file is larger than {max} MB, so it was not read.',
    'zh-Hant': '檔案大於 {max} MB，因此沒有讀取。',
  },
  pdf: {
    en: 'This is a PDF. Extract its text first, and import the text.',
    'zh-Hant': '這是 PDF 檔案。請先抽取其中的文字，再匯入該文字檔。',
  },
  spreadsheet: {
    en: 'This is a spreadsheet. Import it as a table, with a mapping of its columns.',
    'zh-Hant': '這是試算表。請附上欄位對應，以表格方式匯入。',
  },
  archive: {
    en: 'This is a ZIP archive or an office document, not text.',
    'zh-Hant': '這是 ZIP 壓縮檔或辦公室文件，不是文字檔。',
  },
  html: {
    en: 'This is a web page or XML, not plain text.',
    'zh-Hant': '這是網頁或 XML 檔案，不是純文字檔。',
  },
  'utf-16': {
    en: 'The text is in UTF-16. Save it as UTF-8 and import it again.',
    'zh-Hant': '文字採用 UTF-16 編碼。請另存為 UTF-8，再次匯入。',
  },
  'not-utf-8': {
    en: 'The text is not valid UTF-8 (first wrong byte at line {line}). Save it as UTF-8 and import it again.',
    'zh-Hant': '文字不是有效的 UTF-8 編碼（第 {line} 行首次出現錯誤位元組）。請另存為 UTF-8，再次匯入。',
  },
  binary: {
    en: 'The file holds binary data, not text (line {line}).',
    'zh-Hant': '檔案載有二進制資料，不是文字（第 {line} 行）。',
  },
  'line-too-long': {
    en: 'Line {line} is longer than {max} characters. The Estimates have no such line.',
    'zh-Hant': '第 {line} 行超過 {max} 個字元。預算文件沒有這樣長的行。',
  },
  'too-many-lines': {
    en: 'The file has more than {max} lines. A Head has a few hundred.',
    'zh-Hant': '檔案超過 {max} 行。一個總目只有數百行。',
  },
  'too-many-cells': {
    en: 'Line {line} has more than {max} cells. The tables of the Estimates have no such row.',
    'zh-Hant': '第 {line} 行超過 {max} 格。預算文件的表格沒有這樣的行。',
  },
  'beyond-limits': {
    en: 'The document has more of one thing than a Head can have ({what}, line {line}).',
    'zh-Hant': '文件某類項目的數量超過一個總目的上限（{what}，第 {line} 行）。',
  },
  'another-document': {
    en: 'This is not a Head of the Estimates: no line names a Head and its number.',
    'zh-Hant': '這不是預算總目：沒有任何一行載有總目編號和名稱。',
  },
  'several-heads': {
    en: 'The file holds more than one Head ({heads}; the second begins at line {line}). Import each Head by itself.',
    'zh-Hant': '檔案載有多於一個總目（{heads}；第二個由第 {line} 行開始）。請逐個總目匯入。',
  },
  'no-tables': {
    en: 'The document names Head {head}, but holds none of its tables. It may have been cut off, or the tabs between its columns turned into spaces.',
    'zh-Hant': '文件載有總目 {head} 的名稱，但沒有任何表格。文件可能已被截斷，或欄與欄之間的定位字元已變成空格。',
  },
  'no-year': {
    en: 'The document does not say which financial year it is for.',
    'zh-Hant': '文件沒有註明屬於哪個財政年度。',
  },
  truncated: {
    en: 'The file ends in the middle of a table (the table begins at line {from}, the file ends at line {line}). Get the whole file and import it again.',
    'zh-Hant': '檔案在表格中間中斷（表格由第 {from} 行開始，檔案在第 {line} 行結束）。請取得完整檔案，再次匯入。',
  },
})

export type RefusalCode = keyof typeof refusals
export interface Refusal {
  code: RefusalCode
  values: Record<string, string | number>
}

/** Thrown by any stage that cannot go on; the door turns it into the answer. Nothing else throws on a bad file. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(code: RefusalCode, values: Record<string, string | number> = {}) {
    super(code)
    this.refusal = { code, values }
  }
}
