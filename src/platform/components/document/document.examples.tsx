import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Phrase } from '../phrase/phrase.tsx'
import { words as budget, ProvisionTable } from '../table/table.examples.tsx'
import { Annotated, Clause, Cover, Line, Note, Paragraph } from './document.tsx'

const words = texts({
  heading: { en: 'Programme (1): Use of IT in Government', 'zh-Hant': '綱領(1)：政府內部資訊科技的使用' },
  aim: { en: 'Aim', 'zh-Hant': '宗旨' },
  aimText: {
    en: 'The aim is to make suitable use of information and communications technology so that bureaux and departments have the information and services they need, quickly, conveniently, safely and with care for the environment.',
    'zh-Hant':
      '本綱領的宗旨是適當運用資訊及通訊科技，以快捷、方便、安全及環保的方式為政府各局和部門提供所需的資訊和服務，並協助各局和部門善用資訊及通訊科技，以達到其政策目標。',
  },
  matters: { en: 'Matters requiring special attention in 2023-24', 'zh-Hant': '二零二三至二四年度需要特別留意的事項' },
  during: { en: 'During 2023-24, the Office will:', 'zh-Hant': '二零二三至二四年度內，資科辦將會：' },
  gateway: {
    en: 'continue to build the Consented Data Exchange Gateway, and connect it with the Commercial Data Interchange;',
    'zh-Hant': '繼續構建授權數據交換閘，支援交換個人資料，以促進推行電子政府服務，並與「商業數據通」連接；',
  },
  records: {
    en: 'complete every stage of the electronic recordkeeping system, and roll it out in bureaux and departments.',
    'zh-Hant': '完成電子檔案保管系統所有階段的開發工作，並繼續在各局和部門推出系統。',
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

function Edition() {
  const { say } = usePage()
  const gateway = { text: say(budget.system), path: '/systems/s4' }
  const requests = { label: say(budget.requests), value: '18,204', path: '/figures' }
  return (
    <Annotated>
      <h2>
        <Phrase text={say(words.heading)} />
      </h2>
      <ProvisionTable id="provision-edition" />
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
                links: [{ text: say(words.erks), path: '/systems/s9', state: say(words.waits) }],
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
