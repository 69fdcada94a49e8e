import type { TSchema } from 'typebox'
import type { JsonSchema } from '#pack'
import type { Text } from '#platform'
import { kindsWith } from '../definitions/checks/questions.rules.ts'
import { Service } from '../definitions/service.ts'
import { namesOf, type Pointer, valueAt, writeAt } from './pointers.rules.ts'

export type Choice = { value: string; label: Text }
type Common = { pointer: Pointer; key: string; needed: boolean }

/** What is drawn for one part of a definition, by the shape of that part. A control is called by the pointer of what it holds. */
export type Control =
  | (Common & { kind: 'words'; value: string; long: boolean; max: number })
  | (Common & { kind: 'number'; value: string })
  | (Common & { kind: 'truth'; value: boolean })
  | (Common & { kind: 'choice'; value: string; choices: Choice[] })
  | (Common & { kind: 'choices'; values: string[]; choices: Choice[] })
  | (Common & { kind: 'lines'; value: string })
  | (Common & { kind: 'text'; value: Partial<Text>; long: boolean; max: number })
  | (Common & { kind: 'group'; controls: Control[] })
  | (Common & { kind: 'list'; items: Item[] })
  /** A part that may be there and is not. */
  | (Common & { kind: 'absent' })
/** Something in a list: with its controls where it is edited in place, and otherwise on a page of its own. */
export type Item = { pointer: Pointer; name: Text; controls?: Control[] }

/** What may be chosen where something else is named: in the pack, and in the definition itself. */
export type Known = (kind: string) => readonly Choice[]

/** Parts and lists whose items have pages of their own; everything else is edited where it stands. */
const pagedParts = new Set(['apply', 'form', 'case', 'repeat', 'rounds', 'grant'])
const pagedLists = new Set([
  'pages',
  'questions',
  'asks',
  'values',
  'rounds',
  'exits',
  'states',
  'steps',
  'rules',
  'messages',
  'outputs',
])

/** Lists of one definition in which parts are named elsewhere in it, by the name of the field that names them. */
const namedIn: Readonly<Record<string, Pointer>> = {
  section: '/apply/form/sections',
  from: '/apply/case/states',
  to: '/apply/case/states',
  begins: '/apply/case/states',
  reasons: '/apply/case/reasons',
  reason: '/apply/case/reasons',
  message: '/apply/case/messages',
  received: '/apply/case/messages',
  step: '/apply/case/steps',
  promotes: '/apply/case/steps',
  outputs: '/apply/case/outputs',
}

export const shapeOfService = Service as TSchema as JsonSchema

/** The shape of what stands at a place; undefined where no shape knows it. */
export function shapeAt(pointer: Pointer): JsonSchema | undefined {
  let shape: JsonSchema | undefined = shapeOfService
  for (const name of namesOf(pointer)) {
    const { properties, items, patternProperties }: JsonSchema = shape ?? {}
    if (items) shape = /^\d{1,3}$/.test(name) ? items : undefined
    else if (properties && Object.hasOwn(properties, name)) shape = properties[name]
    else shape = Object.entries(patternProperties ?? {}).find(([pattern]) => new RegExp(pattern).test(name))?.[1]
  }
  return shape
}

const isText = ({ properties }: JsonSchema) => properties !== undefined && 'zh-Hant' in properties

/** Whether a place has a page of its own. */
export function isPaged(pointer: Pointer): boolean {
  const names = namesOf(pointer)
  const last = names.at(-1)
  if (last === undefined) return true
  if (/^\d+$/.test(last))
    return pagedLists.has(names.at(-2)!) && shapeAt(pointer)?.type === 'object' && !isOutputOfTable(names)
  return pagedParts.has(last) && shapeAt(pointer)?.properties !== undefined
}

/** What a table of rules gives has a column there, and what a case leaves behind a page. */
const isOutputOfTable = (names: readonly string[]) => names.at(-2) === 'outputs' && names.includes('rules')

/** The page on which a place is edited: its own, or that of what holds it. */
export function pageOf(pointer: Pointer): Pointer {
  let page = pointer
  while (!isPaged(page)) page = page.slice(0, page.lastIndexOf('/'))
  return page
}

/** The controls of a page: everything at a place but what has a page of its own, which is listed with the way there. */
export function controlsOf(definition: object, page: Pointer, known: Known): Control[] {
  const shape = shapeAt(page)
  if (!shape?.properties) return []
  const kind = valueAt(definition, `${page}/kind`)
  const isQuestion = shape === shapeOfQuestion()
  return Object.entries(shape.properties).flatMap(([key, part]) => {
    const pointer = `${page}/${key}`
    const value = valueAt(definition, pointer)
    const fits = isQuestion ? (kindsWith[key as keyof typeof kindsWith]?.includes(kind as never) ?? true) : true
    if (!fits && value === undefined) return []
    const needed = shape.required?.includes(key) ?? false
    return [controlOf({ definition, known }, { pointer, key, needed }, part, value)]
  })
}

const shapeOfQuestion = () => shapeAt('/apply/form/pages/0/questions/0')

type Where = { definition: object; known: Known }

function controlOf(where: Where, common: Common, shape: JsonSchema, value: unknown): Control {
  const { pointer, key } = common
  const typed = value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (shape.properties) {
    if (isText(shape)) return textOf(common, shape, value)
    if (value === undefined && !common.needed) return { ...common, kind: 'absent' }
    if (isPaged(pointer)) return { ...common, kind: 'list', items: [{ pointer, name: nameOf(value, key) }] }
    return { ...common, kind: 'group', controls: controlsOf(where.definition, pointer, where.known) }
  }
  if (shape.items) return listOf(where, common, shape.items, value)
  if (shape.patternProperties)
    return {
      ...common,
      kind: 'lines',
      value: Object.entries(value ?? {})
        .map(([name, each]) => `${name}: ${each}`)
        .join('\n'),
    }
  if (shape.type === 'boolean') return { ...common, kind: 'truth', value: value === true }
  if (shape.type === 'integer' || shape.type === 'number') return { ...common, kind: 'number', value: typed }
  const choices = choicesOf(where, pointer, key, shape)
  if (choices) return { ...common, kind: 'choice', value: typed, choices }
  const max = typeof shape.maxLength === 'number' ? shape.maxLength : 1000
  return { ...common, kind: 'words', value: typed, long: max > 200, max }
}

/** Whether a text needs more room than one line has beside its other languages. */
export const isLong = (max: number): boolean => max > 200

function textOf(common: Common, { properties }: JsonSchema, value: unknown): Control {
  const max = Number(properties!.en?.maxLength ?? 200)
  const given = typeof value === 'object' && value !== null ? (value as Partial<Text>) : {}
  return { ...common, kind: 'text', value: given, long: isLong(max), max }
}

function listOf(where: Where, common: Common, items: JsonSchema, value: unknown): Control {
  const { pointer, key } = common
  const list = Array.isArray(value) ? value : []
  if (items.properties || items.items) {
    const itemOf = (each: unknown, at: number): Item => {
      const place = `${pointer}/${at}`
      const item = { pointer: place, name: nameOf(each, String(at + 1)) }
      if (isPaged(place)) return item
      const own = { pointer: place, key, needed: true }
      return {
        ...item,
        controls: isText(items) ? [textOf(own, items, each)] : controlsOf(where.definition, place, where.known),
      }
    }
    return { ...common, kind: 'list', items: list.map(itemOf) }
  }
  const choices = choicesOf(where, pointer, key, items)
  if (choices) return { ...common, kind: 'choices', values: list.map(String), choices }
  return { ...common, kind: 'lines', value: list.map(String).join('\n') }
}

/** What may be chosen at a place; undefined where anything may be written. */
function choicesOf(
  { definition, known }: Where,
  pointer: Pointer,
  key: string,
  shape: JsonSchema,
): Choice[] | undefined {
  const words = shape.enum as string[] | undefined
  if (words) return words.map((value) => ({ value, label: { en: value, 'zh-Hant': value } }))
  if (shape.reference) return [...known(shape.reference)]
  // Whoever asks: in a form a party, in a case the roles of officers.
  const list =
    key === 'by'
      ? pointer.includes('/steps/')
        ? '/apply/case/roles'
        : /\/pages\/\d+\/by$/.test(pointer)
          ? '/apply/form/parties'
          : undefined
      : isStepOfRegister(key, pointer)
        ? undefined
        : namedIn[key]
  const found = list && valueAt(definition, list)
  if (!list || list === pointer) return undefined
  if (!Array.isArray(found)) return []
  return found.map((each) => ({ value: String((each as { id?: unknown }).id ?? ''), label: nameOf(each, '–') }))
}

/** What a case leaves behind names a step of a register, and no step of the case. */
const isStepOfRegister = (key: string, pointer: Pointer) => key === 'step' && pointer.startsWith('/apply/case/outputs/')

/** How something in a list is called: by its title, or by its identifier. */
export function nameOf(value: unknown, otherwise: string): Text {
  const { title, subject, text, id, en, questions, name } = (value ?? {}) as Record<string, unknown>
  const first = Array.isArray(questions) ? (questions[0] as { title?: unknown } | undefined)?.title : undefined
  for (const each of [title, subject, first, en === undefined ? undefined : value, text]) {
    const { en: english, 'zh-Hant': han } = (each ?? {}) as Partial<Text>
    if (english ?? han) return { en: String(english ?? han), 'zh-Hant': String(han ?? english) }
  }
  const word = String(id ?? name ?? otherwise)
  return { en: word, 'zh-Hant': word }
}

export type Sent = Readonly<Record<string, string | readonly string[]>>

/** Writes into a definition, which is the caller’s own, what a form sent for these controls; what it did not send is left as it is. */
export function readControls(definition: object, controls: readonly Control[], sent: Sent): void {
  for (const control of controls) {
    const { pointer, needed } = control
    if (control.kind === 'group') readControls(definition, control.controls, sent)
    if (control.kind === 'list')
      for (const { controls: own } of control.items) readControls(definition, own ?? [], sent)
    if (control.kind === 'text') readText(definition, control, sent)
    const given = sent[pointer]
    if (given === undefined || !Object.hasOwn(sent, pointer)) continue
    // A box that is not ticked sends nothing; an empty one of the same name goes before it.
    const all = [given].flat().filter((each) => each !== '')
    const word = (all.at(-1) ?? '').trim()
    if (control.kind === 'truth') writeAt(definition, pointer, word === 'yes' ? true : undefined)
    if (control.kind === 'choice' || control.kind === 'words') writeAt(definition, pointer, lines(word) || undefined)
    if (control.kind === 'number') writeAt(definition, pointer, word === '' ? undefined : numberOr(word))
    const several = control.kind === 'choices' ? all : control.kind === 'lines' ? linesOf(word) : undefined
    if (!several) continue
    if (shapeAt(pointer)?.patternProperties) writeAt(definition, pointer, mapOf(several))
    else writeAt(definition, pointer, several.length > 0 || needed ? several : undefined)
  }
}

export const textLanguages = ['en', 'zh-Hant', 'zh-Hans'] as const

/** A text in three languages: each in a control of its own; without any it is not there. */
export function readText(definition: object, { pointer }: { pointer: Pointer }, sent: Sent): void {
  const given = textLanguages.filter((language) => Object.hasOwn(sent, `${pointer}/${language}`))
  if (given.length === 0) return
  for (const language of given) {
    const word = lines([sent[`${pointer}/${language}`]!].flat().at(-1) ?? '').trim()
    writeAt(definition, `${pointer}/${language}`, word === '' ? undefined : word)
  }
  const left = valueAt(definition, pointer)
  const inList = /\/\d+$/.test(pointer)
  if (left !== undefined && Object.keys(left as object).length === 0 && !inList) writeAt(definition, pointer, undefined)
}

/** Browsers end lines by two characters. */
const lines = (text: string) => text.replaceAll('\r\n', '\n')
const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
const mapOf = (all: readonly string[]) =>
  Object.fromEntries(all.map((line) => line.split(/:\s*(.*)/s, 2) as [string, string]))

/** A number where it is one; what is none stays as it was typed, and is told. */
const numberOr = (word: string) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(word) ? Number(word) : word)

/** The least that a shape wants, for something that is added: what people write is missing, and is told. */
export function emptyOf(shape: JsonSchema): unknown {
  if (shape.items) return Array.from({ length: Number(shape.minItems ?? 0) }, () => emptyOf(shape.items!))
  if (shape.properties) {
    const { properties, required = [] } = shape
    const made = required.map((key) => [key, emptyOf(properties[key]!)] as const)
    return Object.fromEntries(made.filter(([, value]) => value !== undefined))
  }
  if (shape.patternProperties) return {}
  if (shape.type === 'integer' || shape.type === 'number') return shape.minimum ?? 0
  return (shape.enum as string[] | undefined)?.[0]
}
