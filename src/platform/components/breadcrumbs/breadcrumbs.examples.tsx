import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'

const names = texts({
  estimates: { en: 'The Estimates', 'zh-Hant': '財政預算' },
  year: { en: '2023-24', 'zh-Hant': '2023-24 年度' },
})

export const examples: Example[] = [
  {
    name: 'Two levels',
    render: () => {
      const { say } = usePage()
      const items = [
        { text: say(names.estimates), path: '/estimates' },
        { text: say(names.year), path: '/estimates/2023-24' },
      ]
      return <Breadcrumbs items={items} />
    },
  },
]
