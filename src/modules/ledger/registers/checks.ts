import type { Complaint, Pack } from '#pack'
import { texts } from '#platform'
import { logs } from '../log/definitions.ts'
import type { Register } from './definitions.ts'

const sentences = texts({
  twice: {
    en: '“{id}” is in this list already. Keep one of the two.',
    'zh-Hant': '「{id}」已在這個列表內，只保留其一。',
  },
  unknown: {
    en: '“{id}” is not among the {list} of this register. Write it there, or correct it here.',
    'zh-Hant': '「{id}」不在這個登記冊的 {list} 之內。請在該處加入，或在此更正。',
  },
  begins: {
    en: 'No step begins an item: give one of them an empty “from”.',
    'zh-Hant': '沒有開始登記的步驟：請把其中一個步驟的 from 留空。',
  },
  unreachable: {
    en: 'No step leads to the state “{id}”. Add one, or take the state away.',
    'zh-Hant': '沒有步驟通往狀況「{id}」。請加入步驟，或刪去該狀況。',
  },
  organisation: {
    en: 'A party that is an organisation names it, and no other party does.',
    'zh-Hant': '類別為 organisation 的一方須指明機構，其他各方則不可。',
  },
  taker: {
    en: 'A step that passes the item on needs the taker in each of its approvals.',
    'zh-Hant': '轉移登記項的步驟，每組批准都須包括承讓的一方。',
  },
  held: {
    en: 'Each way to approve this step needs the holder, so that nobody can take it while there is none. Add “when: held”.',
    'zh-Hant': '這個步驟的每組批准都須包括持有人，無人持有時便無法完成。請加入 when: held。',
  },
  prefix: {
    en: 'Another register begins its numbers with {id}. Take other letters.',
    'zh-Hant': '另一登記冊的編號已以 {id} 開頭。請改用其他字母。',
  },
  many: {
    en: 'A register has one party that is the {is}. Keep one of the two.',
    'zh-Hant': '登記冊只可有一個 {is}，只保留其一。',
  },
  writers: {
    en: '“{organisation}” does not write to the log “{log}”. Name it among the writers of that log.',
    'zh-Hant': '「{organisation}」不能寫入日誌「{log}」。請把它列為該日誌的寫入者。',
  },
  ends: {
    en: 'A register has one field that ends an item, and it is a date.',
    'zh-Hant': '登記冊只可有一個訂明有效期的欄位，並須為日期。',
  },
})

/** What the shapes cannot say: that every name leads somewhere, and some step to every state. */
export function* checkRegisters(values: readonly Register[], pack: Pack): Generator<Complaint> {
  const prefixes = new Set<string>()
  for (const register of values) {
    const { prefix, states, fields, parties, steps } = register
    if (prefixes.has(prefix)) yield { at: register, key: 'prefix', text: sentences.prefix, values: { id: prefix } }
    prefixes.add(prefix)
    for (const list of [states, fields, parties, steps]) yield* checkOnce(list)
    yield* checkParties(register)
    yield* checkWriters(register, pack)
    yield* checkSteps(register)
    for (const [at, field] of fields.entries())
      if (field.ends && (field.kind !== 'date' || fields.findIndex(({ ends }) => ends) !== at))
        yield { at: field, key: 'ends', text: sentences.ends }
    if (!steps.some(({ from }) => from.length === 0)) yield { at: register, key: 'steps', text: sentences.begins }
    for (const state of states)
      if (!steps.some(({ to }) => to === state.id))
        yield { at: state, key: 'id', text: sentences.unreachable, values: { id: state.id } }
  }
}

function* checkOnce(list: readonly { id: string }[]): Generator<Complaint> {
  const seen = new Set<string>()
  for (const each of list) {
    if (seen.has(each.id)) yield { at: each, key: 'id', text: sentences.twice, values: { id: each.id } }
    seen.add(each.id)
  }
}

function* checkParties({ parties }: Register): Generator<Complaint> {
  for (const [at, party] of parties.entries()) {
    const { is, organisation } = party
    if ((is === 'organisation') !== (organisation !== undefined))
      yield { at: party, key: 'organisation', text: sentences.organisation }
    if (is !== 'organisation' && parties.findIndex((each) => each.is === is) !== at)
      yield { at: party, key: 'is', text: sentences.many, values: { is } }
  }
}

/** What a party says stands in the log as the word of its organisation. */
function* checkWriters(register: Register, pack: Pack): Generator<Complaint> {
  const { keeper, parties, log } = register
  const writers = pack.list(logs).find(({ id }) => id === log)?.writers
  if (!writers) return
  const wrong = (at: object, key: string, organisation: string): Complaint => ({
    ...{ at, key, text: sentences.writers },
    values: { organisation, log },
  })
  if (!writers.includes(keeper)) yield wrong(register, 'keeper', keeper)
  for (const party of parties)
    if (party.organisation && !writers.includes(party.organisation))
      yield wrong(party, 'organisation', party.organisation)
}

function* checkSteps({ states, fields, parties, steps }: Register): Generator<Complaint> {
  const known = {
    states: new Set(states.map(({ id }) => id)),
    fields: new Set(fields.map(({ id }) => id)),
    parties: new Map(parties.map(({ id, is }) => [id, is])),
  }
  const unknown = (at: object, key: string, id: string, list: keyof typeof known): Complaint => ({
    ...{ at, key, text: sentences.unknown },
    values: { id, list },
  })
  for (const step of steps) {
    const { from, to, fields: asked = [], passes, when, approvals } = step
    const needs = (is: string) => approvals.every((each) => each.some(({ party }) => known.parties.get(party) === is))
    if (needs('holder') && when !== 'held') yield { at: step, key: 'approvals', text: sentences.held }
    if (passes && !needs('taker')) yield { at: step, key: 'approvals', text: sentences.taker }
    for (const id of from) if (!known.states.has(id)) yield unknown(step, 'from', id, 'states')
    if (!known.states.has(to)) yield unknown(step, 'to', to, 'states')
    for (const id of asked) if (!known.fields.has(id)) yield unknown(step, 'fields', id, 'fields')
    for (const need of approvals.flat())
      if (!known.parties.has(need.party)) yield unknown(need, 'party', need.party, 'parties')
  }
}
