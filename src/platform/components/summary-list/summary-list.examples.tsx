import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { SummaryList } from './summary-list.tsx'

const words = texts({
  officer: { en: 'Controlling officer', 'zh-Hant': '管制人員' },
  who: { en: 'Government Chief Information Officer', 'zh-Hant': '政府資訊科技總監' },
  estimate: { en: 'Estimate 2023-24', 'zh-Hant': '2023-24 年度預算' },
  amount: { en: '$1,809.8 million', 'zh-Hant': '18.098 億元' },
  contact: { en: 'Send answers to', 'zh-Hant': '回覆地址' },
  change: { en: 'Change', 'zh-Hant': '更改' },
})

export const examples: Example[] = [
  {
    name: 'With an action',
    render: () => {
      const { say } = usePage()
      const rows = [
        { key: say(words.officer), value: say(words.who) },
        { key: say(words.estimate), value: <span class="number">{say(words.amount)}</span> },
        {
          key: say(words.contact),
          value: 'siu-ming@example.org',
          action: { path: '/account', text: say(words.change) },
        },
      ]
      return <SummaryList rows={rows} />
    },
  },
]
