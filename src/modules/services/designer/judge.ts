import { listHolders } from '#identity'
import { type Complaint, checkShape, type Sentence, walk } from '#pack'
import { type Installation, type Sql, texts } from '#platform'
import { checkService, knownOf } from '../definitions/check.rules.ts'
import { type Service, services, Service as shape } from '../definitions/service.ts'
import { findCurrentDefinition } from '../versions/versions.sql.ts'
import type { Catalogue } from '../versions/versions.ts'
import { type Choice, nameOf, pageOf, shapeOfService, textLanguages } from './controls.rules.ts'
import { type Pointer, placesOf, pointerOf } from './pointers.rules.ts'

/** Something that is to be put right before a draft can be published: where, and on which page of the designer. */
export type Fault = Sentence & { pointer: Pointer; page: Pointer }

const faultsMax = 300

const sentences = texts({
  missing: { en: 'This is needed. Write it.', 'zh-Hant': '此項必須填寫。' },
  none: { en: 'Nothing stands here yet. Add one at least.', 'zh-Hant': '尚未填寫，須新增至少一項。' },
  stale: {
    en: 'The other language changed since the version that counts now, and this one did not. Translate it again, or confirm that it still says the same.',
    'zh-Hant': '與現行版本相比，另一語文已改，但這語文未改。請重新翻譯，或確認意思仍然相同。',
  },
  nowhere: {
    en: '“{id}” is not in this installation. Choose another.',
    'zh-Hant': '本系統沒有「{id}」，請另選。',
  },
})

/** What may be named in a definition: from the pack, and the services that are published. */
export async function knownTo(installation: Installation, catalogue: Catalogue): Promise<(kind: string) => Choice[]> {
  const current = await catalogue.list()
  return (kind) => {
    if (kind === services.kind)
      return [...current].map(([value, { compiled }]) => ({ value, label: compiled.service.title }))
    return [...installation.pack.byKind(kind)].map(([value, each]) => {
      const { name } = each as { name?: unknown }
      return { value, label: nameOf(name ? { title: name } : each, value) }
    })
  }
}

/**
 * Everything that keeps a draft from being published, each with its place: first by its shape and by what it names, and where that
 * is right, by every check that a pack goes through, beside the version that counts now. `definition` may be anything that was typed.
 */
export async function judge(
  sql: Sql,
  installation: Installation,
  { catalogue, definition, service }: { catalogue: Catalogue; definition: object; service: string },
): Promise<Fault[]> {
  const places = placesOf(definition)
  const place = ({ at, key, text, values }: Complaint): Fault => {
    const pointer = (places.get(at) ?? '') + (key === undefined ? '' : pointerOf([key]))
    // A field that is missing is named in the values of its complaint, which tells authors of files to add a line.
    if (key === undefined && typeof values?.key === 'string') {
      const missing = pointer + pointerOf([values.key])
      return { pointer: missing, page: pageOf(missing), text: sentences.missing }
    }
    const empty = key !== undefined && (at as Record<string, unknown>)[key]
    if (Array.isArray(empty) && empty.length === 0 && values?.limit === 1)
      return { pointer, page: pageOf(pointer), text: sentences.none }
    const isStale = values?.hash !== undefined && textLanguages.includes(key as never)
    const said = isStale ? sentences.stale : text
    return { pointer, page: pageOf(pointer), text: said, ...(values && { values }) }
  }
  const byShape = [...checkShape(shape, definition, () => undefined)]
  if (byShape.length > 0) return byShape.slice(0, faultsMax).map(place)
  const whole = definition as Service
  const known = await knownTo(installation, catalogue)
  const unknown = [...walk(shapeOfService, whole)].flatMap(({ owner: at, key, value, schema }): Complaint[] => {
    if (!schema?.reference || typeof value !== 'string' || value === service) return []
    if (known(schema.reference).some((each) => each.value === value)) return []
    return [{ at, key, text: sentences.nowhere, values: { id: value } }]
  })
  const current = await catalogue.list()
  const others = [...current].filter(([id]) => id !== service).map(([, { compiled }]) => compiled.service)
  const context = {
    ...knownOf(installation.pack),
    before: await findCurrentDefinition(sql, service),
    holders: await holdersOf(sql, whole),
    others: new Map(others.map((other) => [other.id, other])),
    prefixes: new Set(others.flatMap(({ apply }) => apply?.case.prefix ?? [])),
  }
  return [...unknown, ...checkService(whole, context)].slice(0, faultsMax).map(place)
}

/** How many people of this installation hold what the roles of a definition need. */
async function holdersOf(sql: Sql, { apply, organisation }: Service) {
  const counts = new Map<string, number>()
  for (const role of apply?.case.roles ?? []) {
    const of = role.organisation ?? organisation
    counts.set(`${role.permission} ${of}`, (await listHolders(sql, role.permission, of)).length)
  }
  return (permission: string, of: string) => counts.get(`${permission} ${of}`) ?? 0
}
