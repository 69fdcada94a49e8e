import type { Example } from '../examples.ts'
import { Downloads } from './downloads.tsx'

export const examples: Example[] = [
  {
    name: 'A Head in four forms',
    render: () => {
      const files = ['CSV', 'XLSX', 'JSON', 'PDF'].map((label) => ({
        label,
        path: `/estimates/2023-24/47.${label.toLowerCase()}`,
      }))
      return <Downloads files={files} print />
    },
  },
]
