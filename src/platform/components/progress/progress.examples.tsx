import type { Example } from '../examples.ts'
import { Progress } from './progress.tsx'

export const examples: Example[] = [{ name: 'A form', render: () => <Progress at={3} of={7} /> }]
