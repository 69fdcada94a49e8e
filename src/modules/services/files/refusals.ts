import { type Text, texts } from '#platform'
import type { FileType } from './kinds.rules.ts'

/** Why a file is not taken, each with what the person can do. */
export const refusals = texts({
  missing: { en: 'Choose a file first, and then press Upload.', 'zh-Hant': '請先選擇檔案，然後按「上載」。' },
  empty: {
    en: 'The file is empty. Choose the one that has something in it.',
    'zh-Hant': '檔案是空的。請選擇有內容的檔案。',
  },
  'too-large': {
    en: 'The file is larger than {megabytes} MB. Send a smaller one, or divide it.',
    'zh-Hant': '檔案大於 {megabytes} MB。請上載較小的檔案，或分成數份。',
  },
  'too-many': {
    en: 'You can send {max} here, and have. Take one away before you send another.',
    'zh-Hant': '這裏最多可上載 {max} 個檔案，現已足數。請先刪去一個，再上載另一個。',
  },
  'too-many-files': {
    en: 'An application can have {max} files, and this one has. Take one away before you send another.',
    'zh-Hant': '一宗申請最多可有 {max} 個檔案，現已足數。請先刪去一個，再上載另一個。',
  },
  'too-many-octets': {
    en: 'The files of an application can be {megabytes} MB together, and with this one they would be more. Send a smaller one.',
    'zh-Hant': '一宗申請的檔案合共不可超過 {megabytes} MB，加上這個便會超出。請上載較小的檔案。',
  },
  'wrong-type': {
    en: 'This file is not what is asked for, whatever its name says: {found}. Send {kinds}.',
    'zh-Hant': '不論檔案名稱為何，這個檔案不是所需的種類（{found}）。請提交{kinds}。',
  },
  damaged: {
    en: 'The file is damaged or was not sent whole, so that it cannot be checked. Save it again in the program that made it, and send that.',
    'zh-Hant': '檔案已損壞或未有完整傳送，無法檢查。請用製作該檔案的程式重新儲存，再上載。',
  },
  'too-hard': {
    en: 'Checking the file took too long or too much memory, so it was not taken. Save it again in a simpler form, as a PDF, and send that.',
    'zh-Hant': '檢查檔案所需的時間或記憶體過多，未能接收。請改存為較簡單的格式，例如 PDF，再上載。',
  },
  encrypted: {
    en: 'The file is locked with a password, so that it cannot be checked. Save it without the password, and send that.',
    'zh-Hant': '檔案設有密碼，無法檢查。請取消密碼後儲存，再上載。',
  },
  'more-inside': {
    en: 'Another file is hidden in this one. Save it again without it, or send the two one after the other.',
    'zh-Hant': '這個檔案內藏另一個檔案。請移除後重新儲存，或逐一上載。',
  },
  bomb: {
    en: 'The file unpacks to far more than its size. Save it again in the program that made it, and send that.',
    'zh-Hant': '檔案解壓後遠大於本身大小。請用製作該檔案的程式重新儲存，再上載。',
  },
  pixels: {
    en: 'The picture has more than 50 million pixels. Make it smaller, and send that.',
    'zh-Hant': '圖片超過 5,000 萬像素。請縮小後再上載。',
  },
  macros: {
    en: 'The file has macros or other programs in it. Save it without them, as .docx, .xlsx, .pptx or PDF, and send that.',
    'zh-Hant': '檔案含有巨集或其他程式。請另存為不含巨集的 .docx、.xlsx、.pptx 或 PDF，再上載。',
  },
  linked: {
    en: 'The file fetches parts of itself from elsewhere when it is opened. Break its links, or save it as a PDF, and send that.',
    'zh-Hant': '檔案開啟時會從其他地方取得部分內容。請中斷連結，或另存為 PDF，再上載。',
  },
  active: {
    en: 'The PDF has scripts in it or starts programs. Print it to a new PDF, and send that.',
    'zh-Hant': 'PDF 含有程式碼，或會啟動程式。請列印成新的 PDF，再上載。',
  },
  formula: {
    en: 'A cell of the table begins with =, +, - or @ and would be calculated when somebody opens it. Take that sign away in line {line}.',
    'zh-Hant': '表格有儲存格以 =、+、- 或 @ 開頭，開啟時會被當作算式。請刪去第 {line} 行的該符號。',
  },
  infected: {
    en: 'A virus was found in this file ({name}). It was deleted. Send another.',
    'zh-Hant': '檔案（{name}）驗出病毒，已經刪除。請上載另一個。',
  },
})

export type Refusal = keyof typeof refusals
export type Refused = { refusal: Refusal; values?: Readonly<Record<string, string | number | Text>> }
/** What the content of a file shows: its type, or why it is not taken. */
export type Found = { type: FileType } | Refused
export const refuse = (refusal: Refusal, values?: Refused['values']): Refused => ({
  refusal,
  ...(values && { values }),
})

/** RFC 9110: what is too much, what is of another type, and what cannot be processed. */
export const statusOf = (refusal: Refusal): 413 | 415 | 422 =>
  refusal === 'wrong-type' ? 415 : refusal === 'too-large' || refusal === 'too-many-octets' ? 413 : 422
