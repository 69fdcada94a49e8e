import { type Text, texts } from '../../languages.ts'
import { type PageContext, usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Mark } from '../mark/mark.tsx'
import { type Row, Table } from './table.tsx'

export const words = texts({
  provision: { en: 'Analysis of financial provision ($ million)', 'zh-Hant': '財政撥款分析（百萬元）' },
  programme: { en: 'Programme', 'zh-Hant': '綱領' },
  actual: { en: '2021-22 (Actual)', 'zh-Hant': '2021-22 (實際)' },
  original: { en: '2022-23 (Original)', 'zh-Hant': '2022-23 (原來預算)' },
  revised: { en: '2022-23 (Revised)', 'zh-Hant': '2022-23 (修訂)' },
  estimate: { en: '2023-24 (Estimate)', 'zh-Hant': '2023-24 (預算)' },
  one: { en: '(1) Use of IT in Government', 'zh-Hant': '(1) 政府內部資訊科技的使用' },
  two: { en: '(2) IT Infrastructure and Standards', 'zh-Hant': '(2) 資訊科技基建及標準' },
  three: { en: '(3) Use of IT in the Community', 'zh-Hant': '(3) 社會對資訊科技的使用' },
  total: { en: 'Total', 'zh-Hant': '總額' },
  subheads: { en: 'Subheads ($’000)', 'zh-Hant': '分目（千元）' },
  operating: { en: 'Operating Account', 'zh-Hant': '經營帳目' },
  code: { en: 'Subhead', 'zh-Hant': '分目' },
  departmental: { en: '000 Operational expenses', 'zh-Hant': '000 運作開支' },
  nonRecurrent: { en: '700 General non-recurrent', 'zh-Hant': '700 一般非經常開支' },
  lost: {
    en: 'Derived: total expenditure less subhead 000',
    'zh-Hant': '推算得出：由開支總額減去分目 000',
  },
})

const amounts = [
  ['816.2', '1,037.8', '1,031.2', '960.1'],
  ['298.5', '582.5', '367.0', '609.7'],
  ['93.8', '96.0', '97.0', '240.0'],
] as const

const columnsOf = (first: Text, say: PageContext['say']) =>
  [first, words.actual, words.original, words.revised, words.estimate].map((text, index) => ({
    label: say(text),
    numeric: index > 0,
  }))

function ProvisionTable() {
  const { say } = usePage()
  const rows: Row[] = [
    ...[words.one, words.two, words.three].map((programme, at) => ({ cells: [say(programme), ...amounts[at]!] })),
    { cells: [say(words.total), '1,208.5', '1,716.3', '1,495.2', '1,809.8'], kind: 'total' },
  ]
  return <Table caption={say(words.provision)} columns={columnsOf(words.programme, say)} rows={rows} narrow="fold" />
}

function SubheadTable() {
  const { say } = usePage()
  const rows: Row[] = [
    { cells: [say(words.operating)], kind: 'group' },
    { cells: [say(words.departmental), '1,070,782', '1,305,321', '1,295,321', '1,357,294'], kind: 'indent' },
    {
      cells: [say(words.nonRecurrent), '133,849', '410,946', '199,862', '452,530'],
      kind: 'indent',
      note: <Mark kind="derived">{say(words.lost)}</Mark>,
    },
    {
      cells: [say(words.total), '1,204,631', '1,716,267', '1,495,183', '1,809,824'],
      kind: 'total',
      note: <Mark kind="fails" />,
    },
  ]
  return <Table caption={say(words.subheads)} columns={columnsOf(words.code, say)} rows={rows} sticky />
}

export const examples: Example[] = [
  { name: 'Folds on a phone', render: () => <ProvisionTable /> },
  { name: 'Scrolls on a phone', render: () => <SubheadTable /> },
]
