import { type Example, Search, usePage } from '#platform'
import { Doors, Opening, QuietIndex } from './parts.tsx'
import { words } from './words.ts'

export const examples: Example[] = [
  {
    name: 'Opening',
    render: () => {
      const { say, government } = usePage()
      return (
        <Opening sentence={say(government.tagline)} level={3}>
          <Search large id="search-home" />
        </Opening>
      )
    },
  },
  { name: 'Three doors', render: () => <Doors /> },
  {
    name: 'Quiet index',
    render: () => {
      const { say } = usePage()
      const links = (...keys: ('services' | 'account' | 'systems' | 'initiatives' | 'figures' | 'developers')[]) =>
        keys.map((key) => ({ text: say(words[key]), path: `/${key}` }))
      const groups = [
        { title: say(words.audiences), links: links('services', 'account') },
        { title: say(words.platform), links: links('systems', 'initiatives', 'figures', 'developers') },
      ]
      return <QuietIndex groups={groups} />
    },
  },
]
