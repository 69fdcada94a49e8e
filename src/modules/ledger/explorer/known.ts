import { type Installation, type Sql, sayEverywhere, type Text, texts } from '#platform'
import { outputOf } from '../history/history.rules.ts'
import { logs as packLogs } from '../log/definitions.ts'
import { pathOf } from '../log/logs.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { parsePolicy } from '../notes/policy.rules.ts'
import { listPolicies } from '../publication/policies.sql.ts'
import { trailLog } from '../trail/trail.rules.ts'
import { listVerifiers } from './keys.sql.ts'

/** A key that another one follows. `lost`: nothing that it signed is believed. */
export type FormerKey = { vkey: string; state: 'ending' | 'retired' | 'lost'; endsAt: string }

/** A log of this installation as people know it, with the keys by which anybody checks it. */
export type KnownLog = {
  name: string
  path: string
  origin: string
  title: Text
  about: Text | null
  /** Those by which it signs, the newest of each kind first, and then those that it signed by once and that were not lost. */
  keys: string[]
  /** Those of them by which it signs no more, or not for long, and those that were lost. */
  former: FormerKey[]
  /** Who cosigns it, by its policy: the name there, and the verifier key. */
  witnesses: { name: string; vkey: string }[]
}

const trail = texts({
  platform: { en: 'This platform', 'zh-Hant': '本平台' },
  title: { en: 'Audit trail', 'zh-Hant': '審計軌跡' },
  index: { en: 'Index of {title}', 'zh-Hant': '{title}的索引' },
  indexAbout: {
    en: 'The roots of an index, by which anybody sees that the history of an item is whole.',
    'zh-Hant': '索引的根；憑此可查明登記項的歷史完整無缺。',
  },
  about: {
    en: 'A commitment to every act on this platform, within about a second of it, so that nobody can change or drop one unseen.',
    'zh-Hant': '平台上每項操作約一秒內留下的承諾值，令任何人都不能暗中更改或刪去。',
  },
})

/** Every log of this installation. One that its pack does not describe is called by its name. */
export async function listKnownLogs({ sql, pack }: Pick<Installation, 'pack'> & { sql: Sql }): Promise<KnownLog[]> {
  const described = new Map(pack.list(packLogs).map(({ id, title, about }) => [id, { title, about }]))
  for (const { id, title, index } of pack.list(packLogs))
    if (index) described.set(outputOf(id), { title: sayEverywhere(trail.index!, { title }), about: trail.indexAbout! })
  described.set(trailLog, { title: trail.title!, about: trail.about! })
  const witnesses = new Map((await listPolicies(sql)).map(({ log, text }) => [log, witnessesOf(text)]))
  const byLog = Map.groupBy(await listVerifiers(sql), ({ log }) => log)
  return [...byLog].map(([name, verifiers]) => ({
    name,
    path: pathOf(name),
    origin: verifiers[0]!.origin,
    title: described.get(name)?.title ?? { en: name, 'zh-Hant': name },
    about: described.get(name)?.about ?? null,
    keys: verifiers.filter(({ state }) => state !== 'lost').map(({ vkey }) => vkey),
    former: verifiers.flatMap(({ vkey, state, endsAt }) =>
      endsAt === null ? [] : [{ vkey, endsAt, state: state === 'signs' ? ('ending' as const) : state }],
    ),
    witnesses: witnesses.get(name) ?? [],
  }))
}

/** One that cannot be read was never set; whoever set it was told. */
const witnessesOf = (policy: string) =>
  parsePolicy(encodeUtf8(policy)).witnesses.map(({ name, key }) => ({ name, vkey: printVerifierKey(key) }))

const policyKeysMax = 128

/**
 * C2SP tlog-policy: the logs of this installation and their witnesses, of whom an answer tells who cosigned. None is asked
 * for: which of them count is for whoever relies on a proof to say.
 */
export function policyOfLogs(logs: readonly KnownLog[]): string {
  const isRetired = ({ former }: KnownLog, key: string) =>
    former.some(({ vkey, state }) => vkey === key && state === 'retired')
  const ofEach = (retired: boolean) => logs.flatMap((log) => log.keys.filter((key) => isRetired(log, key) === retired))
  const keys = [...ofEach(false), ...ofEach(true)].slice(0, policyKeysMax)
  const vkeys = [...new Set(logs.flatMap(({ witnesses }) => witnesses.map(({ vkey }) => vkey)))].slice(0, policyKeysMax)
  return [
    ...keys.map((key) => `log ${key}`),
    ...vkeys.map((vkey) => `witness ${vkey.split('+', 2).join('/')} ${vkey}`),
    'quorum none',
    '',
  ].join('\n')
}

/** Names of organisations by their identifiers, as entries bear them; with the platform itself, whose acts the trail holds. */
export const organisationsOf = ({ pack }: Pick<Installation, 'pack'>): ReadonlyMap<string, Text> =>
  new Map([['platform', trail.platform!], ...pack.organisations.map(({ id, name }) => [id, name] as const)])
