import type { Example } from '../examples.ts'
import { Downloads } from './downloads.tsx'

export const examples: Example[] = [
  {
    name: 'Two files',
    render: () => {
      const files = [
        { label: 'JSON', path: '/figures.json' },
        { label: 'OpenAPI', path: '/developers/openapi.json' },
      ]
      return <Downloads files={files} print />
    },
  },
]
