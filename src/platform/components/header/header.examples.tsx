import type { Example } from '../examples.ts'
import { DemonstrationBanner } from './header.tsx'

export const examples: Example[] = [{ name: 'Demonstration banner', render: () => <DemonstrationBanner /> }]
