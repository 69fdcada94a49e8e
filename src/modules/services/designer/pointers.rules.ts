/** A place in a definition: a JSON Pointer (RFC 6901), as `/apply/form/pages/3`. The empty one is the definition itself. */
export type Pointer = string

export const namesOf = (pointer: Pointer): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))

export const pointerOf = (names: readonly string[]): Pointer =>
  names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The place that holds this one. */
export const parentOf = (pointer: Pointer): Pointer => pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')))

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** What stands at a place; undefined where nothing does. */
export function valueAt(definition: unknown, pointer: Pointer): unknown {
  let value = definition
  for (const name of namesOf(pointer)) {
    if (!isNode(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

/** Where every map and list of a definition stands. */
export function placesOf(definition: object): ReadonlyMap<object, Pointer> {
  const places = new Map<object, Pointer>()
  const visit = (value: unknown, names: readonly string[]) => {
    if (!isNode(value)) return
    places.set(value, pointerOf(names))
    for (const [name, each] of Object.entries(value)) visit(each, [...names, name])
  }
  visit(definition, [])
  return places
}

/** Names that would change what every object has, and not this one. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Writes a value at a place in a definition that is the caller’s own; undefined takes away what stands there. Maps on the way are made. */
export function writeAt(definition: object, pointer: Pointer, value: unknown): void {
  const names = namesOf(pointer)
  const last = names.pop()
  if (last === undefined || [...names, last].some((name) => forbidden.has(name))) return
  let owner = definition as Node
  for (const name of names) {
    if (!isNode(owner[name])) {
      if (value === undefined) return
      owner[name] = {}
    }
    owner = owner[name] as Node
  }
  if (value !== undefined) owner[last] = value
  else if (Array.isArray(owner)) owner.splice(Number(last), 1)
  else delete owner[last]
}

/** Changes the places of an item of a list and of its neighbour; at an end it stays. */
export function moveAt(definition: object, pointer: Pointer, by: -1 | 1): Pointer {
  const list = valueAt(definition, parentOf(pointer))
  const from = Number(namesOf(pointer).at(-1))
  const to = from + by
  if (!Array.isArray(list) || !(from in list) || !(to in list)) return pointer
  ;[list[from], list[to]] = [list[to], list[from]]
  return `${parentOf(pointer)}/${to}`
}
