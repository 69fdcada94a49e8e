import { token } from '../../texts.rules.ts'
import { fieldsOf, isRecord, isSame, matchLists } from './match.rules.ts'

/** One operation of a JSON Patch (RFC 6902, §4). */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string }

/**
 * What makes `after` of `before`, as a JSON Patch (RFC 6902): each operation is for the document that the ones before it left.
 * Libraries find lists again by their indexes, and take seconds for a table whose rows were all written anew.
 */
export function patchOf(before: unknown, after: unknown): Operation[] {
  return [...operationsOf(before, after, '')]
}

function* operationsOf(before: unknown, after: unknown, path: string): Generator<Operation> {
  if (isSame(before, after)) return
  if (Array.isArray(before) && Array.isArray(after)) yield* operationsOfList(before, after, path)
  else if (isRecord(before) && isRecord(after)) yield* operationsOfFields(before, after, path)
  else yield { op: 'replace', path, value: after }
}

type Fields = Readonly<Record<string, unknown>>

function* operationsOfFields(before: Fields, after: Fields, path: string): Generator<Operation> {
  const old = new Set(fieldsOf(before))
  const now = new Set(fieldsOf(after))
  for (const key of old.difference(now)) yield { op: 'remove', path: `${path}/${token(key)}` }
  for (const key of now) {
    const inner = `${path}/${token(key)}`
    if (old.has(key)) yield* operationsOf(before[key], after[key], inner)
    else yield { op: 'add', path: inner, value: after[key] }
  }
}

function* operationsOfList(before: readonly unknown[], after: readonly unknown[], path: string): Generator<Operation> {
  const pairs = matchLists(before, after)
  const gone = pairs.flatMap(({ from, to }) => (to === undefined ? [from!] : [])).sort((one, other) => other - one)
  // What stands in the list while the patch is applied: places before, and those after for what is new.
  const standing: (number | `new ${number}`)[] = before.map((_, from) => from)
  for (const from of gone) {
    yield { op: 'remove', path: `${path}/${from}` }
    standing.splice(from, 1)
  }
  let last = -1
  for (const { from, to, moved } of pairs) {
    if (to === undefined) break
    if (from === undefined) {
      yield { op: 'add', path: `${path}/${last + 1}`, value: after[to] }
      standing.splice(last + 1, 0, `new ${to}`)
      last += 1
      continue
    }
    const at = standing.indexOf(from)
    if (!moved) {
      last = at
      continue
    }
    standing.splice(at, 1)
    // Right behind the one that it follows, which is one place further down where it stood before that.
    const target = at <= last ? last : last + 1
    standing.splice(target, 0, from)
    if (target !== at) yield { op: 'move', from: `${path}/${at}`, path: `${path}/${target}` }
    last = target
  }
  for (const { from, to } of pairs)
    if (from !== undefined && to !== undefined) yield* operationsOf(before[from], after[to], `${path}/${to}`)
}
