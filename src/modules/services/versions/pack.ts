import { type Installation, type Language, type Sql, say, texts } from '#platform'
import { knownOf } from '../definitions/check.rules.ts'
import { type Service, services } from '../definitions/service.ts'
import { findPackVersion, proposePackVersion, settlePackVersion, withdrawProposals } from './pack.sql.ts'
import { findCurrent, insertVersion, lockService, wasPublished } from './versions.sql.ts'
import { hashOf, publish, refusalsOf, ServiceRefused } from './versions.ts'

/**
 * Publishes what the pack holds and no installation of it published before. A version that officers replaced since stays replaced, and
 * where they published after the pack's last version, what the pack changes waits for them. What the check refuses is left out, and the older version goes
 * on. `announcePack` tells of both.
 */
export async function publishPack(installation: Installation): Promise<void> {
  const { sql, pack } = installation
  const definitions = pack.list(services)
  for (const definition of definitions)
    await sql
      .begin((transaction) => bring(transaction, installation, definition))
      .catch((error: Error) => {
        if (!(error instanceof ServiceRefused)) throw error
      })
  await withdrawProposals(
    sql,
    definitions.map(({ id }) => id),
  )
}

/** One service of the pack. Whoever starts at the same moment waits, and then finds it dealt with. */
async function bring(sql: Sql, { pack, now }: Installation, definition: Service): Promise<void> {
  const { id: service } = definition
  await lockService(sql, service)
  const hash = hashOf(definition)
  const known = await findPackVersion(sql, service)
  if (known?.proposed === hash || (known?.settled === hash && known.proposed === null)) return
  const isSettled = known?.settled === hash || (await wasPublished(sql, service, hash))
  const current = await findCurrent(sql, service)
  // A pack that took over what officers published goes on from there: whoever wrote it has seen that.
  const isOfficers = current !== undefined && current.publishedBy !== null && current.hash !== known?.settled
  if (!isSettled && isOfficers) {
    await insertVersion(sql, { hash, definition, now: now() })
    await proposePackVersion(sql, { service, hash, now: now() })
    return
  }
  if (!isSettled) await publish(sql, { definition, now: now(), by: null, known: knownOf(pack) })
  await settlePackVersion(sql, { service, settled: hash })
}

const words = texts({
  refused: {
    en: 'The service {service} of the pack is not published, and its older version goes on: {why}',
    'zh-Hant': '未能發布資料包的服務 {service}，沿用舊版本：{why}',
  },
  more: { en: '{why} And {count} more.', 'zh-Hant': '{why}另有 {count} 項。' },
  waits: {
    en: 'The pack changed the service {service}, which officers had changed. Their version goes on until they take the change, merge it or put it aside: {path}',
    'zh-Hant':
      '資料包更改了服務 {service}，但人員之前已更改該服務。在他們採用、併入或擱置資料包的更改前，沿用他們的版本：{path}',
  },
})

/** Services of the pack that do not count as they stand there, each with why, for the end of `npm start`. */
export async function announcePack({ sql, pack }: Installation, language: Language): Promise<string[]> {
  const known = knownOf(pack)
  const lines: string[] = []
  for (const definition of pack.list(services)) {
    const hash = hashOf(definition)
    const { id: service } = definition
    const { settled, proposed } = (await findPackVersion(sql, service)) ?? {}
    if (proposed === hash) {
      lines.push(say(words.waits, language, { service, path: `/office/services/design/${service}/pack-change` }))
      continue
    }
    if (settled === hash || (await wasPublished(sql, service, hash))) continue
    const [first, ...rest] = await refusalsOf(sql, definition, known)
    if (!first) continue
    const sentence = say(first.text, language, first.values)
    const why = rest.length > 0 ? say(words.more, language, { why: sentence, count: rest.length }) : sentence
    lines.push(say(words.refused, language, { service, why }))
  }
  return lines
}
