import { texts } from '#platform'

/**
 * What reading a table file did or could not do, by the code of its finding. Lines (rows of the file) are shown beside
 * the sentence, so no sentence names its own.
 */
export const tableFindings = texts({
  'column-unread': {
    en: 'Column {position} “{heading}” is read by nothing in the mapping. If that is meant, add it to “ignore”.',
    'zh-Hant': '對應檔沒有用到第 {position} 欄「{heading}」。如屬故意，請加入「ignore」。',
  },
  'row-above-headings': {
    en: 'This row stands above the headings and was not read: {text}',
    'zh-Hant': '此列在標題之上，沒有讀取：{text}',
  },
  'headings-repeated': { en: 'This row repeats the headings. It is left out.', 'zh-Hant': '此列重複標題，已略去。' },
  'row-without-year': {
    en: 'This row has no financial year that can be read, so it belongs to no Head: “{text}”. If the year above is meant (merged cells), add year to “repeat” in the mapping.',
    'zh-Hant':
      '此列沒有可讀的財政年度，不屬任何總目：「{text}」。如與上一列同年（合併儲存格），請在對應檔的「repeat」加入 year。',
  },
  'row-without-head': {
    en: 'This row has no Head that can be read: “{text}”. If the Head above is meant (merged cells), add head to “repeat” in the mapping.',
    'zh-Hant':
      '此列沒有可讀的總目：「{text}」。如與上一列同屬一個總目（合併儲存格），請在對應檔的「repeat」加入 head。',
  },
  'characters-unseen': {
    en: 'This row held characters that nobody sees, such as control characters. They were left out.',
    'zh-Hant': '此列含有看不見的字元（例如控制字元），已略去。',
  },
  'row-too-long': {
    en: 'This row goes on beyond the last column: {text}',
    'zh-Hant': '此列超出最後一欄：{text}',
  },
  'row-too-short': {
    en: 'This row has {cells} of {width} columns; it may be cut off.',
    'zh-Hant': '此列只有 {cells} 欄，應有 {width} 欄；可能不完整。',
  },
  'code-missing': {
    en: 'This row names no code. It may be a total: if so, say in the mapping that an empty code is one. Until then it stands outside the sums.',
    'zh-Hant': '此列沒有編號，可能是總計：如是，請在對應檔寫明空白編號即總計。在此之前不計入總和。',
  },
  'code-unreadable': {
    en: '“{text}” is no code that can be read. The row stands outside the sums.',
    'zh-Hant': '「{text}」不是可讀的編號。此列不計入總和。',
  },
  'code-twice': {
    en: 'This row has the code {code} of row {before}. Both are kept, each as a line of its own.',
    'zh-Hant': '此列的編號 {code} 與第 {before} 列相同。兩者都保留，各為一個項目。',
  },
  'total-twice': {
    en: 'This is a second total, after row {before}. Both are kept.',
    'zh-Hant': '這是第 {before} 列之後的另一個總計。兩者都保留。',
  },
  'total-missing': {
    en: 'Head {head} of {year} has no total row, so its sum cannot be checked.',
    'zh-Hant': '{year} 年度總目 {head} 沒有總計列，無法核對總和。',
  },
  'name-missing': { en: 'This row has no name.', 'zh-Hant': '此列沒有名稱。' },
  'name-differs': {
    en: 'This row calls {code} “{other}”; it was “{name}” before.',
    'zh-Hant': '此列稱 {code} 為「{other}」；之前是「{name}」。',
  },
  'title-differs': {
    en: 'This row calls the Head “{other}”; it was “{name}” before.',
    'zh-Hant': '此列稱總目為「{other}」；之前是「{name}」。',
  },
  'cell-cut': {
    en: 'A text is longer than {max} characters and was cut. It goes on: {text}',
    'zh-Hant': '有文字超過 {max} 字，已截短。其餘為：{text}',
  },
  'amount-missing': {
    en: 'There is nothing under “{column}”. That is not nil unless the mapping says so.',
    'zh-Hant': '「{column}」是空白。除非對應檔寫明，空白不等於零。',
  },
  'amount-unreadable': {
    en: '“{text}” under “{column}” is no amount that can be read. If it is one, say how it is written in “nil”, “thousands”, “decimal” or “negative”.',
    'zh-Hant':
      '「{column}」之下的「{text}」不是可讀的數額。如屬數額，請在「nil」、「thousands」、「decimal」或「negative」寫明寫法。',
  },
  'amount-too-precise': {
    en: '“{text}” under “{column}” has more decimals than the {decimals} that the mapping declares. All are kept.',
    'zh-Hant': '「{column}」之下的「{text}」的小數多於對應檔所述的 {decimals} 位。全部保留。',
  },
  'amount-binary-noise': {
    en: 'The spreadsheet stores {text} under “{column}”: {read} and the error of binary arithmetic. It is read as {read}.',
    'zh-Hant': '「{column}」之下儲存為 {text}，即 {read} 加上二進制運算的誤差，已讀作 {read}。',
  },
  'amount-twice': {
    en: 'This row gives {code} a second amount for {column}, after row {before}. Both are kept.',
    'zh-Hant': '此列在第 {before} 列之後再次列出 {code} 的 {column}。兩者都保留。',
  },
  'rate-without-base': {
    en: 'The percentage “{text}” under “{column}” is compared with nothing that the mapping names.',
    'zh-Hant': '「{column}」之下的百分率「{text}」，對應檔沒有指明與甚麼比較。',
  },
  'phase-unknown': {
    en: '“{text}” is no phase that the mapping knows. Its amount was not read: {amount}',
    'zh-Hant': '對應檔沒有「{text}」這個階段。沒有讀取該數額：{amount}',
  },
  'period-unreadable': {
    en: '“{text}” is no financial year that can be read. Its amount was not read: {amount}',
    'zh-Hant': '「{text}」不是可讀的財政年度。沒有讀取該數額：{amount}',
  },
  'period-unexpected': {
    en: 'This row gives the {phase} of {when} in the Estimates of {year}, where {expected} is usual.',
    'zh-Hant': '此列在 {year} 年度預算列出 {when} 的 {phase}；通常是 {expected}。',
  },
  'more-findings': {
    en: '{count} more findings of this Head are not listed.',
    'zh-Hant': '這個總目還有 {count} 項未列出。',
  },
})

export type TableFindingCode = keyof typeof tableFindings
