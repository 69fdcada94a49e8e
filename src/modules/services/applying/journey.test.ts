// Where answers lead: the same wherever one began, and never nowhere.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPack } from '#pack'
import { modules } from '../../../modules.ts'
import { type CompiledForm, compileService } from '../definitions/compile.rules.ts'
import { services } from '../definitions/service.ts'
import { answerPages, hintsOf, type MadeUpPerson, madeUpPerson } from '../designer/walk/answers.rules.ts'
import { withOptions } from '../places/places.rules.ts'
import { type Draft, emptyDraft } from './draft.ts'
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

const anySeed = fc.nat()

/** Answers page after page until nothing is left to answer. */
function complete(form: CompiledForm, person: MadeUpPerson): Draft {
  const hints = hintsOf(form.form)
  let draft = emptyDraft()
  for (let steps = 0; steps <= form.pages.length; steps += 1) {
    const { next } = walk(form, draft, { today })
    if (!next) return draft
    assert.notEqual(next.state, 'wrong', `${next.page.id}: ${JSON.stringify(next.mistakes)}`)
    draft = answerPages(draft, [next.page], { person, hints, today })
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
      fc.property(anySeed, (seed) => {
        const { exit, stops, answers, values } = walk(form, complete(form, madeUpPerson(seed)), { today })
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
      fc.property(anySeed, fc.infiniteStream(fc.nat()), (seed, order) => {
        const whole = complete(form, madeUpPerson(seed))
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
      fc.property(anySeed, anySeed, (seed, otherSeed) => {
        const whole = complete(form, madeUpPerson(seed))
        const { stops, answers, exit } = walk(form, whole, { today })
        const on = new Set(stops.map(({ page }) => page.id))
        const [person, hints] = [madeUpPerson(otherSeed), hintsOf(form.form)]
        const off = form.pages
          .filter(({ page }) => !on.has(page.id))
          .reduce((draft, { page }) => answerPages(draft, [page], { person, hints, today }), whole)
        const again = walk(form, off, { today })
        assert.deepEqual([again.answers, again.exit?.id, again.stops.length], [answers, exit?.id, stops.length])
      }),
      { numRuns: 100 },
    )
  })
}
