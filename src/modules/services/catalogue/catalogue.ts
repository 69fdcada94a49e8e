import type { Organisation, Pack } from '#pack'
import { fold, type Installation, type Text } from '#platform'
import type { Service } from '../definitions/service.ts'
import { same } from '../texts.rules.ts'
import { type Catalogue, type Current, openCatalogue } from '../versions/versions.ts'
import type { Department, Named, Opening, ServiceNote } from './types.ts'

const opened = new WeakMap<Installation['sql'], Catalogue>()

/** The one catalogue of this process, so that pages, search and figures ask the database once between them. */
export function catalogueOf({ sql }: Pick<Installation, 'sql'>): Catalogue {
  const known = opened.get(sql) ?? openCatalogue({ sql })
  opened.set(sql, known)
  return known
}

/** What a service is called now; one that is offered no more goes by its identifier. */
export const titleOf = (current: ReadonlyMap<string, Current>, id: string): Text =>
  current.get(id)?.compiled.service.title ?? same(id)

/** The definitions that count now, in the order of their English titles. */
export async function listServices(installation: Installation): Promise<Service[]> {
  const all = [...(await catalogueOf(installation).list()).values()].map((each: Current) => each.compiled.service)
  return all.sort((one, other) => (fold(one.title.en) < fold(other.title.en) ? -1 : 1))
}

/** Whether it can be applied for on `today`, a day as 2026-11-28; both days of `opens` count as open. */
export function openingOf({ apply, opens }: Pick<Service, 'apply' | 'opens'>, today: string): Opening {
  if (!apply) return 'elsewhere'
  if (opens?.from && today < opens.from) return 'not-yet'
  return opens?.until && today > opens.until ? 'closed' : 'open'
}

export function noteOf(pack: Pack, { id, title, summary, organisation }: Service): ServiceNote {
  return { id, title, summary, organisation: nameOf(pack.organisations, organisation) }
}

/**
 * A topic or an organisation by its name. A published definition outlives what the pack says of others: what is no longer
 * there goes by its identifier.
 */
export function nameOf(all: readonly Named[], id: string): Named {
  const name = all.find((each) => each.id === id)?.name
  return { id, name: name ?? same(id) }
}

/** What an organisation is part of, the highest first. A pack with a circle is refused when it is read. */
export function wayUp(organisations: readonly Organisation[], id: string): Named[] {
  const above = organisations.find((each) => each.id === id)?.partOf
  return above ? [...wayUp(organisations, above), nameOf(organisations, above)] : []
}

/** The tree of organisations under `top` (all, without it), from above to below, with the services of each and of those below. */
export function departmentsOf(pack: Pack, services: readonly Service[], top?: string): Department[] {
  const below = (partOf: string | undefined, depth: number): Department[] =>
    pack.organisations
      .filter((each) => each.partOf === partOf)
      .flatMap(({ id, name }) => {
        const under = below(id, depth + 1)
        const own = services.filter(({ organisation }) => organisation === id).length
        const children = under.filter((each) => each.depth === depth + 1)
        const count = children.reduce((sum, each) => sum + each.services, own)
        return [{ id, name, depth, services: count }, ...under]
      })
  return below(top, 0)
}
