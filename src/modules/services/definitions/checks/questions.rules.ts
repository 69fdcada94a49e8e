import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import { letterMax, matchMask } from '../../applying/read.rules.ts'
import type { Question, QuestionKind } from '../form.ts'
import { checkOnce } from './names.rules.ts'

const sentences = texts({
  notOfKind: {
    en: 'A question of the kind {kind} has no “{field}”. Take it out, or ask in another kind.',
    'zh-Hant': '{kind} 類的問題沒有「{field}」。請刪去，或改用另一類問題。',
  },
  needed: {
    en: 'A question of the kind {kind} needs “{field}”. Write it.',
    'zh-Hant': '{kind} 類的問題須有「{field}」，請補上。',
  },
  turned: {
    en: 'The smallest, {min}, is more than the largest, {max}. Turn them round.',
    'zh-Hant': '下限 {min} 大於上限 {max}，請對調。',
  },
  whole: {
    en: '“{field}” counts here. Write a whole number.',
    'zh-Hant': '「{field}」在此是數目，請寫整數。',
  },
  beyond: {
    en: '“{field}” is from {least} to {most} here. Write a number between them.',
    'zh-Hant': '「{field}」在此須為 {least} 至 {most}，請改在其間。',
  },
  cents: {
    en: 'Money has two decimal places at most. Write {field} with no more.',
    'zh-Hant': '款額最多兩個小數位，請照此填寫「{field}」。',
  },
  example: {
    en: 'The example “{example}” is no answer that the form takes. Write one that fits “{field}”: {limit}.',
    'zh-Hant': '表格不會接受例子「{example}」。請寫符合「{field}」（{limit}）的例子。',
  },
  sameOption: {
    en: 'Two options read “{title}”. Write what tells them apart.',
    'zh-Hant': '有兩個選項都寫作「{title}」。請寫明分別。',
  },
})

const choosing = ['choice', 'choices'] as const

/** Which kinds of question have what; a field that is not here is everybody’s. */
// biome-ignore format: matrix
export const kindsWith: { readonly [Field in keyof Question]?: readonly QuestionKind[] } = {
  min:     ['number', 'money', 'date', 'choices'],
  max:     ['text', 'long-text', 'number', 'money', 'date', 'choices', 'file'],
  whole:   ['number'],
  unit:    ['number'],
  mask:    ['text'],
  example: ['text'],
  options: [...choosing],
  files:   ['file'],
  purpose: ['text', 'long-text', 'email', 'phone', 'date'],
  prefill: ['text', 'long-text', 'number', 'money', 'date', 'choice', 'email', 'phone'],
  listed:  ['text', 'number', 'money', 'date', 'yes-no', 'choice', 'choices', 'email', 'phone'],
}

/** Units of the currency: what a number of JSON still holds to the cent. */
const moneyMax = 1_000_000_000_000
/** Characters of an answer, as the shape of answers has it. */
const charactersMax = 10_000
const filesMax = 20
const daysMax = 55_000

/**
 * What a question of its kind may have and needs, and that its limits leave something to answer. `optionsElsewhere` is for one whose
 * options officers keep.
 */
export function* checkQuestion(question: Question, optionsElsewhere = false): Generator<Complaint> {
  const { kind, options, min, max } = question
  for (const [field, kinds] of Object.entries(kindsWith))
    if (question[field as keyof Question] !== undefined && !kinds.includes(kind))
      yield { at: question, key: field, text: sentences.notOfKind, values: { kind, field } }
  if (choosing.some((each) => each === kind) && !options && !optionsElsewhere) yield missing(question, 'options')
  if (kind === 'file' && !question.files) yield missing(question, 'files')
  if (options) yield* checkOptions(options)
  yield* checkExample(question)
  if (min !== undefined) yield* checkLimit(question, 'min', min)
  if (max !== undefined) yield* checkLimit(question, 'max', max)
  if (min !== undefined && max !== undefined && min > max && kindsWith.min!.includes(kind))
    yield { at: question, key: 'min', text: sentences.turned, values: { min, max } }
}

/** An example is shown to people as an answer that counts. */
function* checkExample(question: Question): Generator<Complaint> {
  const { kind, example, mask } = question
  if (kind !== 'text' || example === undefined) return
  const complain = (field: string, limit: string | number): Complaint => ({
    ...{ at: question, key: 'example', text: sentences.example },
    values: { example, field, limit },
  })
  if (mask && matchMask(mask, example) === undefined) yield complain('mask', mask)
  else if (!mask && [...example].length > letterMax(question)) yield complain('max', letterMax(question))
}

const missing = (question: Question, field: string): Complaint => ({
  at: question,
  text: sentences.needed,
  values: { kind: question.kind, field },
})

function* checkOptions(options: NonNullable<Question['options']>): Generator<Complaint> {
  yield* checkOnce(options)
  for (const language of ['en', 'zh-Hant'] as const) {
    const seen = new Set<string>()
    for (const { title } of options) {
      if (seen.has(title[language]))
        yield { at: title, key: language, text: sentences.sameOption, values: { title: title[language] } }
      seen.add(title[language])
    }
  }
}

/** What a limit may be, for kinds in which it counts something or has an end. */
function rangeOf({ kind, options = [], whole }: Question, field: 'min' | 'max') {
  const least = field === 'min' ? 0 : 1
  switch (kind) {
    case 'text':
    case 'long-text':
      return { counts: true, least: 1, most: charactersMax }
    case 'choices':
      return { counts: true, least, most: options.length }
    case 'file':
      return { counts: true, least: 1, most: filesMax }
    case 'date':
      return { counts: true, least: -daysMax, most: daysMax }
    case 'money':
      return { counts: false, least: 0, most: moneyMax }
    case 'number':
      return { counts: whole === true, least: -moneyMax, most: moneyMax }
    default:
      return undefined
  }
}

function* checkLimit(question: Question, field: 'min' | 'max', limit: number): Generator<Complaint> {
  const range = rangeOf(question, field)
  if (!range || !kindsWith[field]!.includes(question.kind)) return
  const { counts, least, most } = range
  const complain = (text: Text): Complaint => ({ at: question, key: field, text, values: { field, least, most } })
  if (counts && !Number.isInteger(limit)) yield complain(sentences.whole)
  else if (limit < least || limit > most) yield complain(sentences.beyond)
  else if (question.kind === 'money' && Math.round(limit * 100) / 100 !== limit) yield complain(sentences.cents)
}
