import { texts } from '#platform'

/** What the Estimates call the things that every page of a Head speaks of. */
export const words = texts({
  estimates: { en: 'Estimates', 'zh-Hant': '財政預算' },
  yearTitle: { en: 'Estimates {year}', 'zh-Hant': '{year} 年度財政預算' },
  head: { en: 'Head {head}', 'zh-Hant': '總目 {head}' },
  controllingOfficer: { en: 'Controlling officer', 'zh-Hant': '管制人員' },
  estimate: { en: 'Estimate {year}', 'zh-Hant': '{year} 年度預算' },
  programme: { en: 'Programme ({number})', 'zh-Hant': '綱領({number})' },
  programmes: { en: 'Programmes', 'zh-Hant': '綱領' },
  policyArea: { en: 'Policy area {number}: {name} ({secretary})', 'zh-Hant': '政策範圍 {number}：{name}({secretary})' },
  report: { en: 'Controlling officer’s report', 'zh-Hant': '管制人員報告' },
  aim: { en: 'Aim', 'zh-Hant': '宗旨' },
  description: { en: 'Brief description', 'zh-Hant': '簡介' },
  targets: { en: 'Targets', 'zh-Hant': '目標' },
  indicators: { en: 'Indicators', 'zh-Hant': '指標' },
  attention: {
    en: 'Matters requiring special attention in {year}',
    'zh-Hant': '{year} 年度需要特別留意的事項',
  },
  done: { en: 'Work done in {year}', 'zh-Hant': '{year} 年度的工作' },
  analysis: { en: 'Analysis of financial provision', 'zh-Hant': '財政撥款分析' },
  staffing: { en: 'Analysis of financial and staffing provision', 'zh-Hant': '財政撥款及人手編制分析' },
  subheads: { en: 'Expenditure by subhead', 'zh-Hant': '按分目列出的開支' },
  breakdown: { en: 'What subhead {code} pays for', 'zh-Hant': '分目 {code} 項下的財政撥款分析' },
  details: { en: 'Details of expenditure by subhead', 'zh-Hant': '按分目列出的開支詳情' },
  commitments: { en: 'Commitments', 'zh-Hant': '承擔額' },
  establishment: { en: 'Establishment', 'zh-Hant': '編制' },
  provisionOf: { en: 'Financial provision', 'zh-Hant': '財政撥款' },
  total: { en: 'Total', 'zh-Hant': '總額' },
  totalExpenditure: { en: 'Total expenditure', 'zh-Hant': '開支總額' },
  totalOf: { en: 'Total, {name}', 'zh-Hant': '{name}總額' },
  line: { en: 'line {from}', 'zh-Hant': '第 {from} 行' },
  lines: { en: 'lines {from}–{to}', 'zh-Hant': '第 {from} 至 {to} 行' },
  lost: { en: 'lost', 'zh-Hant': '缺失' },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  and: { en: '{one}, {other}', 'zh-Hant': '{one}，{other}' },
  contents: { en: 'On this page', 'zh-Hant': '本頁內容' },
  checks: { en: 'How it checks', 'zh-Hant': '核對結果' },
  findings: { en: 'What the import found', 'zh-Hant': '匯入所見' },
  takeAway: { en: 'Take away', 'zh-Hant': '下載' },
  compare: { en: 'Beside another year', 'zh-Hant': '與其他年度並列' },
  wholeHead: { en: 'The whole Head', 'zh-Hant': '整個總目' },
})

/** Columns, as the tables of money and of performance head them. */
export const phases = texts({
  actual: { en: 'Actual', 'zh-Hant': '實際' },
  original: { en: 'Original', 'zh-Hant': '原來預算' },
  revised: { en: 'Revised', 'zh-Hant': '修訂預算' },
  estimate: { en: 'Estimate', 'zh-Hant': '預算' },
  plan: { en: 'Plan', 'zh-Hant': '計劃' },
  accumulated: { en: 'accumulated', 'zh-Hant': '累積' },
  asAt: { en: 'as at', 'zh-Hant': '當日' },
})

export const measures = texts({
  provision: { en: 'provision', 'zh-Hant': '撥款' },
  'provision-change': { en: 'change in provision', 'zh-Hant': '撥款增減' },
  'provision-rate': { en: 'change in provision, %', 'zh-Hant': '撥款增減百分率' },
  approved: { en: 'approved commitment', 'zh-Hant': '核准承擔額' },
  accumulated: { en: 'accumulated expenditure', 'zh-Hant': '累積開支' },
  'revised-spending': { en: 'revised estimated expenditure', 'zh-Hant': '修訂預算開支' },
  balance: { en: 'balance', 'zh-Hant': '結餘' },
  'approved-before': { en: 'approved before', 'zh-Hant': '原核准承擔額' },
  'approved-increase': { en: 'increase sought', 'zh-Hant': '申請增加的承擔額' },
  posts: { en: 'non-directorate posts', 'zh-Hant': '非首長級職位' },
  'directorate-posts': { en: 'directorate posts', 'zh-Hant': '首長級職位' },
  'all-posts': { en: 'posts in all', 'zh-Hant': '職位總數' },
  'posts-change': { en: 'change in posts', 'zh-Hant': '職位增減' },
  'all-posts-change': { en: 'change in posts', 'zh-Hant': '職位增減' },
  'salary-ceiling': {
    en: 'ceiling, as notional annual mid-point salaries',
    'zh-Hant': '按薪級中點估計的年薪值上限',
  },
  target: { en: 'target', 'zh-Hant': '目標' },
  indicator: { en: 'indicator', 'zh-Hant': '指標' },
})

export const places = texts({
  cover: { en: 'on the cover', 'zh-Hant': '封面' },
  programme: { en: 'in the programme’s table', 'zh-Hant': '綱領的撥款表' },
  targets: { en: 'among the targets', 'zh-Hant': '目標' },
  indicators: { en: 'among the indicators', 'zh-Hant': '指標' },
  analysis: { en: 'in the analysis of financial provision', 'zh-Hant': '財政撥款分析' },
  prose: { en: 'in the explanation', 'zh-Hant': '文字說明' },
  subheads: { en: 'in the table of subheads', 'zh-Hant': '分目開支表' },
  notes: { en: 'in the notes on subheads', 'zh-Hant': '分目開支詳情' },
  breakdown: { en: 'in the breakdown of the subhead', 'zh-Hant': '分目的撥款分析' },
  commitments: { en: 'in the table of commitments', 'zh-Hant': '承擔額表' },
  footnote: { en: 'in a footnote', 'zh-Hant': '註釋' },
  table: { en: 'in the table', 'zh-Hant': '表格' },
})

/** Units as a table's heading says them. */
export const units = texts({
  dollar: { en: '$', 'zh-Hant': '元' },
  'ten-thousand': { en: '$10 thousand', 'zh-Hant': '萬元' },
  thousand: { en: '$ thousand', 'zh-Hant': '千元' },
  million: { en: '$ million', 'zh-Hant': '百萬元' },
  'hundred-million': { en: '$100 million', 'zh-Hant': '億元' },
  rate: { en: '%', 'zh-Hant': '%' },
  share: { en: '%', 'zh-Hant': '%' },
  post: { en: 'posts', 'zh-Hant': '個職位' },
  number: { en: 'number', 'zh-Hant': '數目' },
})
