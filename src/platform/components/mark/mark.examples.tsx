import type { Example } from '../examples.ts'
import { Mark, markKinds } from './mark.tsx'

export const examples: Example[] = [
  {
    name: 'Every mark',
    render: () => (
      <ul class="plain">
        {markKinds.map((kind) => (
          <li key={kind}>
            <Mark kind={kind} />
          </li>
        ))}
      </ul>
    ),
  },
]
