// Made-up people: the same each time, as many as are asked for at most, and honest about where they did not come.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { h } from 'preact'
import { loadPack } from '#pack'
import { type Language, languages, type PageContext, render, say } from '#platform'
import { modules } from '../../../../modules.ts'
import { emptyDraft } from '../../applying/draft.ts'
import { walk } from '../../applying/journey.rules.ts'
import { type CompiledForm, compileService } from '../../definitions/compile.rules.ts'
import type { FormPage, Question } from '../../definitions/form.ts'
import { type Service, services } from '../../definitions/service.ts'
import { answerPages, hintsOf, madeUpPerson } from './answers.rules.ts'
import { peopleMax, type Walks, walkMany } from './walk.rules.ts'
import { WalkTable } from './walk-table.tsx'

const today = '2026-11-28'
const definitions = modules.flatMap((module) => module.definitions ?? [])
const { pack } = await loadPack(new URL('../../../../../governments/testland', import.meta.url).pathname, definitions)
const tideGrant = pack.list(services).find(({ id }) => id === 'tide-grant')!
const compiled = (service: Service): CompiledForm => compileService(service).compiled.form!
const form = compiled(tideGrant)

const text = (en: string) => ({ en, 'zh-Hant': en })
const page = (id: string, more: Partial<Question> = {}, when?: string): FormPage => ({
  id,
  ...(when !== undefined && { when }),
  questions: [{ id: id.replaceAll('-', '_'), title: text(id), kind: 'text', ...more }],
})
const formOf = (pages: FormPage[], more: Partial<CompiledForm['form']> = {}) =>
  compiled({ ...tideGrant, apply: { ...tideGrant.apply!, form: { pages, declaration: text('True'), ...more } } })

test('the same seed gives the same people, another seed others', () => {
  const walks = walkMany(form, { people: 40, seed: 7, today })
  assert.deepEqual(walkMany(form, { people: 40, seed: 7, today }), walks)
  assert.notDeepEqual(walkMany(form, { people: 40, seed: 8, today }).people, walks.people)
  assert.deepEqual(walkMany(form, { people: 10, seed: 7, today }).people, walks.people.slice(0, 10))
})

test('totals are those of the people, and the grant is walked whole', () => {
  const walks = walkMany(form, { people: 300, seed: 1, today })
  const { people, pages, exits, sent, stuck, longest, shortest } = walks
  assert.equal(people.length, 300)
  assert.equal(stuck, 0)
  assert.equal(sent + exits.reduce((sum, exit) => sum + exit.people, 0), 300)
  for (const { id, people: count } of pages)
    assert.equal(count, people.filter((person) => person.pages.includes(id)).length, id)
  const lengths = people.filter(({ end }) => end.kind === 'sent').map((person) => person.pages.length)
  assert.deepEqual([shortest?.pages.length, longest?.pages.length], [Math.min(...lengths), Math.max(...lengths)])
  assert.ok(shortest!.pages.length < longest!.pages.length)
  assert.deepEqual([walks.unseen, walks.unmet], [[], []])
  // Whom the applicant asks walks as well: a school its principal, and nobody else.
  const theirs = form.form.pages.find(({ by }) => by === 'principal')!.id
  const asksPrincipal = people.filter((person) => person.pages.includes(theirs))
  assert.ok(asksPrincipal.length > 0 && asksPrincipal.length < sent)
  assert.ok(asksPrincipal.every((person) => person.pages.includes('school') && person.end.kind === 'sent'))
})

test('answering at once all that is asked leads the same way as page after page', () => {
  const hints = hintsOf(form.form)
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (seed) => {
      const person = madeUpPerson(seed * peopleMax)
      let draft = emptyDraft()
      let journey = walk(form, draft, { today })
      while (journey.next) {
        draft = answerPages(draft, [journey.next.page], { person, hints, today })
        journey = walk(form, draft, { today })
      }
      const [walked] = walkMany(form, { people: 1, seed, today }).people
      const own = journey.stops.map(({ page }) => page.id)
      assert.deepEqual(walked?.pages.slice(0, own.length), own)
      assert.deepEqual(walked?.end, journey.exit ? { kind: 'exit', exit: journey.exit.id } : { kind: 'sent' })
    }),
    { numRuns: 100 },
  )
})

test('a page more changes nothing of what the others are answered', () => {
  const short = formOf([page('age', { kind: 'number', max: 90 }), page('school', {}, 'age < 18')])
  const long = formOf([page('name'), page('age', { kind: 'number', max: 90 }), page('school', {}, 'age < 18')])
  const [before, after] = [short, long].map((each) => walkMany(each, { people: 100, seed: 3, today }))
  assert.deepEqual(
    after!.people.map(({ pages }) => pages.filter((id) => id !== 'name')),
    before!.people.map(({ pages }) => pages),
  )
})

test('numbers and words with which conditions compare are answered', () => {
  const walks = walkMany(
    formOf(
      [
        page('kind'),
        page('weight', { kind: 'number', max: 1_000_000 }),
        page('rare', {}, 'kind = "lighthouse"'),
        page('exact', {}, 'weight = 48151'),
      ],
      { exits: [{ id: 'heavy', when: 'weight = 162342', title: text('Heavy'), text: text('Too heavy.') }] },
    ),
    { people: 200, seed: 1, today },
  )
  assert.deepEqual([walks.unseen, walks.unmet, walks.stuck], [[], [], 0])
})

test('what nobody saw, and where nobody comes on, is told', () => {
  const never = walkMany(formOf([page('age', { kind: 'number', max: 90 }), page('old', {}, 'age > 900')]), {
    ...{ people: 100, seed: 1, today },
  })
  assert.deepEqual([never.unseen, never.sent], [['old'], 100])
  // Nothing can be chosen.
  const stuck = walkMany(formOf([page('code', { kind: 'choice', options: [] }), page('next')]), {
    ...{ people: 5, seed: 1, today },
  })
  assert.equal(stuck.stuck, 5)
  assert.equal(stuck.longest, undefined)
  const { end } = stuck.people[0]!
  assert.ok(end.kind === 'stuck' && end.page === 'code' && end.mistakes.length === 1)
})

test('days keep to their limits, and what may be left out is left out by some', () => {
  for (const [min, max] of [
    [undefined, -6570],
    [1, 30],
    [undefined, 5],
    [-10, undefined],
    [undefined, undefined],
  ] as const) {
    const day = { kind: 'date' as const, ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
    const walks = walkMany(
      formOf([page('day', day), page('note', { optional: true }), page('noted', {}, 'note != null')]),
      {
        ...{ people: 100, seed: 2, today },
      },
    )
    assert.equal(walks.sent, 100)
    const noted = walks.pages[2]!.people
    assert.ok(noted > 0 && noted < 100)
  }
})

test('people are bounded, and fewer walk through a very long form', () => {
  assert.equal(walkMany(formOf([page('name')]), { people: 10_000, seed: 1, today }).people.length, peopleMax)
  assert.equal(walkMany(formOf([page('name')]), { people: -1, seed: 1, today }).people.length, 1)
  const questions = Array.from({ length: 20 }, (_, at) => ({ id: `q_${at}`, title: text('Q'), kind: 'text' as const }))
  const long = formOf(
    Array.from({ length: 300 }, (_, at) => ({
      id: `page-${at}`,
      questions: questions.map((question) => ({ ...question, id: `p${at}_${question.id}` })),
    })),
  )
  const walked = walkMany(long, { people: 500, seed: 1, today }).people
  assert.ok(walked.length > 10 && walked.length < 200, `${walked.length}`)
  assert.ok(walked.every(({ end }) => end.kind === 'sent'))
})

const draw = (walks: Walks, language: Language) => {
  const page = { language, say: (text, values) => say(text, language, values) } as PageContext
  return render(walks, () => h('div', null, h(WalkTable, { walks })), page)
}

test('the table tells how many saw each page, how it ended for them, and what nobody met', () => {
  const walks = walkMany(
    formOf([page('age', { kind: 'number', max: 90 }), page('school', {}, 'age < 18'), page('old', {}, 'age > 900')], {
      exits: [
        { id: 'young', when: 'age < 10', title: text('Too young'), text: text('Wait.') },
        { id: 'never', when: 'age > 901', title: text('Not of this world'), text: text('Go.') },
      ],
    }),
    { people: 100, seed: 1, today },
  )
  const html = draw(walks, 'en')
  const out = walks.exits[0]!.people
  assert.ok(out > 0 && walks.sent > 0 && out + walks.sent === 100)
  assert.match(html, new RegExp(`Of 100 made-up people, ${walks.sent} could send the form and ${out} were led out`))
  assert.match(html, /Nobody saw:<\/p><ul><li>old<\/li><\/ul>/)
  assert.match(html, /Nobody was led out by:<\/p><ul><li>Not of this world<\/li><\/ul>/)
  assert.match(html, /Led out: Too young/)
  const schools = walks.pages.find(({ id }) => id === 'school')!.people
  assert.match(html, new RegExp(`<th scope="row">school</th><td class="numeric">${schools}</td>`))
  assert.match(html, /age → school/)
  for (const language of languages) assert.doesNotMatch(draw(walks, language), / style=|NaN|undefined/)
})

test('where nobody comes on, the table says what they were told; a long form has no bars', () => {
  const stuck = walkMany(formOf([page('code', { kind: 'choice', options: [] })]), { people: 5, seed: 1, today })
  assert.match(draw(stuck, 'en'), /5 came no further than “code”, where they were told:<\/p><ul><li>Choose an answer/)
  const pages = Array.from({ length: 61 }, (_, at) => page(`p-${at}`))
  assert.doesNotMatch(draw(walkMany(formOf(pages), { people: 2, seed: 1, today }), 'en'), /<svg/)
  assert.match(draw(walkMany(formOf(pages.slice(1)), { people: 2, seed: 1, today }), 'en'), /<svg/)
})
