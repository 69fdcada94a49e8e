import type { Complaint } from '#pack'
import { sayEverywhere, texts } from '#platform'
import { type Compiled, compile, compileCondition, type Outcome } from '../rules/compile.rules.ts'
import { sentences as ofRules } from '../rules/complaints.rules.ts'
import { type CompiledTable, compileTable, type TableComplaint } from '../rules/tables.rules.ts'
import type { Names, Type } from '../rules/types.rules.ts'
import type { CaseDefinition } from './case.ts'
import type { Exit, Form, FormPage } from './form.ts'
import { namesBefore, namesOfForm, namesOfQuestions, typeOfKind } from './names.rules.ts'
import type { Service } from './service.ts'

type CompiledPage = { readonly page: FormPage; readonly when?: Compiled }
type CompiledValue = { readonly id: string; readonly compiled: Compiled; readonly from: number }
/** `after` is the page that must have been asked before the exit is looked at; -1 where it depends on no answer. */
export type CompiledExit = { readonly exit: Exit; readonly when: Compiled; readonly after: number }

export type CompiledForm = {
  readonly form: Form
  readonly pages: readonly CompiledPage[]
  /** In their order; `from` is the page behind which all that the value reads was asked. */
  readonly values: readonly CompiledValue[]
  readonly exits: readonly CompiledExit[]
}

export type CompiledCase = {
  readonly case: CaseDefinition
  readonly steps: ReadonlyMap<string, Compiled>
  readonly tables: readonly { readonly id: string; readonly compiled: CompiledTable }[]
  /** What expressions give for the fields of items of registers, by the field of the definition. */
  readonly fields: ReadonlyMap<object, Compiled>
}

/** A service that is ready: its conditions are closures. Made once for each version. */
export type CompiledService = {
  readonly service: Service
  readonly form?: CompiledForm
  readonly case?: CompiledCase
}

const sentences = texts({
  wrong: { en: '“{expression}”: {why}', 'zh-Hant': '「{expression}」：{why}' },
  later: {
    en: '“{name}” is asked only later, or on this page itself. Ask it before, or move this condition behind it.',
    'zh-Hant': '「{name}」在這頁或之後才問。請把問題移前，或把這項條件移後。',
  },
})

/** Compiles all that a definition says in the language of conditions. What does not compile is told, and left out. */
export function compileService(service: Service): { compiled: CompiledService; complaints: readonly Complaint[] } {
  const complaints: Complaint[] = []
  const { apply } = service
  if (!apply) return { compiled: { service }, complaints }
  const form = compileForm(apply.form, complaints)
  return { compiled: { service, form, case: compileCase(apply.case, apply.form, form, complaints) }, complaints }
}

function compileForm(form: Form, complaints: Complaint[]): CompiledForm {
  const all = namesOfForm(form)
  const pageOf = pagesOf(form)
  const values: CompiledValue[] = []
  const known: Record<string, Type> = {}
  for (const value of form.values ?? []) {
    const wanted = typeOfKind(value.kind)
    const compiled = take(complaints, value, 'gives', compile(value.gives, { ...all, ...known }, wanted), value.gives)
    known[value.id] = wanted
    if (compiled) values.push({ id: value.id, compiled, from: lastPageOf(compiled, pageOf, values) })
  }
  /** Values whose answers were all asked before this page. */
  const knownBefore = (page: number): Names =>
    Object.fromEntries(values.filter(({ from }) => from < page).map(({ id }) => [id, known[id]!]))
  const pages = form.pages.map((page, at): CompiledPage => {
    if (page.when === undefined) return { page }
    const names = { ...namesBefore(form, at), ...knownBefore(at) }
    const when = take(complaints, page, 'when', compileCondition(page.when, names), page.when, { ...all, ...known })
    return { page, ...(when && { when }) }
  })
  const exits = (form.exits ?? []).flatMap((exit): CompiledExit[] => {
    const when = take(complaints, exit, 'when', compileCondition(exit.when, { ...all, ...known }), exit.when)
    return when ? [{ exit, when, after: lastPageOf(when, pageOf, values) }] : []
  })
  return { form, pages, values, exits }
}

/** The page on which each name is answered. */
const pagesOf = ({ pages }: Form): ReadonlyMap<string, number> =>
  new Map(
    pages.flatMap(({ questions = [], repeat }, at) =>
      repeat ? [[repeat.name, at] as const] : questions.map(({ id }) => [id, at] as const),
    ),
  )

function lastPageOf(
  { reads }: Compiled,
  pageOf: ReadonlyMap<string, number>,
  values: readonly CompiledValue[],
): number {
  const pages = reads.map((path) => {
    const name = path.split('.')[0]!
    return pageOf.get(name) ?? values.find(({ id }) => id === name)?.from ?? -1
  })
  return Math.max(-1, ...pages)
}

function compileCase(
  definition: CaseDefinition,
  form: Form,
  { values }: CompiledForm,
  complaints: Complaint[],
): CompiledCase {
  const kinds = new Map(form.values?.map(({ id, kind }) => [id, kind]))
  const answers: Names = {
    ...namesOfForm(form),
    ...Object.fromEntries(values.map(({ id }) => [id, typeOfKind(kinds.get(id)!)])),
    ...namesOfQuestions(definition.steps.flatMap(({ asks = [] }) => asks)),
  }
  const names: Record<string, Type> = { ...answers }
  const tables = (definition.rules ?? []).flatMap((rule) => {
    const outputs: Names = Object.fromEntries(rule.outputs.map(({ id, kind }) => [id, typeOfKind(kind)]))
    const rows = rule.rows.map(({ when, gives = {}, reason }) => ({ when, gives, ...(reason && { reason }) }))
    const outcome = compileTable({ hit: rule.hit, inputs: rule.inputs, outputs, rows }, answers)
    if (rule.hit !== 'collect') names[rule.id] = { kind: 'group', fields: outputs }
    if ('compiled' in outcome) return [{ id: rule.id, compiled: outcome.compiled }]
    for (const complaint of outcome.complaints) complaints.push(placed(rule, complaint))
    return []
  })
  const steps = new Map<string, Compiled>()
  for (const step of definition.steps) {
    if (step.when === undefined) continue
    const when = take(complaints, step, 'when', compileCondition(step.when, names), step.when)
    if (when) steps.set(step.id, when)
  }
  const fields = new Map<object, Compiled>()
  for (const field of (definition.outputs ?? []).flatMap(({ fields = [] }) => fields)) {
    if (field.value === undefined) continue
    const value = take(complaints, field, 'value', compile(field.value, names), field.value)
    if (value) fields.set(field, value)
  }
  return { case: definition, steps, tables, fields }
}

type Rule = NonNullable<CaseDefinition['rules']>[number]

function placed(rule: Rule, { place, text, values = {} }: TableComplaint): Complaint {
  const why = { text: sentences.wrong }
  if (place.part === 'input')
    return {
      at: rule.inputs,
      key: `${place.input}`,
      ...why,
      values: { expression: rule.inputs[place.input]!, why: sayEverywhere(text, values) },
    }
  if (place.part === 'table') return { at: rule, key: 'rows', text, values }
  const row = rule.rows[place.row]!
  if (place.part === 'when')
    return {
      at: row.when,
      key: `${place.input}`,
      ...why,
      values: { expression: row.when[place.input]!, why: sayEverywhere(text, values) },
    }
  return { at: row, key: place.part === 'gives' ? 'gives' : 'when', text, values }
}

/** What compiled, or the complaints that say why not. */
function take(
  complaints: Complaint[],
  at: object,
  key: string,
  outcome: Outcome<Compiled>,
  expression: string,
  later: Names = {},
): Compiled | undefined {
  if ('compiled' in outcome) return outcome.compiled
  for (const { text, values = {} } of outcome.complaints) {
    const name = String(values.name ?? '')
    const isUnknown = text === ofRules.unknownName || text === ofRules.nearName
    if (isUnknown && Object.hasOwn(later, name)) complaints.push({ at, key, text: sentences.later, values: { name } })
    else complaints.push({ at, key, text: sentences.wrong, values: { expression, why: sayEverywhere(text, values) } })
  }
  return undefined
}
