import { type Installation, type Sql, say, type Text, texts } from '#platform'
import { provenNameOf } from '../proofing/claims.ts'

const words = texts({ both: { en: '{name} (addressed as {own})', 'zh-Hant': '{name}（自稱{own}）' } })

/** The parts of a name in whatever order and case. */
const partsOf = (name: string) => (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).toSorted().join(' ')

/**
 * Who somebody is to others: as their document bears the name, with how they are addressed beside it where that differs, as
 * nobody has compared it with anything. Where no document counts, how they are addressed is all that there is.
 */
export async function nameForOthers(
  sql: Sql,
  installation: Installation,
  { id, name: own }: { id: string; name: Text },
): Promise<Text> {
  const name = await provenNameOf(sql, installation, { id, name: own, methods: [] })
  if (!name) return own
  if (partsOf(name.en) === partsOf(own.en)) return name
  const inside = { name, own }
  return {
    en: say(words.both, 'en', inside),
    'zh-Hant': say(words.both, 'zh-Hant', inside),
    'zh-Hans': say(words.both, 'zh-Hans', inside),
  }
}
