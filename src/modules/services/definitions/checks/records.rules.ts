import type { Register } from '#ledger'
import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import type { CaseDefinition } from '../case.ts'
import type { CompiledCase } from '../compile.rules.ts'
import type { Service } from '../service.ts'
import { statesFrom } from './case.rules.ts'

const sentences = texts({
  missing: {
    en: 'An item stands in a register. Say with “{key}” in which, and how it begins.',
    'zh-Hant': '登記項須載於登記冊。請以 {key} 指明登記冊及如何開始登記。',
  },
  notRecord: {
    en: 'Only an item of a register has “{key}”. Take it out.',
    'zh-Hant': '只有登記冊的登記項才有 {key}，請刪去。',
  },
  noText: {
    en: 'An item of a register says what its fields hold. Take “text” out.',
    'zh-Hant': '登記項的內容載於欄位，請刪去 text。',
  },
  again: {
    en: 'The step “{step}” can be taken after this item has begun, and would begin it again. Let another step leave it.',
    'zh-Hant': '登記項開始後仍可進行步驟「{step}」，會再次開始登記。請改由另一步驟產生。',
  },
  unknown: {
    en: '“{id}” is not among the {list} of the register {register}. Write one of: {names}.',
    'zh-Hant': '「{id}」不在登記冊 {register} 的 {list} 之內。請用以下其中一個：{names}。',
  },
  begins: {
    en: 'The step “{id}” of the register begins no item. Name one that does.',
    'zh-Hant': '登記冊的步驟「{id}」並非開始登記的步驟。請指明開始登記的步驟。',
  },
  alone: {
    en: 'One officer of the party “{party}” cannot take the step “{id}” of the register alone: others must approve as well. Name another step.',
    'zh-Hant': '「{party}」的一名人員不能單獨進行登記冊的步驟「{id}」，須另有他人批准。請指明另一步驟。',
  },
  notDepartment: {
    en: '{organisation} takes the step “{step}”, and the party “{party}” of the register is not this department. Name its own party, or another register.',
    'zh-Hant':
      '{organisation} 辦理步驟「{step}」，但登記冊的「{party}」並非該部門。請指明該部門所屬的一方，或改用其他登記冊。',
  },
  noField: {
    en: 'The step of the register asks for “{id}”, which must be filled. Add it to the fields.',
    'zh-Hant': '登記冊的步驟要求填寫「{id}」。請加入 fields。',
  },
  notAsked: {
    en: 'The step of the register does not ask for “{id}”. Take it out.',
    'zh-Hant': '登記冊的步驟不要求填寫「{id}」，請刪去。',
  },
  twice: {
    en: '“{id}” is filled already. Keep one of the two.',
    'zh-Hant': '「{id}」已有內容，只保留其一。',
  },
  oneOfBoth: {
    en: 'A field holds a text, in a language that is named, or a value. Write “text” and “language”, or “value”.',
    'zh-Hant': '欄位須為註明語文的文字，或一個值。請寫上 text 和 language，或只寫 value。',
  },
  asksMore: {
    en: 'The step “{id}” of the register asks for “{field}”, and nobody is there to fill it. Name another step.',
    'zh-Hant': '登記冊的步驟「{id}」要求填寫「{field}」，屆時無人可填寫。請指明另一步驟。',
  },
  notFrom: {
    en: 'The step “{id}” of the register cannot follow “{step}”, which begins the item. Name one that can be taken then.',
    'zh-Hant': '登記冊的步驟「{id}」不能緊接開始登記的「{step}」。請指明屆時可進行的步驟。',
  },
  notBack: {
    en: 'The step “{id}” of the register does not lead from where “undo” leaves the item back to where “{step}” began it. Name one that does.',
    'zh-Hant': '登記冊的步驟「{id}」並非由 undo 之後的狀況返回「{step}」開始登記時的狀況。請指明這類步驟。',
  },
  noUndo: {
    en: 'Only what “undo” ends can be reinstated. Say with “undo” how the item ends, or take this out.',
    'zh-Hant': '只有經 undo 終止的登記項才可恢復。請以 undo 指明如何終止，或刪去這項。',
  },
  passes: {
    en: 'The step “{id}” of the register does not pass the item on by the party “{party}” and the taker alone. Name one that does.',
    'zh-Hant': '登記冊的步驟「{id}」並非只須「{party}」和承讓的一方批准的轉移步驟。請指明這類步驟。',
  },
  wrongValue: {
    en: 'The field “{id}” of the register takes a {kind}, and “{expression}” gives something else.',
    'zh-Hant': '登記冊的欄位「{id}」須為 {kind}，「{expression}」得出的類別不同。',
  },
})

type Output = NonNullable<CaseDefinition['outputs']>[number]
type Registers = ReadonlyMap<string, Register>
type RegisterStep = Register['steps'][number]

const needed = ['register', 'step', 'party'] as const
const possible = [...needed, 'fields', 'pass', 'undo', 'giveUp', 'reinstate'] as const

/** That an item of a register can begin as the definition says. `registers` are looked at where they are known. */
export function* checkRecords(service: Service, registers?: Registers): Generator<Complaint> {
  for (const output of service.apply?.case.outputs ?? []) {
    if (output.kind !== 'record') {
      const key = possible.find((each) => output[each] !== undefined && output[each].length > 0)
      if (key) yield { at: output, key, text: sentences.notRecord, values: { key } }
      continue
    }
    if (output.text) yield { at: output, key: 'text', text: sentences.noText }
    yield* checkOnceOnly(service, output)
    for (const field of output.fields ?? [])
      if ((field.text === undefined) === (field.value === undefined) || (field.text && !field.language))
        yield { at: field, text: sentences.oneOfBoth }
    const missing = needed.find((key) => output[key] === undefined)
    if (missing) yield { at: output, text: sentences.missing, values: { key: missing } }
    const register = output.register === undefined ? undefined : registers?.get(output.register)
    if (register && !missing) yield* checkRegister(service, output as Whole, register)
  }
}

/** A case begins an item once: no step that leaves it can follow one that has left it. */
function* checkOnceOnly({ apply }: Service, output: Output): Generator<Complaint> {
  const leaving = apply!.case.steps.filter(({ outputs = [] }) => outputs.includes(output.id))
  const reached = new Set(leaving.flatMap(({ to }) => [...statesFrom(apply!.case, [to])]))
  const again = leaving.find(({ from }) => from.some((state) => reached.has(state)))
  if (again) yield { at: output, text: sentences.again, values: { step: again.id } }
}

type Whole = Output & { register: string; step: string; party: string }

function* checkRegister(service: Service, output: Whole, register: Register): Generator<Complaint> {
  const { party: partyId, fields = [], pass, undo, giveUp, reinstate } = output
  const named = { register: register.id }
  const unknown = (key: string, id: string, list: readonly { id: string }[]): Complaint => ({
    ...{ at: output, key, text: sentences.unknown },
    values: {
      ...named,
      id,
      list: key === 'party' ? 'parties' : 'steps',
      names: list.map((each) => each.id).join(', '),
    },
  })
  const party = register.parties.find(({ id }) => id === partyId)
  if (!party) return yield unknown('party', partyId, register.parties)
  yield* checkDepartments(service, output, party.organisation)
  const step = register.steps.find(({ id }) => id === output.step)
  if (!step) return yield unknown('step', output.step, register.steps)
  if (step.from.length > 0) yield { at: output, key: 'step', text: sentences.begins, values: { id: step.id } }
  else if (!isAlone(step, partyId))
    yield { at: output, key: 'step', text: sentences.alone, values: { id: step.id, party: partyId } }
  yield* checkFields(output, register, step, fields)
  for (const [key, id] of [
    ['pass', pass],
    ['undo', undo],
    ['giveUp', giveUp],
    ['reinstate', reinstate],
  ] as const) {
    if (id === undefined) continue
    const later = register.steps.find((each) => each.id === id)
    if (!later) yield unknown(key, id, register.steps)
    else yield* checkLater(output, register, { key, step, later })
  }
  if (reinstate !== undefined && undo === undefined) yield { at: output, key: 'reinstate', text: sentences.noUndo }
}

/** Whether one person of a party is enough. */
const isAlone = ({ approvals }: RegisterStep, party: string) =>
  approvals.some((needs) => needs.length === 1 && needs[0]!.party === party && (needs[0]!.persons ?? 1) === 1)

/** The party is every department that takes a step which leaves the item. */
function* checkDepartments({ organisation: own, apply }: Service, output: Whole, is: string | undefined) {
  const { steps, roles } = apply!.case
  for (const step of steps.filter(({ outputs = [] }) => outputs.includes(output.id))) {
    const taking = roles.filter(({ id }) => step.by.includes(id)).map(({ organisation = own }) => organisation)
    const organisation = taking.find((each) => each !== is)
    if (organisation === undefined) continue
    const values = { organisation, step: step.id, party: output.party }
    yield { at: output, key: 'party', text: sentences.notDepartment, values } satisfies Complaint
  }
}

function* checkFields(
  output: Whole,
  register: Register,
  { fields: asked = [] }: RegisterStep,
  filled: NonNullable<Output['fields']>,
): Generator<Complaint> {
  const seen = new Set<string>()
  for (const field of filled) {
    const { id } = field
    if (!asked.includes(id)) yield { at: field, key: 'id', text: sentences.notAsked, values: { id } }
    else if (seen.has(id)) yield { at: field, key: 'id', text: sentences.twice, values: { id } }
    seen.add(id)
  }
  for (const { id, required } of register.fields)
    if (required && asked.includes(id) && !seen.has(id)) yield { at: output, text: sentences.noField, values: { id } }
}

/** That a step can be taken of an item that has just begun, or was just undone, by the department alone or, where it passes the item on, with the taker. */
function* checkLater(
  output: Whole,
  { fields, parties, steps }: Register,
  { key, step, later }: { key: 'pass' | 'undo' | 'giveUp' | 'reinstate'; step: RegisterStep; later: RegisterStep },
): Generator<Complaint> {
  const { id, from, when, passes = false, approvals, fields: asked = [] } = later
  const { party } = output
  const wrong = (text: Text, more: Record<string, string> = {}): Complaint => ({
    ...{ at: output, key, text },
    values: { id, party, ...more },
  })
  if (key === 'reinstate') {
    const ended = steps.find((each) => each.id === output.undo)?.to
    const isBack = ended === undefined || (from.includes(ended) && later.to === step.to)
    if (!isBack) yield wrong(sentences.notBack, { step: step.id })
  } else if (!from.includes(step.to) || (key === 'pass' && when === 'held'))
    yield wrong(sentences.notFrom, { step: step.id })
  const needed = asked.find((each) => fields.find((field) => field.id === each)?.required)
  if (needed) yield wrong(sentences.asksMore, { field: needed })
  else if (key === 'pass' && later.reason) yield wrong(sentences.asksMore, { field: 'reason' })
  const taker = parties.find(({ is }) => is === 'taker')?.id
  const isOffer = (needs: RegisterStep['approvals'][number]) =>
    needs.length === 2 && needs.some((each) => each.party === taker) && needs.some((each) => each.party === party)
  if (key === 'pass' && !(passes && approvals.some(isOffer))) yield wrong(sentences.passes)
  if (key !== 'pass' && !isAlone(later, party)) yield wrong(sentences.alone)
}

/** That expressions give what the fields of the register take. */
export function* checkValuesOfRecords({ case: { outputs = [] }, fields }: CompiledCase, registers?: Registers) {
  for (const { register, fields: filled = [] } of outputs)
    for (const field of filled) {
      const compiled = fields.get(field)
      const kind = registers?.get(register ?? '')?.fields.find(({ id }) => id === field.id)?.kind
      if (!compiled || !kind) continue
      const given = compiled.type.kind === 'choice' ? 'text' : compiled.type.kind
      if (given === kind || (kind === 'text' && given === 'number')) continue
      const values = { id: field.id, kind, expression: compiled.text }
      yield { at: field, key: 'value', text: sentences.wrongValue, values } satisfies Complaint
    }
}
