import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'

const names = texts({
  estimates: { en: 'The Estimates', 'zh-Hant': '開支預算' },
  systems: { en: 'The systems that they pay for', 'zh-Hant': '預算所支付的系統' },
})

export const examples: Example[] = [
  {
    name: 'Two levels',
    render: () => {
      const { say } = usePage()
      const items = [
        { text: say(names.estimates), path: '/estimates' },
        { text: say(names.systems), path: '/systems' },
      ]
      return <Breadcrumbs items={items} />
    },
  },
]
