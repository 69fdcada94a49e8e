import type { Draft, Filled } from '../../applying/draft.ts'
import type { Form, FormPage, Question } from '../../definitions/form.ts'

/** Whole numbers from 0 to below the end that is given, one after the other. */
type Draw = (below: number) => number
/** One made-up person: what they draw for a question depends on nothing but its name, so that other questions may come and go. */
export type MadeUpPerson = (name: string) => Draw

/** The person of a seed (FNV-1a of the name, then mulberry32): the same on every machine and in every run. */
export const madeUpPerson =
  (seed: number): MadeUpPerson =>
  (name) => {
    let state = 0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1)
    for (const mark of name) state = Math.imul(state ^ mark.codePointAt(0)!, 0x01000193)
    return (below) => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
    }
  }

/** What the conditions of a form compare with: whoever never answers it, or something beside it, never sees what stands behind. */
export type Hints = { readonly numbers: readonly number[]; readonly words: readonly string[] }
const hintsMax = 100

/** The numbers and words that are written in the conditions and calculations of a form. */
export function hintsOf({ pages, values = [], exits = [] }: Form): Hints {
  const all = [...pages.flatMap(({ when }) => when ?? []), ...exits.map(({ when }) => when)]
  const text = [...all, ...values.map(({ gives }) => gives)].join('\n')
  const words = [...text.matchAll(/"([^"\n]*)"/g)].map(([, word]) => word!)
  const numbers = text.replace(/"[^"\n]*"/g, '').matchAll(/(?<![\w.])\d{1,12}(\.\d{1,4})?(?![\w.])/g)
  return {
    numbers: [...new Set([...numbers].map(([number]) => Number(number)))].slice(0, hintsMax),
    words: [...new Set(words.filter((word) => word.trim() !== ''))].slice(0, hintsMax),
  }
}

type Answering = { readonly person: MadeUpPerson; readonly hints: Hints; readonly today: string }

/** What somebody types on pages, with all that was typed before. `today` is the day on which they do, as 2026-11-28. */
export function answerPages(draft: Draft, pages: readonly FormPage[], answering: Answering): Draft {
  const seen = [...draft.seen]
  const lists = { ...draft.lists }
  const filled: Filled[] = []
  for (const { id, repeat, questions = [] } of pages) {
    seen.push(id)
    if (!repeat) filled.push(fill(questions, '', answering))
    else {
      const things = thingsFor(repeat, answering)
      lists[repeat.name] = things
      seen.push(...things.flatMap((thing) => repeat.pages.map((part) => `${thing.id}/${part.id}`)))
    }
  }
  // Merged once: copied for each page, a long form would cost the square of its length.
  const { typed, files } = merged([draft, ...filled])
  return { ...draft, typed, files, lists, seen }
}

function thingsFor({ name, min, max, pages }: NonNullable<FormPage['repeat']>, answering: Answering) {
  const count = Math.max(min, Math.min(max, answering.person(name)(3)))
  const asked = pages.flatMap((part) => part.questions)
  return Array.from({ length: count }, (_, at) => {
    const id = `thing-${at}`
    return { id, ...fill(asked, `${name}/${id}/`, answering) }
  })
}

const merged = (all: readonly Filled[]): Filled => ({
  typed: Object.assign({}, ...all.map(({ typed }) => typed)),
  files: Object.assign({}, ...all.map(({ files }) => files)),
})

const fill = (questions: readonly Question[], prefix: string, { person, hints, today }: Answering): Filled =>
  merged(questions.map((question) => typedFor(question, person(prefix + question.id), hints, today)))

/** Something that a person could answer: not always what leads on. */
function typedFor(question: Question, draw: Draw, hints: Hints, today: string): Filled {
  const { id, kind, options = [], min, max, optional } = question
  const typed = (value: string | string[]): Filled => ({ typed: { [id]: value }, files: {} })
  if (optional && draw(4) === 0) return { typed: {}, files: {} }
  switch (kind) {
    case 'number':
    case 'money':
      return typed(numberFor(question, draw, hints))
    case 'yes-no':
      return typed(draw(2) ? 'yes' : 'no')
    case 'declaration':
      return typed('yes')
    case 'choice':
      return typed(options[draw(options.length)]?.id ?? '')
    case 'choices': {
      const chosen = options.filter(() => draw(2) === 1).map((option) => option.id)
      const least = options.slice(0, Math.max(1, min ?? 1)).map((option) => option.id)
      return typed(chosen.length >= Math.max(1, min ?? 1) ? chosen.slice(0, max ?? chosen.length) : least)
    }
    case 'date': {
      const [year, month, day] = dayFor(question, draw, today).split('-')
      return { typed: { [`${id}-year`]: year!, [`${id}-month`]: month!, [`${id}-day`]: day! }, files: {} }
    }
    case 'email':
      return typed('ada@example.org')
    case 'phone':
      return typed('2123 4567')
    case 'file': {
      const file = { id: '00000000-0000-4000-8000-000000000000', name: 'plan.pdf', type: 'application/pdf', octets: 1 }
      return { typed: {}, files: { [id]: [file] } }
    }
    default:
      return typed(wordsFor(question, draw, hints))
  }
}

function numberFor({ kind, min, max, whole }: Question, draw: Draw, hints: Hints): string {
  const from = min ?? 0
  const to = max ?? Math.max(from, 1) * 100_000
  // Limits of conditions are round, so that ends and a few between meet most of them.
  const usual = [
    from,
    to,
    from + 1,
    Math.round((from + to) / 2),
    Math.min(to, from + draw(100)),
    Math.min(to, 1 + draw(1_000_000)),
  ]
  const fits = (value: number) =>
    value >= from && value <= to && (Number.isInteger(value) || (!whole && (kind !== 'money' || hasCents(value))))
  const near = hints.numbers.flatMap((number) => [number - 1, number, number + 1]).filter(fits)
  const values = near.length > 0 && draw(2) ? near : usual
  return `${Math.max(from, values[draw(values.length)]!)}`
}
const hasCents = (value: number) => Number(value.toFixed(2)) === value

/** Within the limits, which count days from today; some twenty thousand days back or three hundred on where there are none. */
function dayFor({ min, max }: Question, draw: Draw, today: string): string {
  const from = min ?? (max !== undefined && max <= 0 ? max - 20_000 : 0)
  const to = Math.max(from, max ?? from + 300)
  const days = from + draw(to - from + 1)
  return new Date(Date.parse(`${today}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function wordsFor({ mask, max = 200 }: Question, draw: Draw, { words }: Hints): string {
  if (mask) return mask.replaceAll('A', 'K').replace(/[9*?]/g, () => `${draw(10)}`)
  const fitting = words.filter((word) => [...word].length <= max)
  if (fitting.length > 0 && draw(2)) return fitting[draw(fitting.length)]!
  return 'Quay'.slice(0, max)
}
