import { type Example, usePage } from '#platform'
import { words as ofEstimates } from '../words.ts'
import { words as budget } from './document.examples.tsx'
import { Equation } from './equation.tsx'
import { Provenance } from './provenance.tsx'

export const examples: Example[] = [
  {
    name: 'A number of the document',
    render: () => {
      const { say } = usePage()
      const terms = [
        { value: '1,809,824', label: say(ofEstimates.total) },
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
