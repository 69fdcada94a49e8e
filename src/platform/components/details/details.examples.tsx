import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Details } from './details.tsx'

const words = texts({
  why: { en: 'Why this figure is derived', 'zh-Hant': '這個數字為何是推算得出的' },
  text: {
    en: 'The source lost one column. Total expenditure less subhead 000 leaves one possible value.',
    'zh-Hant': '來源文件缺了一欄。以開支總額減去分目 000，只有一個可能的數值。',
  },
})

export const examples: Example[] = [
  {
    name: 'Closed',
    render: () => {
      const { say } = usePage()
      return (
        <Details summary={say(words.why)}>
          <p>{say(words.text)}</p>
        </Details>
      )
    },
  },
]
