import { type Example, texts, usePage } from '#platform'
import { periodText } from '../labels.rules.ts'
import { words as budget } from './document.examples.tsx'
import { Equation } from './equation.tsx'

const words = texts({
  sum: { en: 'The programmes add up to the Head', 'zh-Hant': '各綱領之和等於總目' },
  computed: { en: 'computed', 'zh-Hant': '計算所得' },
  printed: { en: 'printed, line 208', 'zh-Hant': '刊印於第 208 行' },
  change: { en: 'Programme (1), change', 'zh-Hant': '綱領(1)的變動' },
  fails: { en: 'Fails by 0.1', 'zh-Hant': '不符，相差 0.1' },
})

export const examples: Example[] = [
  {
    name: 'A sum that fails',
    render: () => {
      const { say } = usePage()
      const terms = [
        { value: '960.1', label: say(budget.one), path: '/estimates' },
        { sign: 'plus' as const, value: '609.7', label: say(budget.two) },
        { sign: 'plus' as const, value: '240.0', label: say(budget.three) },
      ]
      const results = [
        { sign: 'equals' as const, value: '1,809.8', label: say(words.computed) },
        { sign: 'differs' as const, value: '1,809.9', label: say(words.printed) },
      ]
      return (
        <Equation title={say(words.sum)} terms={terms} results={results} mark="fails">
          {say(words.fails)}
        </Equation>
      )
    },
  },
  {
    name: 'A rate of change',
    render: () => {
      const { say } = usePage()
      const terms = [
        { value: '960.1', label: say(periodText({ when: '2023-24', phase: 'estimate' })) },
        { sign: 'over' as const, value: '1,031.2', label: say(periodText({ when: '2022-23', phase: 'revised' })) },
        { sign: 'minus' as const, value: '1', label: '' },
      ]
      return (
        <Equation
          title={say(words.change)}
          terms={terms}
          results={[{ sign: 'near', value: '−6.9%', label: say(words.printed) }]}
          mark="rounding"
        />
      )
    },
  },
]
