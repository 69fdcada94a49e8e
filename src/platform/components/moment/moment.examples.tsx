import type { Example } from '../examples.ts'
import { Moment } from './moment.tsx'

export const examples: Example[] = [
  { name: 'A day', render: () => <Moment at="2024-07-25" /> },
  { name: 'An instant, in the time zone of the government', render: () => <Moment at="2026-11-23T09:55:00.000Z" /> },
]
