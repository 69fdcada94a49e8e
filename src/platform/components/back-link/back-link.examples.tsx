import type { Example } from '../examples.ts'
import { BackLink } from './back-link.tsx'

export const examples: Example[] = [{ name: 'Above a page', render: () => <BackLink path="/style" /> }]
