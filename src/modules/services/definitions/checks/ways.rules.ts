import type { Complaint } from '#pack'
import { texts } from '#platform'
import { analyse } from '../../rules/analysis.rules.ts'
import type { Compiled } from '../../rules/compile.rules.ts'
import type { Node } from '../../rules/nodes.rules.ts'
import type { Type } from '../../rules/types.rules.ts'
import type { CompiledExit, CompiledForm } from '../compile.rules.ts'
import { namesOfPage, todayName } from '../names.rules.ts'

const sentences = texts({
  never: {
    en: '“{expression}” is true for no answers that can be given, so that this page is never asked. Correct the condition, or take the page out.',
    'zh-Hant': '任何可能的答案都不符合「{expression}」，因此永不會問這頁。請更正條件，或刪去這頁。',
  },
  always: {
    en: '“{expression}” is true for all answers that can be given. Take the condition out, or correct it.',
    'zh-Hant': '任何可能的答案都符合「{expression}」。請刪去或更正這項條件。',
  },
  afterExits: {
    en: 'Nobody comes to this page: whoever fulfils “{expression}” has left by an exit before. Take the page out, or correct the exits.',
    'zh-Hant': '沒有人會到達這頁：符合「{expression}」的人已由前面的出口離開。請刪去這頁，或更正出口。',
  },
  exitNever: {
    en: 'Nobody leaves here: “{expression}” is true for no answers that can be given, or other exits come first. Correct it, or take the exit out.',
    'zh-Hant': '沒有人會由此離開：任何可能的答案都不符合「{expression}」，或已由其他出口離開。請更正，或刪去這出口。',
  },
  exitAlways: {
    en: 'Everybody leaves here: “{expression}” is true for all answers that can be given, and nobody can send the form. Correct it.',
    'zh-Hant': '所有人都由此離開：任何可能的答案都符合「{expression}」，沒有人能提交表格。請更正。',
  },
  exitsAlways: {
    en: 'Whatever people answer, one of the exits {exits} takes them, and nobody can send the form. Correct one of them.',
    'zh-Hant': '無論怎樣回答，都會由出口 {exits} 其中之一離開，沒有人能提交表格。請更正其中一個。',
  },
})

/** Combinations of answers that are tried where several conditions meet: a form has hundreds of pages. */
const togetherMax = 2000

/**
 * That each page is asked of somebody and left out for somebody where it has a condition, that each exit takes somebody, and that
 * somebody can send the form. Where the analysis cannot tell, nothing is refused.
 */
export function* checkWays(form: CompiledForm): Generator<Complaint> {
  const facts = factsOf(form)
  for (const [at, { page, when }] of form.pages.entries()) {
    if (!when) continue
    const complain = (text: (typeof sentences)['never']): Complaint => ({
      ...{ at: page, key: 'when', text },
      values: { expression: when.text },
    })
    const known = facts([when])
    const before = form.exits.filter((exit) => exit.after < at && share(exit, [when.reads]))
    if (!canHold([when.node], known)) yield complain(sentences.never)
    else if (!canHold([notTrue(when.node)], known)) yield complain(sentences.always)
    else if (!canHold([when.node, ...before.map(escaped)], facts([when, ...before.map((exit) => exit.when)])))
      yield complain(sentences.afterExits)
  }
  yield* checkExits(form, facts)
}

type Facts = (of: readonly Compiled[]) => readonly (readonly Node[])[]

function* checkExits({ exits }: CompiledForm, facts: Facts): Generator<Complaint> {
  let together = false
  for (const [at, exit] of exits.entries()) {
    const { when } = exit
    const complain = (text: (typeof sentences)['never']): Complaint => ({
      ...{ at: exit.exit, key: 'when', text },
      values: { expression: when.text },
    })
    const earlier = exits.filter(
      (each, index) =>
        (each.after < exit.after || (each.after === exit.after && index < at)) && share(each, [when.reads]),
    )
    if (!canHold([when.node, ...earlier.map(escaped)], facts([when, ...earlier.map((each) => each.when)])))
      yield complain(sentences.exitNever)
    else if (!canHold([notTrue(when.node)], facts([when]))) {
      together = true
      yield complain(sentences.exitAlways)
    }
  }
  if (together) return
  for (const group of groupsOf(exits)) {
    if (group.length < 2) continue
    if (canHold(group.map(escaped), facts(group.map(({ when }) => when)))) continue
    const names = group.map(({ exit }) => exit.id).join(', ')
    yield { at: group[0]!.exit, key: 'when', text: sentences.exitsAlways, values: { exits: names } }
  }
}

/** Exits that read something in common, directly or through others: only those can leave no way between them. */
function groupsOf(exits: readonly CompiledExit[]): CompiledExit[][] {
  let groups: CompiledExit[][] = []
  for (const exit of exits) {
    const meets = (group: readonly CompiledExit[]) =>
      share(
        exit,
        group.map(({ when }) => when.reads),
      )
    groups = [...groups.filter((group) => !meets(group)), [...groups.filter(meets).flat(), exit]]
  }
  return groups
}

const topOf = (path: string) => path.split('.')[0]!

const share = ({ when }: CompiledExit, reads: readonly (readonly string[])[]): boolean =>
  when.reads.some((one) => reads.some((each) => each.some((other) => topOf(other) === topOf(one))))

const escaped = ({ when }: CompiledExit): Node => notTrue(when.node)

/** Whether all of it can be true at once; false only where it certainly cannot. Less is taken as known where there is too much. */
function canHold(wanted: readonly Node[], facts: readonly (readonly Node[])[]): boolean {
  for (const known of [...facts, []]) {
    const node = [...wanted, ...known].reduce(both)
    const most = known.length + wanted.length === 1 ? undefined : togetherMax
    const { outcomes, examples } = analyse({ node, text: '' }, most)
    const isKnown = Object.keys(examples).length > 0
    if (isKnown) return outcomes.includes('true')
  }
  return true
}

/**
 * What holds of answers by the way in which they are asked: an answer is there only where its page was asked, and is there where
 * it was and may not be left out. Most first: of all pages that conditions lead back to, of their own pages alone.
 */
function factsOf({ form, pages }: CompiledForm): Facts {
  type Asked = { when: Compiled | undefined; isNeeded: boolean; type: Type }
  const asked = new Map<string, Asked>()
  for (const { page, when } of pages)
    for (const [name, type] of Object.entries(namesOfPage(page))) {
      const question = page.questions?.find(({ id }) => id === name)
      asked.set(name, { when, isNeeded: question !== undefined && !question.optional, type })
    }
  // A form whose names do not compile has other complaints.
  if (asked.size === 0 || form.pages.length !== pages.length) return () => []
  const of = (name: string): Node[] => {
    if (name === todayName) return [given(name, { kind: 'date' })]
    const known = asked.get(name)
    if (!known) return []
    const { when, isNeeded, type } = known
    if (!when) return isNeeded ? [given(name, type)] : []
    return [
      either(isMissing(name, type), when.node),
      ...(isNeeded ? [either(notTrue(when.node), given(name, type))] : []),
    ]
  }
  return (conditions) => {
    const near = new Set(conditions.flatMap(({ reads }) => reads.map(topOf)))
    const far = new Set(near)
    for (const name of far) for (const path of asked.get(name)?.when?.reads ?? []) far.add(topOf(path))
    return (far.size > near.size ? [far, near] : [near]).map((names) => [...names].flatMap(of))
  }
}

const at = { from: 0, to: 0 }
const type = { kind: 'boolean' } as const
const literal = (value: boolean | null): Node => ({
  ...{ is: 'literal', value, at },
  type: value === null ? { kind: 'null' } : type,
})
const both = (left: Node, right: Node): Node => ({ is: 'and', left, right, type, at })
const either = (left: Node, right: Node): Node => ({ is: 'or', left, right, type, at })
/** False or null: a condition that is not fulfilled. */
const notTrue = (test: Node): Node => ({ is: 'if', test, yes: literal(false), no: literal(true), type, at })
const read = (name: string, of: Type): Node => ({ is: 'read', names: [name], type: of, at })
const compared = (operator: '=' | '!=', name: string, of: Type): Node => ({
  ...{ is: 'compare', operator, left: read(name, of), right: literal(null) },
  ...{ type, at },
})
const isMissing = (name: string, of: Type) => compared('=', name, of)
const given = (name: string, of: Type) => compared('!=', name, of)
