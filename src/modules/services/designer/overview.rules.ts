import type { Text } from '#platform'
import { nameOf } from './controls.rules.ts'
import type { Fault } from './judge.ts'
import { type Pointer, valueAt } from './pointers.rules.ts'
import type { DesignData } from './types.ts'

/** The lists of a definition that its overview shows, in the order in which a person and then an officer meets them. */
const lists: readonly Pointer[] = [
  '/apply/form/pages',
  '/apply/form/exits',
  '/apply/form/values',
  '/apply/case/states',
  '/apply/case/steps',
  '/apply/case/rules',
  '/apply/case/messages',
  '/apply/case/outputs',
]

export function overviewOf(definition: object, faults: readonly Fault[]): DesignData['lists'] {
  return lists.flatMap((pointer) => {
    const value = valueAt(definition, pointer)
    if (!Array.isArray(value)) return []
    const parts = value.map((each, at) => {
      const place = `${pointer}/${at}`
      const when = (each as { when?: unknown } | null)?.when
      return {
        pointer: place,
        name: nameOf(each, String(at + 1)),
        when: typeof when === 'string' ? when : null,
        faults: faults.filter((fault) => fault.pointer === place || fault.pointer.startsWith(`${place}/`)).length,
      }
    })
    return [{ key: pointer.slice(pointer.lastIndexOf('/') + 1), pointer, parts }]
  })
}

/** The names that conditions can use, with what they stand for. */
export function usableNames(definition: object): { name: string; title: Text }[] {
  const names: { name: string; title: Text }[] = []
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) return value.forEach(visit)
    const { id, name, kind, item } = value as Record<string, unknown>
    if (typeof id === 'string' && kind !== undefined && /^[a-z0-9_]+$/.test(id))
      names.push({ name: id, title: nameOf(value, id) })
    if (typeof name === 'string' && item !== undefined) names.push({ name, title: nameOf({ title: item }, name) })
    for (const key of ['pages', 'questions', 'repeat', 'values', 'steps', 'asks'])
      visit((value as Record<string, unknown>)[key])
  }
  visit(valueAt(definition, '/apply/form'))
  visit({ steps: valueAt(definition, '/apply/case/steps') })
  return names
}
