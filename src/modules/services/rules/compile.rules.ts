import { check, complaintsOf, isName, openScope } from './check.rules.ts'
import { type Complaint, sentences } from './complaints.rules.ts'
import type { Node } from './nodes.rules.ts'
import { evaluatorOf } from './run.rules.ts'
import { readTree } from './tree.rules.ts'
import { fits, isScalar, type Names, type Type, type Value, type Values, wordOf } from './types.rules.ts'

/** An expression that is ready to be evaluated as often as wanted. */
export type Compiled = {
  readonly text: string
  readonly type: Type
  /** Where in the answers it reads, as paths with dots; what is read of each thing of a list stands behind the list’s path. */
  readonly reads: readonly string[]
  /** What it gives for the answers of a person. The same answers give the same; too much work throws RulesExceeded. */
  readonly evaluate: (values: Values) => Value
  readonly node: Node
}

export type Outcome<Made> = { readonly compiled: Made } | { readonly complaints: readonly Complaint[] }

/**
 * Compiles an expression of the subset of FEEL that docs/standards/feel.md tells (DMN 1.5, §10.3).
 *
 * `names` are the names that it may use; they are written by programs, so that one which is no name throws. `wanted` is the type
 * that it must give, where that matters. What an officer can mend comes back as complaints.
 */
export function compile(text: string, names: Names, wanted?: Type): Outcome<Compiled> {
  assertNames(names)
  const scope = openScope(names)
  const { complaints, reads } = scope.state
  const tree = readTree(text, 'Expression', complaints)
  const node = tree && checkTop(tree)
  if (!node || complaints.all.length > 0) return { complaints: complaintsOf(scope) }
  const evaluate = evaluatorOf(node, scope.state.slots)
  return { compiled: { text, type: node.type, reads: withoutPrefixes(reads), evaluate, node } }

  function checkTop(tree: Parameters<typeof check>[0]): Node | undefined {
    const { parts } = tree
    if (parts.length !== 1) return complaints.at(tree, sentences.unreadable, { part: text.slice(0, 20) })
    const made = check(parts[0]!, scope)
    if (!made) return undefined
    if (holdsGroup(made.type)) return complaints.at(tree, sentences.resultIsGroup)
    if (!wanted || fits(made.type, wanted)) return made
    return complaints.at(tree, sentences.wrongResult, { given: wordOf(made.type), wanted: wordOf(wanted) })
  }
}

/** A condition: an expression that gives true, false, or null where answers are missing. */
export const compileCondition = (text: string, names: Names): Outcome<Compiled> =>
  compile(text, names, { kind: 'boolean' })

const holdsGroup = (type: Type): boolean => type.kind === 'group' || (type.kind === 'list' && !isScalar(type.of))

/** A group is read where one of its fields is, so that the group itself need not be named beside them. */
export const withoutPrefixes = (paths: Iterable<string>): string[] => {
  const sorted = [...paths].sort()
  return sorted.filter((path) => !sorted.some((other) => other.startsWith(`${path}.`)))
}

/** Names come from definitions that were checked before; what is no name here would be read as something else. */
export function assertNames(names: Names): void {
  for (const [name, type] of Object.entries(names)) {
    if (!isName(name)) throw new Error(`“${name}” cannot be a name in an expression`)
    const one = type.kind === 'list' ? type.of : type
    if (one.kind === 'group') assertNames(one.fields)
  }
}
