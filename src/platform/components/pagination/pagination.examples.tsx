import type { Example } from '../examples.ts'
import { Pagination } from './pagination.tsx'

export const examples: Example[] = [
  { name: 'In the middle', render: () => <Pagination page={7} last={42} address={(page) => `/style?page=${page}`} /> },
]
