import { type Example, Phrase, Table, texts, usePage } from '#platform'
import { phases } from '../../check/sentences.ts'
import { periodText } from '../labels.rules.ts'
import { capital } from '../tables.tsx'
import { words as ofEstimates } from '../words.ts'
import { Annotated, Clause, Cover, Line, Note, Paragraph } from './document.tsx'
import { Equation } from './equation.tsx'
import { Provenance } from './provenance.tsx'

export const words = texts({
  source: { en: 'Head 47', 'zh-Hant': '總目 47' },
  provision: { en: 'Analysis of financial provision ($ million)', 'zh-Hant': '財政撥款分析（百萬元）' },
  one: { en: '(1) Use of IT in Government', 'zh-Hant': '(1) 政府內部資訊科技的使用' },
  two: { en: '(2) IT Infrastructure and Standards', 'zh-Hant': '(2) 資訊科技基建及標準' },
  three: { en: '(3) Use of IT in the Community', 'zh-Hant': '(3) 社會對資訊科技的使用' },
  departmental: { en: '000 Operational expenses', 'zh-Hant': '000 運作開支' },
  nonRecurrent: { en: '700 General non-recurrent', 'zh-Hant': '700 一般非經常開支' },
  sum: { en: 'Sum of the three programmes', 'zh-Hant': '三個綱領之和' },
  system: { en: 'Consented Data Exchange Gateway', 'zh-Hant': '授權數據交換閘' },
  requests: { en: 'Requests today', 'zh-Hant': '今日請求' },
  heading: { en: 'Programme (1): Use of IT in Government', 'zh-Hant': '綱領(1)：政府內部資訊科技的使用' },
  aim: { en: 'Aim', 'zh-Hant': '宗旨' },
  aimText: {
    en: 'The aim is to make suitable use of information and communications technology so that bureaux and departments have the information and services they need, quickly, conveniently, safely and with care for the environment.',
    'zh-Hant': '本綱領的宗旨是善用資訊及通訊科技，令各局和部門以快捷、方便、安全和環保的方式，取得所需的資訊和服務。',
  },
  matters: { en: 'Matters requiring special attention in 2023-24', 'zh-Hant': '二零二三至二四年度需要特別留意的事項' },
  during: { en: 'During 2023-24, the Office of Tallies will:', 'zh-Hant': '二零二三至二四年度內，點算署將會：' },
  gateway: {
    en: 'continue to build the Consented Data Exchange Gateway, and connect it with the Tide Station;',
    'zh-Hant': '繼續構建授權數據交換閘，並與潮汐站連接；',
  },
  records: {
    en: 'complete every stage of the electronic recordkeeping system, and roll it out in bureaux and departments.',
    'zh-Hant': '完成電子檔案保管系統各階段的工作，並在各局和部門推行。',
  },
  explained: {
    en: 'The provision for 2023-24 is $71.1 million (6.9%) lower than the revised estimate for 2022-23.',
    'zh-Hant': '二零二三至二四年度的撥款較二零二二至二三年度的修訂預算減少 7,110 萬元(6.9%)。',
  },
  agrees: { en: '1,031.2 − 960.1 = 71.1', 'zh-Hant': '1,031.2 − 960.1 = 71.1' },
  erks: { en: 'Electronic Recordkeeping System', 'zh-Hant': '電子檔案保管系統' },
  pays: { en: 'Pays for', 'zh-Hant': '用於' },
  waits: { en: 'not running yet', 'zh-Hant': '尚未運行' },
  files: { en: 'Records kept', 'zh-Hant': '保管的檔案' },
  estimate: { en: 'Estimate 2023-24', 'zh-Hant': '二零二三至二四年度預算' },
  estimateValue: { en: '$1,809.8 million', 'zh-Hant': '18.098 億元' },
  balance: { en: 'Commitment balance', 'zh-Hant': '承擔額結餘' },
  balanceValue: { en: '$751.8 million', 'zh-Hant': '7.518 億元' },
})

const periods = [
  { when: '2021-22', phase: 'actual' },
  { when: '2022-23', phase: 'original' },
  { when: '2022-23', phase: 'revised' },
  { when: '2023-24', phase: 'estimate' },
] as const
const amounts = [
  ['816.2', '1,037.8', '1,031.2', '960.1'],
  ['298.5', '582.5', '367.0', '609.7'],
  ['93.8', '96.0', '97.0', '240.0'],
] as const

/** The first table of Head 47, with the margin, and one number that opens. */
function ProvisionTable() {
  const { say } = usePage()
  const programmes = [say(words.one), say(words.two), say(words.three)]
  const total = say(ofEstimates.total)
  const open = (
    <Provenance
      value="1,809.8"
      label={say(ofEstimates.and, { one: total, other: say(periodText(periods[3])) })}
      source={{ name: say(words.source), from: 212, to: 212 }}
    >
      <Equation
        terms={amounts.map((row, index) => ({
          value: row[3],
          label: programmes[index],
          ...(index > 0 && { sign: 'plus' as const }),
        }))}
        results={[{ sign: 'equals', value: '1,809.8', label: total }]}
        mark="holds"
      />
    </Provenance>
  )
  const gateway = { text: say(words.system), path: '/systems' }
  const notes = [
    <Note mark="holds" systems={[{ links: [gateway] }]} figure={{ label: say(words.requests), value: '18,204' }} />,
    <Note mark="rounding" />,
  ]
  return (
    <Table
      caption={say(words.provision)}
      columns={[
        { label: say(ofEstimates.programmes) },
        ...periods.map(({ when, phase }) => ({
          label: (
            <>
              {when} <small>{capital(say(phases[phase]))}</small>
            </>
          ),
          numeric: true,
        })),
      ]}
      rows={[
        ...amounts.map((row, index) => ({ cells: [programmes[index], ...row], note: notes[index] })),
        {
          cells: [total, '1,208.5', '1,716.3', '1,495.2', open],
          kind: 'total',
          note: <Note mark="holds">{say(words.sum)}</Note>,
        },
      ]}
      narrow="fold"
    />
  )
}

function Edition() {
  const { say } = usePage()
  const gateway = { text: say(words.system), path: '/systems' }
  const requests = { label: say(words.requests), value: '18,204', path: '/figures' }
  return (
    <Annotated>
      <h2>
        <Phrase text={say(words.heading)} />
      </h2>
      <ProvisionTable />
      <h3>{say(words.aim)}</h3>
      <Line id="p2">
        <Paragraph number="2">{say(words.aimText)}</Paragraph>
      </Line>
      <h3>{say(words.matters)}</h3>
      <Line>
        <Paragraph number="6">{say(words.during)}</Paragraph>
      </Line>
      <Line note={<Note systems={[{ label: say(words.pays), links: [gateway] }]} figure={requests} />}>
        <Clause>{say(words.gateway)}</Clause>
      </Line>
      <Line
        note={
          <Note
            mark="unchecked"
            systems={[
              {
                label: say(words.pays),
                links: [{ text: say(words.erks), path: '/systems', state: say(words.waits) }],
              },
            ]}
            figure={{ label: say(words.files), value: '0', printed: '—' }}
          />
        }
      >
        <Clause>{say(words.records)}</Clause>
      </Line>
      <Line note={<Note mark="holds">{say(words.agrees)}</Note>}>
        <p>{say(words.explained)}</p>
      </Line>
    </Annotated>
  )
}

export const examples: Example[] = [
  {
    name: 'Cover',
    render: () => {
      const { say } = usePage()
      const rows = [
        { label: say(words.estimate), value: say(words.estimateValue) },
        { label: say(words.balance), value: say(words.balanceValue) },
      ]
      return <Cover rows={rows} />
    },
  },
  { name: 'The document and its live margin', render: () => <Edition /> },
]
