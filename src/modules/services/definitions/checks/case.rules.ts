import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import { analyse, verdictOf } from '../../rules/analysis.rules.ts'
import type { CaseDefinition } from '../case.ts'
import type { CompiledCase } from '../compile.rules.ts'
import type { Service } from '../service.ts'
import { checkQuestion } from './questions.rules.ts'

const sentences = texts({
  unknown: {
    en: '“{id}” is not among the {list} of this service. Write it there, or correct it here.',
    'zh-Hant': '「{id}」不在這項服務的 {list} 之內。請在該處加入，或在此更正。',
  },
  unused: {
    en: 'Nothing uses “{id}”. Name it where it belongs, or take it out.',
    'zh-Hant': '「{id}」從未使用。請在適當的地方指明，或刪去。',
  },
  unreached: {
    en: 'No steps lead from “{begins}” to this state. Add one, or take the state out.',
    'zh-Hant': '沒有步驟由「{begins}」通往這狀況。請加入步驟，或刪去這狀況。',
  },
  noEnd: {
    en: 'From this state no steps lead to an end. Add one, or say how this state ends.',
    'zh-Hant': '由這狀況沒有步驟通往終結。請加入步驟，或在 ends 註明如何終結。',
  },
  noClock: {
    en: 'Nobody knows how long a case may wait in this state. Give it a clock.',
    'zh-Hant': '沒有訂明個案在這狀況可停留多久。請加上 clock。',
  },
  clockAtEnd: {
    en: 'Nothing is waited for where a case has ended. Take the clock out.',
    'zh-Hant': '個案終結後不用再等候，請刪去 clock。',
  },
  fromEnd: {
    en: 'A case that is in “{id}” has ended. Take it out of “from”; a review of a decision needs no step.',
    'zh-Hant': '個案到「{id}」已終結。請由 from 刪去；覆核決定不需步驟。',
  },
  noRole: {
    en: 'No person of {organisation} has the permission {permission}, which this role needs. Give it to somebody.',
    'zh-Hant': '{organisation} 沒有人具備這角色所需的權限 {permission}。請把權限給予有關人員。',
  },
  noOther: {
    en: 'A second officer must approve this step, and only one person of {organisation} has the permission {permission}. Give it to another.',
    'zh-Hant': '這步驟須由另一人員批准，但 {organisation} 只有一人具備權限 {permission}。請把權限多給一人。',
  },
  mayNotDecide: {
    en: 'The role “{id}” may not decide. Name a role with the permission services:decide-case alone.',
    'zh-Hant': '角色「{id}」無權作決定。請只指明具備 services:decide-case 權限的角色。',
  },
  noReasons: {
    en: 'A decision gives its reason. Name the reasons among which the officer chooses.',
    'zh-Hant': '決定須附理由。請列出可供人員選擇的理由。',
  },
  noMessage: {
    en: 'The person must hear of a decision. Name the message that tells it.',
    'zh-Hant': '決定須告知當事人。請指明通知他的訊息。',
  },
  endsUntold: {
    en: 'The case ends here, and the person must hear of it. Name the message that tells it.',
    'zh-Hant': '個案在此終結，須告知當事人。請指明通知他的訊息。',
  },
  contrary: {
    en: 'This step decides “{decides}”, and “{to}” says that it ended as “{ends}”. Let them agree.',
    'zh-Hant': '這步驟的決定是「{decides}」，但「{to}」註明的結果是「{ends}」。請使兩者一致。',
  },
  noAppeal: {
    en: 'The service can refuse. Say in “appealDays” how long a person has to ask for a review.',
    'zh-Hant': '這項服務可不批准申請。請在 appealDays 註明當事人有多少天可要求覆核。',
  },
  neverTaken: {
    en: '“{expression}” is never true, so that nobody can take this step. Correct it, or take the step out.',
    'zh-Hant': '「{expression}」永不成立，沒有人能採取這步驟。請更正，或刪去這步驟。',
  },
  alwaysTaken: {
    en: '“{expression}” is always true. Take the condition out, or correct it.',
    'zh-Hant': '「{expression}」必定成立。請刪去或更正這項條件。',
  },
})

/** How many people of an organisation hold a permission. */
export type CountHolders = (permission: string, organisation: string) => number

/** That a case goes from its beginning to an end, by steps that somebody can take, and that the person hears of it. */
export function* checkCase(service: Service, holders?: CountHolders): Generator<Complaint> {
  const definition = service.apply?.case
  if (!definition) return
  yield* checkKnown(definition)
  yield* checkStates(definition)
  for (const step of definition.steps) {
    yield* checkDecision(step, definition)
    for (const question of step.asks ?? []) yield* checkQuestion(question)
  }
  const refuses = definition.steps.find(({ decides }) => decides === 'refused')
  if (refuses && definition.appealDays === undefined) yield { at: definition, text: sentences.noAppeal }
  if (holders) yield* checkRoles(service, definition, holders)
}

/** Conditions of steps that make no difference, as far as the analysis can tell. */
export function* checkConditionsOfSteps({ case: { steps }, steps: compiled }: CompiledCase): Generator<Complaint> {
  for (const step of steps) {
    const when = compiled.get(step.id)
    if (!when) continue
    const verdict = verdictOf(analyse(when))
    const values = { expression: when.text }
    if (verdict === 'always true') yield { at: step, key: 'when', text: sentences.alwaysTaken, values }
    if (verdict === 'always false' || verdict === 'never true')
      yield { at: step, key: 'when', text: sentences.neverTaken, values }
  }
}

function* checkKnown(definition: CaseDefinition): Generator<Complaint> {
  const { roles, states, steps, rules = [], reasons = [], messages, outputs = [], begins, received } = definition
  const lists = { roles, states, reasons, messages, outputs }
  const used = new Set<string>()
  function* look(at: object, key: string, id: string | undefined, list: keyof typeof lists): Generator<Complaint> {
    if (id === undefined) return
    used.add(`${list} ${id}`)
    if (!lists[list].some((each) => each.id === id)) yield { at, key, text: sentences.unknown, values: { id, list } }
  }
  yield* look(definition, 'begins', begins, 'states')
  yield* look(definition, 'received', received, 'messages')
  for (const step of steps) {
    const { from, to, by, message } = step
    for (const [at, id] of from.entries()) yield* look(from, `${at}`, id, 'states')
    yield* look(step, 'to', to, 'states')
    for (const [at, id] of by.entries()) yield* look(by, `${at}`, id, 'roles')
    yield* look(step, 'message', message, 'messages')
    for (const list of ['reasons', 'outputs'] as const)
      for (const [at, id] of (step[list] ?? []).entries()) yield* look(step[list]!, `${at}`, id, list)
  }
  for (const { rows } of rules) for (const row of rows) yield* look(row, 'reason', row.reason, 'reasons')
  for (const list of ['roles', 'reasons', 'messages', 'outputs'] as const)
    for (const each of lists[list])
      if (!used.has(`${list} ${each.id}`)) yield { at: each, text: sentences.unused, values: { id: each.id } }
}

/** The states that steps lead to from `from`, and `from` itself. */
export function statesFrom({ steps }: CaseDefinition, from: readonly string[]): ReadonlySet<string> {
  const reached = new Set(from)
  for (const state of reached) for (const step of steps) if (step.from.includes(state)) reached.add(step.to)
  return reached
}

function* checkStates(definition: CaseDefinition): Generator<Complaint> {
  const { states, steps, begins } = definition
  const reached = statesFrom(definition, [begins])
  const beginsSomewhere = states.some(({ id }) => id === begins)
  const ends = new Set(states.flatMap(({ id, ends }) => (ends ? [id] : [])))
  for (const state of states) {
    const { id, clock } = state
    if (!reached.has(id) && beginsSomewhere) yield { at: state, text: sentences.unreached, values: { begins } }
    if (ends.has(id)) {
      if (clock) yield { at: state, key: 'clock', text: sentences.clockAtEnd }
      continue
    }
    if (!clock) yield { at: state, text: sentences.noClock }
    if (![...statesFrom(definition, [id])].some((each) => ends.has(each))) yield { at: state, text: sentences.noEnd }
  }
  for (const { from } of steps)
    for (const [at, id] of from.entries())
      if (ends.has(id)) yield { at: from, key: `${at}`, text: sentences.fromEnd, values: { id } }
}

type Step = CaseDefinition['steps'][number]

function* checkDecision(step: Step, { states, roles }: CaseDefinition): Generator<Complaint> {
  const { decides, reasons, message, to } = step
  const complain = (text: Text): Complaint => ({ at: step, text })
  const ends = states.find(({ id }) => id === to)?.ends
  if (!decides) {
    if (ends && !message) yield complain(sentences.endsUntold)
    return
  }
  if (!reasons) yield complain(sentences.noReasons)
  if (!message) yield complain(sentences.noMessage)
  if ((ends === 'granted' || ends === 'refused') && ends !== decides)
    yield { at: step, key: 'decides', text: sentences.contrary, values: { decides, to, ends } }
  for (const [at, id] of step.by.entries()) {
    const permission = roles.find((role) => role.id === id)?.permission
    if (permission && permission !== 'services:decide-case')
      yield { at: step.by, key: `${at}`, text: sentences.mayNotDecide, values: { id } }
  }
}

function* checkRoles(service: Service, { roles, steps }: CaseDefinition, holders: CountHolders): Generator<Complaint> {
  const needed = (role: (typeof roles)[number]) => {
    const { permission, organisation = service.organisation } = role
    return { permission, organisation, held: holders(permission, organisation) }
  }
  for (const role of roles) {
    const { held, ...values } = needed(role)
    if (held === 0) yield { at: role, key: 'permission', text: sentences.noRole, values }
  }
  for (const step of steps) {
    if (!step.fourEyes) continue
    const by = roles.filter(({ id }) => step.by.includes(id)).map(needed)
    const [only] = by
    // Nobody at all is told at the role.
    if (only && by.every(({ held }) => held === 1) && by.length === 1)
      yield {
        ...{ at: step, key: 'fourEyes', text: sentences.noOther },
        values: { permission: only.permission, organisation: only.organisation },
      }
  }
}
