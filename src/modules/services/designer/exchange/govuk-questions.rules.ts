import type { Text } from '#platform'
import type { Option, Question } from '../../definitions/form.ts'
import { fieldIn, isTrue, type Json, listIn, type Step, wordsIn } from './govuk-document.rules.ts'
import { parts, whats, words } from './govuk-words.ts'
import { type At, cutTo, type NamesGiven, type Notes, optionIds } from './imported.ts'

export type Reading = { readonly notes: Notes; readonly names: NamesGiven }

/** The questions of a step: one, or the parts of a name; `options` for routes, `other` where “None of the above” asks on. */
export type Asked = {
  readonly questions: readonly Question[]
  readonly options?: ReadonlyMap<string, string>
  readonly other?: { readonly title: string; readonly optional: boolean }
}

const lineMax = 499
const linesMax = 4999
const optionsMax = 300
export const noneId = 'none-of-the-above'

/** The same words in both languages, until they are translated. */
export function textIn(notes: Notes, at: At, what: Text, value: unknown, max: number): Text | undefined {
  const found = wordsIn(value)
  if (found === '') return undefined
  const kept = cutTo(notes, at, what, found, max)
  return { en: kept, 'zh-Hant': kept }
}

/** The question of a step; undefined, with a note, where there is no such question here. */
export function questionsOf({ notes, names }: Reading, { asks, line }: Step): Asked | undefined {
  const at = { line }
  const kind = wordsIn(asks.answer_type)
  if (kind === '') {
    notes.add(at, words.noQuestion)
    return undefined
  }
  const title = textIn(notes, at, whats.question, asks.question_text, 200) ?? untitled(notes, at, asks)
  const hint = textIn(notes, at, whats.hint, asks.hint_text, 400)
  const base = (id = names.answer(title.en)) => ({
    id,
    title,
    ...(hint && { hint }),
    ...(isTrue(asks.is_optional) && { optional: true }),
  })
  const settings = asks.answer_settings
  if (kind === 'selection') return selection(notes, at, base(), asks)
  if (kind === 'name' && wordsIn(fieldIn(settings, 'input_type')).startsWith('first_'))
    return { questions: partsOfName(names, title, hint, asks) }
  const plain = plainKindOf(kind, settings)
  if (!plain) {
    notes.add(at, words.kind, { kind, title: title.en })
    return undefined
  }
  if (kind === 'address') notes.add(at, words.address)
  if (kind === 'name' && isTrue(fieldIn(settings, 'title_needed')))
    return { questions: [titleQuestion(names), { ...base(), ...plain }] }
  return { questions: [{ ...base(), ...plain }] }
}

function untitled(notes: Notes, at: At, asks: Json): Text {
  const title = wordsIn(asks.page_heading) || `Question ${at.line}`
  notes.add(at, words.untitled, { title: title.slice(0, 200) })
  const kept = title.slice(0, 200).trim()
  return { en: kept, 'zh-Hant': kept }
}

type Kind = Pick<Question, 'kind'> & Partial<Question>

function plainKindOf(kind: string, settings: unknown): Kind | undefined {
  const input = wordsIn(fieldIn(settings, 'input_type'))
  switch (kind) {
    case 'text':
      return input === 'long_text' ? { kind: 'long-text', max: linesMax } : { kind: 'text', max: lineMax }
    case 'number':
      return { kind: 'number' }
    case 'email':
      return { kind: 'email', purpose: 'email' }
    case 'phone_number':
      return { kind: 'phone', purpose: 'tel' }
    case 'address':
      return { kind: 'long-text', max: lineMax, purpose: 'street-address' }
    case 'date':
      return input === 'date_of_birth' ? { kind: 'date', max: 0, purpose: 'bday' } : { kind: 'date' }
    case 'national_insurance_number':
      return { kind: 'text', mask: 'AA999999A', example: 'QQ123456C' }
    case 'name':
      return { kind: 'text', max: lineMax, purpose: 'name' }
    case 'organisation_name':
      return { kind: 'text', max: lineMax, purpose: 'organization' }
    case 'file':
      return { kind: 'file', files: ['pdf', 'image', 'document', 'sheet'], max: 1 }
    default:
      return undefined
  }
}

const titleQuestion = (names: NamesGiven): Question => ({
  id: names.answer('Title of the person'),
  title: parts.title,
  kind: 'text',
  max: lineMax,
  optional: true,
})

/** A name that is asked in parts. */
function partsOfName(names: NamesGiven, title: Text, hint: Text | undefined, asks: Json): Question[] {
  const { answer_settings: settings, is_optional: optional } = asks
  const middle = wordsIn(fieldIn(settings, 'input_type')) === 'first_middle_and_last_name'
  const part = (of: 'first' | 'middle' | 'last'): Question => ({
    id: names.answer(`${parts[of].en} ${title.en}`),
    title: parts[of],
    ...(hint && of === 'first' && { hint }),
    kind: 'text',
    max: lineMax,
    ...((isTrue(optional) || of === 'middle') && { optional: true }),
  })
  return [
    ...(isTrue(fieldIn(settings, 'title_needed')) ? [titleQuestion(names)] : []),
    part('first'),
    ...(middle ? [part('middle')] : []),
    part('last'),
  ]
}

function selection(
  notes: Notes,
  at: At,
  base: Omit<Question, 'kind'>,
  { answer_settings: settings, is_optional: optional }: Json,
): Asked {
  const single = isTrue(fieldIn(settings, 'only_one_option'))
  const found = listIn(fieldIn(settings, 'selection_options')).flatMap((each) => {
    const title = wordsIn(each.name) || wordsIn(each.value)
    return title ? [{ title, value: wordsIn(each.value) || title }] : []
  })
  const ids = optionIds(found.map(({ value }) => value))
  const options: Option[] = [...new Map(found.map((each) => [each.value, each])).values()].map(({ title, value }) => ({
    id: ids.get(value)!,
    title: textIn(notes, at, whats.option, title, 200)!,
  }))
  // That it may be left out shows as an option of its own there.
  const none = isTrue(optional) && !options.some(({ id }) => id === noneId)
  if (none) options.push({ id: noneId, title: parts.none })
  if (none && !single) notes.add(at, words.noneBeside)
  const { optional: _, ...question } = base
  if (options.length < 2 || options.length > optionsMax) {
    if (options.length < 2)
      notes.add(at, words.fewOptions, { options: options.map(({ title }) => title.en).join(', ') })
    else notes.add(at, words.manyOptions, { max: optionsMax })
    return { questions: [{ ...base, kind: 'text', max: lineMax }] }
  }
  const other = none ? fieldIn(settings, 'none_of_the_above_question') : undefined
  const title = wordsIn(fieldIn(other, 'question_text'))
  return {
    questions: [{ ...question, kind: single ? 'choice' : 'choices', options }],
    ...(single && { options: new Map([...ids, ...(none ? noneNames : [])]) }),
    ...(title && single && { other: { title, optional: isTrue(fieldIn(other, 'is_optional')) } }),
  }
}

/** How a route names the option that stands for leaving it out. */
const noneNames: readonly (readonly [string, string])[] = ['none_of_the_above', parts.none.en].map((each) => [
  each,
  noneId,
])
