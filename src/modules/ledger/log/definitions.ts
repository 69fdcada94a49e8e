import { type Static, Type } from 'typebox'
import { type Definition, PackId, packText, reference } from '#pack'

/** A log that the government keeps beside the one of the platform’s own acts. */
export type PackLog = Static<typeof PackLog>
const PackLog = Type.Object({
  id: PackId,
  title: packText(80),
  about: packText(300, 'What stands in it, and who relies on it'),
  writers: Type.Array(reference('organisation'), {
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
    description: 'Who may append to it',
  }),
})

export const logs: Definition<typeof PackLog> = {
  kind: 'log',
  file: 'logs.yaml',
  summary: 'Transparency logs that departments append to.',
  shape: PackLog,
  holds: 'list',
  identifier: 'id',
}
