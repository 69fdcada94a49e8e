import type { Example } from '../examples.ts'
import { Wordmark } from './wordmark.tsx'

export const examples: Example[] = [
  { name: 'Wordmark, 200 px', render: () => <Wordmark width={200} title="Praya" /> },
  { name: 'Wordmark, 72 px', render: () => <Wordmark width={72} title="Praya" /> },
]
