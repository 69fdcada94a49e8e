// Where answers lead: the same wherever one began, and never nowhere.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPack } from '#pack'
import { modules } from '../../../modules.ts'
import { type CompiledForm, compileService } from '../definitions/compile.rules.ts'
import type { FormPage, Question } from '../definitions/form.ts'
import { services } from '../definitions/service.ts'
import { withOptions } from '../places/places.rules.ts'
import { type Draft, emptyDraft, type Filled } from './draft.ts'
import { recall, walk } from './journey.rules.ts'

const today = '2026-11-28'
const definitions = modules.flatMap((module) => module.definitions ?? [])
/** What officers keep beside a definition. */
const sessions = ['ebb', 'flow'].map((id) => ({
  id,
  title: { en: id, 'zh-Hant': id },
  hint: { en: '-', 'zh-Hant': '-' },
}))
const forms: [string, CompiledForm][] = []
for (const government of ['testland', 'hongkong']) {
  const { pack } = await loadPack(
    new URL(`../../../../governments/${government}`, import.meta.url).pathname,
    definitions,
  )
  for (const service of pack.list(services)) {
    const { form } = withOptions(compileService(service).compiled, sessions)
    if (form) forms.push([`${government}/${service.id}`, form])
  }
}

/** Something that a person could answer: not always what leads on. */
function typedFor(question: Question, random: (below: number) => number): Filled {
  const { id, kind, options = [], min, max } = question
  const typed = (value: string | string[]): Filled => ({ typed: { [id]: value }, files: {} })
  const number = () => {
    const from = min ?? 0
    const to = max ?? Math.max(from, 1) * 100_000
    // Limits of conditions are round, so that ends and a few between meet most of them.
    const values = [
      from,
      to,
      from + 1,
      Math.round((from + to) / 2),
      Math.min(to, from + random(100)),
      Math.min(to, 1 + random(1_000_000)),
    ]
    return `${Math.max(from, values[random(values.length)]!)}`
  }
  switch (kind) {
    case 'number':
    case 'money':
      return typed(number())
    case 'yes-no':
      return typed(random(2) ? 'yes' : 'no')
    case 'declaration':
      return typed('yes')
    case 'choice':
      return typed(options[random(options.length)]!.id)
    case 'choices': {
      const chosen = options.filter(() => random(2) === 1).map((option) => option.id)
      const least = options.slice(0, Math.max(1, min ?? 1)).map((option) => option.id)
      return typed(chosen.length >= (min ?? 1) ? chosen.slice(0, max ?? chosen.length) : least)
    }
    case 'date': {
      const days = max !== undefined && max <= 0 ? max - random(20_000) : (min ?? 0) + random(300)
      const [year, month, day] = new Date(Date.parse(`${today}T00:00Z`) + Math.max(days, min ?? -Infinity) * 86_400_000)
        .toISOString()
        .slice(0, 10)
        .split('-')
      return { typed: { [`${id}-year`]: year!, [`${id}-month`]: month!, [`${id}-day`]: day! }, files: {} }
    }
    case 'email':
      return typed('ada@example.org')
    case 'phone':
      return typed('2123 4567')
    case 'file':
      return {
        typed: {},
        files: { [id]: [{ id: crypto.randomUUID(), name: 'plan.pdf', type: 'application/pdf', octets: 1 }] },
      }
    default:
      return typed(question.mask ? question.mask.replaceAll('A', 'K').replace(/[9*?]/g, () => `${random(10)}`) : 'Quay')
  }
}
const fillFor = (questions: readonly Question[], random: (below: number) => number): Filled => {
  const all = questions.map((question) => typedFor(question, random))
  return {
    typed: Object.assign({}, ...all.map(({ typed }) => typed)),
    files: Object.assign({}, ...all.map(({ files }) => files)),
  }
}

function answer(draft: Draft, page: FormPage, random: (below: number) => number): Draft {
  const { repeat, questions = [] } = page
  const seen = [...draft.seen, page.id]
  if (!repeat) {
    const { typed, files } = fillFor(questions, random)
    return { ...draft, typed: { ...draft.typed, ...typed }, files: { ...draft.files, ...files }, seen }
  }
  const count = Math.max(repeat.min, Math.min(repeat.max, random(3)))
  const things = Array.from({ length: count }, (_, at) => ({
    id: `thing-${at}`,
    ...fillFor(
      repeat.pages.flatMap((part) => part.questions),
      random,
    ),
  }))
  const parts = things.flatMap(({ id }) => repeat.pages.map((part) => `${id}/${part.id}`))
  return { ...draft, lists: { ...draft.lists, [repeat.name]: things }, seen: [...seen, ...parts] }
}

const randomOf = (numbers: readonly number[]) => {
  let at = 0
  return (below: number) => numbers[at++ % numbers.length]! % below
}
const anyNumbers = fc.array(fc.nat(), { minLength: 40, maxLength: 40 })

/** Answers page after page until nothing is left to answer. */
function complete(form: CompiledForm, random: (below: number) => number): Draft {
  let draft = emptyDraft()
  for (let steps = 0; steps <= form.pages.length; steps += 1) {
    const { next } = walk(form, draft, { today })
    if (!next) return draft
    assert.notEqual(next.state, 'wrong', `${next.page.id}: ${JSON.stringify(next.mistakes)}`)
    draft = answer(draft, next.page, random)
  }
  throw new Error(
    `After as many answers as there are pages, ${walk(form, draft, { today }).next?.page.id} is still asked`,
  )
}

for (const [name, form] of forms) {
  test(`${name}: whatever a person answers, the form ends`, () => {
    let exits = 0
    let sent = 0
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        const { exit, stops, answers, values } = walk(form, complete(form, randomOf(numbers)), { today })
        if (exit) {
          exits += 1
          return
        }
        sent += 1
        assert.ok(stops.every(({ state }) => state === 'done'))
        // What is frozen is understood again as it was sent.
        const again = recall(form, answers, today)
        const own = form.pages.filter(({ page }) => page.by === undefined).map(({ page }) => page.id)
        assert.deepEqual(
          again.pages.map(({ id }) => id).filter((id) => own.includes(id)),
          stops.map(({ page }) => page.id),
        )
        assert.deepEqual(again.values, values)
      }),
      { numRuns: 300 },
    )
    assert.ok(sent > 0, 'nobody could send it')
    assert.equal(exits > 0, form.exits.length > 0, 'ways out are met')
  })

  test(`${name}: the order in which pages were answered changes nothing`, () => {
    fc.assert(
      fc.property(anyNumbers, fc.infiniteStream(fc.nat()), (numbers, order) => {
        const whole = complete(form, randomOf(numbers))
        const shuffled = <Item>(items: readonly Item[]) =>
          items
            .map((item) => [order.next().value as number, item] as const)
            .sort(([one], [other]) => one - other)
            .map(([, item]) => item)
        const turned: Draft = {
          ...whole,
          typed: Object.fromEntries(shuffled(Object.entries(whole.typed))),
          lists: Object.fromEntries(shuffled(Object.entries(whole.lists))),
          seen: shuffled(whole.seen),
        }
        assert.deepEqual(walk(form, turned, { today }), walk(form, whole, { today }))
      }),
      { numRuns: 100 },
    )
  })

  test(`${name}: what was typed off the way counts for nothing`, () => {
    fc.assert(
      fc.property(anyNumbers, anyNumbers, (numbers, others) => {
        const whole = complete(form, randomOf(numbers))
        const { stops, answers, exit } = walk(form, whole, { today })
        const on = new Set(stops.map(({ page }) => page.id))
        const random = randomOf(others)
        const off = form.pages
          .filter(({ page }) => !on.has(page.id))
          .reduce((draft, { page }) => answer(draft, page, random), whole)
        const again = walk(form, off, { today })
        assert.deepEqual([again.answers, again.exit?.id, again.stops.length], [answers, exit?.id, stops.length])
      }),
      { numRuns: 100 },
    )
  })
}
