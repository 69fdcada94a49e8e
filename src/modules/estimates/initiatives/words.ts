import { texts } from '#platform'

/** What the pages of systems and initiatives say in common. */
export const words = texts({
  systems: { en: 'Systems', 'zh-Hant': '系統' },
  initiatives: { en: 'Initiatives', 'zh-Hant': '計劃項目' },
  estimates: { en: 'The Estimates', 'zh-Hant': '開支預算' },
  status: { en: 'Status', 'zh-Hant': '狀況' },
  planned: { en: 'Planned', 'zh-Hant': '計劃中' },
  running: { en: 'Running', 'zh-Hant': '進行中' },
  ended: { en: 'Ended', 'zh-Hant': '已結束' },
  owner: { en: 'Owner', 'zh-Hant': '負責機構' },
  since: { en: '{name} since {on}', 'zh-Hant': '{on}起為{name}' },
  partners: { en: 'With', 'zh-Hant': '合作機構' },
  programme: { en: 'Programme ({number}): {name}', 'zh-Hant': '綱領({number})：{name}' },
  money: { en: 'Paid from', 'zh-Hant': '撥款來源' },
  subhead: { en: 'Subhead {subhead}', 'zh-Hant': '分目 {subhead}' },
  item: { en: 'Subhead {subhead}, item {item}', 'zh-Hant': '分目 {subhead} 項目 {item}' },
  inferred: { en: ', inferred: the document does not say', 'zh-Hant': '（屬推斷，文件沒有註明）' },
  inferredShort: { en: 'inferred', 'zh-Hant': '推斷' },
  comma: { en: ', ', 'zh-Hant': '、' },
  budgetLine: { en: 'The budget line', 'zh-Hant': '預算項目' },
  here: { en: 'Running here', 'zh-Hant': '運行中' },
  waits: { en: 'Not running yet', 'zh-Hant': '尚未運行' },
  goTo: { en: 'Go to it', 'zh-Hant': '前往使用' },
  figures: { en: 'Computed here, now', 'zh-Hant': '即時數字' },
  noFigures: {
    en: 'No live figure measures it yet. When one does, it is shown here.',
    'zh-Hant': '暫時沒有相關數字。有數字後，便會在這裏顯示。',
  },
  notComputed: {
    en: '{id}: nothing here computes it yet',
    'zh-Hant': '{id}：暫時未能計算',
  },
  printed: { en: 'As printed', 'zh-Hant': '文件所載' },
  line: { en: 'line {line}', 'zh-Hant': '第 {line} 行' },
  lines: { en: 'Where the Estimates say so', 'zh-Hant': '預算文件的出處' },
})
