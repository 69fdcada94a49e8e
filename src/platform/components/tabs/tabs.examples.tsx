import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Tabs } from './tabs.tsx'

const words = texts({
  title: { en: 'Provision by year', 'zh-Hant': '各年度撥款' },
  past: { en: '2022-23', 'zh-Hant': '2022-23 年度' },
  now: { en: '2023-24', 'zh-Hant': '2023-24 年度' },
  pastText: { en: 'Revised estimate: $1,495.2 million.', 'zh-Hant': '修訂預算為 14.952 億元。' },
  nowText: { en: 'Estimate: $1,809.8 million.', 'zh-Hant': '預算為 18.098 億元。' },
})

export const examples: Example[] = [
  {
    name: 'Two years',
    render: () => {
      const { say } = usePage()
      const panel = (id: string, label: string, text: string) => ({
        id,
        label,
        content: (
          <>
            <h3>{label}</h3>
            <p>{text}</p>
          </>
        ),
      })
      const tabs = [
        panel('year-2023', say(words.now), say(words.nowText)),
        panel('year-2022', say(words.past), say(words.pastText)),
      ]
      return <Tabs title={say(words.title)} tabs={tabs} />
    },
  },
]
