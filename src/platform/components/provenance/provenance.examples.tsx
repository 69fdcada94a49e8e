import { usePage } from '../../page.tsx'
import { Equation } from '../equation/equation.tsx'
import type { Example } from '../examples.ts'
import { words as budget } from '../table/table.examples.tsx'
import { Provenance } from './provenance.tsx'

export const examples: Example[] = [
  {
    name: 'A number of the document',
    render: () => {
      const { say } = usePage()
      const terms = [
        { value: '1,809,824', label: say(budget.total) },
        { sign: 'minus' as const, value: '1,357,294', label: say(budget.departmental) },
      ]
      const results = [{ sign: 'equals' as const, value: '452,530', label: say(budget.nonRecurrent) }]
      return (
        <div class="text">
          {say(budget.nonRecurrent)}
          {': '}
          <Provenance
            value="452,530"
            label={say(budget.nonRecurrent)}
            source={{ name: say(budget.source), from: 231, to: 232 }}
          >
            <Equation terms={terms} results={results} mark="derived" />
          </Provenance>
        </div>
      )
    },
  },
]
