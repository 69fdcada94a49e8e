import type { Example } from '#platform'
import { CopyAddress } from './copy-address.tsx'

export const examples: Example[] = [
  {
    name: 'Address of a protocol',
    render: () => <CopyAddress id="sensors" address="https://praya.example/sensing/v1.1/Things" />,
  },
]
