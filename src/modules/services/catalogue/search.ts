import { foldItem, type Module, type Searchable, say, searchIn, texts } from '#platform'
import type { Service } from '../definitions/service.ts'
import type { Current } from '../versions/versions.ts'
import { catalogueOf } from './catalogue.ts'

const words = texts({ service: { en: 'Service', 'zh-Hant': '服務' } })

/** What is compared, by the map that it was made from: the catalogue is another map as soon as anything in it is. */
const prepared = new WeakMap<ReadonlyMap<string, Current>, Searchable<Service>[]>()

function prepare(catalogue: ReadonlyMap<string, Current>): Searchable<Service>[] {
  const known = prepared.get(catalogue)
  if (known) return known
  const items = [...catalogue.values()].map(({ compiled: { service } }) => {
    const item = {
      item: service,
      title: service.title,
      also: [service.id, service.summary, ...(service.keywords ?? []), ...service.who, service.about],
    }
    return { ...item, folded: foldItem(item) }
  })
  prepared.set(catalogue, items)
  return items
}

/** Services by their titles, their other words and what they say, in any language. */
export const searchServices: NonNullable<Module['search']> = async (installation, { text, language, limit }) => {
  const items = prepare(await catalogueOf(installation).list())
  return searchIn(items, text, limit).map(({ id, title, summary }) => ({
    title: say(title, language),
    path: `/services/${id}`,
    kind: words.service,
    excerpt: say(summary, language),
  }))
}
