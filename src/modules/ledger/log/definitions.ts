import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, PackId, packText, reference } from '#pack'
import { texts } from '#platform'
import { trailLog } from '../trail/trail.rules.ts'

/** A log that the government keeps beside the one of the platform’s own acts. */
export type PackLog = Static<typeof PackLog>
const PackLog = Type.Object({
  id: PackId,
  title: packText(80),
  about: packText(300, 'What stands in it, and who relies on it'),
  index: Type.Optional(
    Type.Boolean({
      description: 'Whether an index is kept of it, by which the history of an item is shown to be whole',
    }),
  ),
  writers: Type.Array(reference('organisation'), {
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
    description: 'Who may append to it',
  }),
})

const sentences = texts({
  index: {
    en: 'A name that ends in “-index” is that of a log with the roots of an index. Call this one otherwise.',
    'zh-Hant': '以「-index」結尾的名稱屬記載索引之根的日誌，請改用其他名稱。',
  },
  trail: {
    en: 'The log “audit” is that of the platform’s own acts. Call this one otherwise.',
    'zh-Hant': '日誌「audit」屬平台本身的審計軌跡，請改用其他名稱。',
  },
})

function* check(values: readonly PackLog[]): Generator<Complaint> {
  for (const each of values) {
    if (each.id === trailLog) yield { at: each, key: 'id', text: sentences.trail }
    if (each.id.endsWith('-index')) yield { at: each, key: 'id', text: sentences.index }
  }
}

export const logs: Definition<typeof PackLog> = {
  kind: 'log',
  file: 'logs.yaml',
  summary: 'Transparency logs that departments append to.',
  shape: PackLog,
  holds: 'list',
  identifier: 'id',
  check,
}
