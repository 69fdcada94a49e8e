import { type Installation, type Text, texts } from '#platform'
import { logs as packLogs } from '../log/definitions.ts'
import { pathOf } from '../log/logs.ts'
import { trailLog } from '../trail/trail.rules.ts'
import { listVerifiers } from './keys.sql.ts'

/** A log of this installation as people know it, with the keys by which anybody checks it. */
export type KnownLog = {
  name: string
  path: string
  origin: string
  title: Text
  about: Text | null
  keys: string[]
}

const trail = texts({
  title: { en: 'Audit trail', 'zh-Hant': '審計軌跡' },
  about: {
    en: 'A commitment to every act on this platform, within about a second of it, so that nobody can change or drop one unseen.',
    'zh-Hant': '平台上每項操作約一秒內留下的承諾值，令任何人都不能暗中更改或刪去。',
  },
})

/** Every log of this installation. One that its pack does not describe is called by its name. */
export async function listKnownLogs({ sql, pack }: Pick<Installation, 'sql' | 'pack'>): Promise<KnownLog[]> {
  const described = new Map(pack.list(packLogs).map(({ id, title, about }) => [id, { title, about }]))
  described.set(trailLog, trail)
  const byLog = Map.groupBy(await listVerifiers(sql), ({ log }) => log)
  return [...byLog].map(([name, verifiers]) => ({
    name,
    path: pathOf(name),
    origin: verifiers[0]!.origin,
    title: described.get(name)?.title ?? { en: name, 'zh-Hant': name },
    about: described.get(name)?.about ?? null,
    keys: verifiers.map(({ vkey }) => vkey),
  }))
}

const policyKeysMax = 128

/**
 * C2SP tlog-policy: the logs of this installation. No witness is asked for: which of them count is for whoever relies on a
 * proof to say.
 */
export const policyOfLogs = (logs: readonly KnownLog[]): string =>
  [
    ...logs
      .flatMap(({ keys }) => keys)
      .slice(0, policyKeysMax)
      .map((key) => `log ${key}`),
    'quorum none',
    '',
  ].join('\n')

/** Names of organisations by their identifiers, as entries bear them. */
export const organisationsOf = ({ pack }: Pick<Installation, 'pack'>): ReadonlyMap<string, Text> =>
  new Map(pack.organisations.map(({ id, name }) => [id, name]))
