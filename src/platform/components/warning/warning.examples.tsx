import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Warning } from './warning.tsx'

const words = texts({
  final: { en: 'Once it is struck off, nobody can enter it again.', 'zh-Hant': '一經註銷，任何人都不能再登記。' },
})

export const examples: Example[] = [
  { name: 'Before an act', render: () => <Warning>{usePage().say(words.final)}</Warning> },
]
