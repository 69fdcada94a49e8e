import { type Installation, type Language, type Searchable, type SearchResult, say, searchIn } from '#platform'
import { initiatives, systems } from './definitions.ts'
import { addressOf } from './describe.ts'

const kinds = {
  system: { en: 'System', 'zh-Hant': '系統' },
  initiative: { en: 'Initiative', 'zh-Hant': '計劃項目' },
}

/** Systems and initiatives by name, description and what they speak. */
export function searchInitiatives(
  { pack }: Installation,
  { text, language, limit }: { text: string; language: Language; limit: number },
): SearchResult[] {
  const items: Searchable<SearchResult>[] = [
    ...pack.list(systems).map((system) => ({
      title: system.name,
      also: [system.description, ...system.protocols.map(({ name }) => name), ...system.modules, system.id],
      item: {
        title: say(system.name, language),
        path: `/systems/${system.id}`,
        kind: kinds.system,
        excerpt: say(system.description, language),
      },
    })),
    ...pack.list(initiatives).map((initiative) => ({
      title: initiative.name,
      also: [initiative.note],
      item: { title: say(initiative.name, language), path: addressOf(initiative), kind: kinds.initiative },
    })),
  ]
  return searchIn(items, text, limit)
}
