import type { Example } from '../examples.ts'
import { Search } from './search.tsx'

export const examples: Example[] = [
  { name: 'Search, large', render: () => <Search large id="search-large" /> },
  { name: 'Search', render: () => <Search id="search-small" /> },
]
