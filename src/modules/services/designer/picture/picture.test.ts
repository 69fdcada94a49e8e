// The picture of a case: nothing stands on anything else, and the table says all that is drawn.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { h } from 'preact'
import { loadPack } from '#pack'
import { type Language, languages, type PageContext, render, say } from '#platform'
import { modules } from '../../../../modules.ts'
import { services } from '../../definitions/service.ts'
import { type Pictured, picturedOf } from './draft.rules.ts'
import { type Arrow, layOut } from './layout.rules.ts'
import { drawCase, widthOf, wrap } from './picture.rules.ts'
import { CasePicture } from './picture.tsx'

const definitions = modules.flatMap((module) => module.definitions ?? [])
const cases: [string, Pictured][] = []
for (const government of ['testland', 'hongkong']) {
  const folder = new URL(`../../../../../governments/${government}`, import.meta.url).pathname
  const { pack } = await loadPack(folder, definitions)
  for (const { id, apply } of pack.list(services)) if (apply) cases.push([`${government}/${id}`, apply.case])
}

const state = (id: string) => ({ id, title: id })
const step = (title: string, from: string[], to: string) => ({ title, from, to })
type Rectangle = { x: number; y: number; width: number; height: number }
const overlap = (one: Rectangle, other: Rectangle) =>
  Math.abs(one.x - other.x) < (one.width + other.width) / 2 - 0.01 &&
  Math.abs(one.y - other.y) < (one.height + other.height) / 2 - 0.01

const anyGraph = fc.integer({ min: 2, max: 9 }).chain((count) =>
  fc.record({
    boxes: fc.array(fc.record({ width: fc.integer({ min: 90, max: 220 }), height: fc.integer({ min: 40, max: 90 }) }), {
      ...{ minLength: count, maxLength: count },
    }),
    pairs: fc.uniqueArray(
      fc
        .tuple(fc.nat(count - 1), fc.nat(count - 1), fc.integer({ min: 10, max: 150 }))
        .filter(([from, to]) => from !== to),
      { maxLength: 24, selector: ([from, to]) => `${from} ${to}` },
    ),
  }),
)

test('whatever the steps, boxes and words stand apart, arrows join what they name, and those back are told', () => {
  fc.assert(
    fc.property(anyGraph, ({ boxes: sizes, pairs }) => {
      const boxes = sizes.map((size, at) => ({ id: `${at}`, ...size }))
      const arrows = pairs.map(([from, to, width]): Arrow => ({ from: `${from}`, to: `${to}`, width, height: 20 }))
      const { width, height, ...placed } = layOut(boxes, arrows, '0')
      const rectangles: Rectangle[] = [
        ...placed.boxes.map(({ x, y }, at) => ({ x, y: y + sizes[at]!.height / 2, ...sizes[at]! })),
        ...placed.arrows.map(({ x, y }, at) => ({ x, y, width: arrows[at]!.width, height: 20 })),
      ]
      for (const [at, one] of rectangles.entries()) {
        assert.ok(rectangles.slice(at + 1).every((other) => !overlap(one, other)))
        assert.ok(one.x - one.width / 2 > -0.01 && one.x + one.width / 2 < width + 0.01)
        assert.ok(one.y - one.height / 2 > -0.01 && one.y + one.height / 2 < height + 0.01)
      }
      const boxOf = new Map(placed.boxes.map((box, at) => [box.id, { ...box, ...sizes[at]! }]))
      for (const [at, { lines, isBack }] of placed.arrows.entries()) {
        const [from, to] = [boxOf.get(arrows[at]!.from)!, boxOf.get(arrows[at]!.to)!]
        const [startX, startY] = lines[0][0]!
        const [endX, endY] = lines[1].at(-1)!
        assert.ok(Math.abs(startX - from.x) < from.width / 2 && Math.abs(endX - to.x) < to.width / 2)
        assert.equal(isBack, from.row > to.row)
        assert.notEqual(from.row, to.row)
        assert.deepEqual([startY, endY], isBack ? [from.y, to.y + to.height] : [from.y + from.height, to.y])
      }
    }),
    { numRuns: 200 },
  )
})

test('rows are the longest distance from the beginning, without the arrows that lead back', () => {
  const boxes = ['a', 'b', 'c', 'd'].map((id) => ({ id, width: 100, height: 40 }))
  const arrows = ['ab', 'bc', 'ac', 'cd', 'da', 'cb'].map(([from, to]) => ({
    ...{ from: from!, to: to!, width: 50, height: 20 },
  }))
  const { boxes: placed, arrows: drawn } = layOut(boxes, arrows, 'a')
  assert.deepEqual(
    placed.map(({ row }) => row),
    [0, 1, 2, 3],
  )
  assert.deepEqual(
    drawn.map(({ isBack }) => isBack),
    [false, false, false, false, true, true],
  )
})

test('lines that need not cross do not', () => {
  const boxes = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, width: 100, height: 40 }))
  const arrows = ['ab', 'ac', 'ce', 'bd'].map(([from, to]) => ({ from: from!, to: to!, width: 50, height: 20 }))
  const { boxes: placed } = layOut([boxes[0]!, boxes[1]!, boxes[2]!, boxes[4]!, boxes[3]!], arrows, 'a')
  const x = new Map(placed.map((box) => [box.id, box.x]))
  assert.equal(x.get('b')! < x.get('c')!, x.get('d')! < x.get('e')!)
})

test('steps between the same states share an arrow, and one that leads to its own state stands inside', () => {
  const picture = drawCase(
    {
      begins: 'a',
      states: ['a', 'b', 'lost'].map(state),
      steps: [step('Grant', ['a'], 'b'), step('Grant a part', ['a'], 'b'), step('Remind', ['a'], 'a')],
    },
    'en',
  )!
  assert.deepEqual(
    picture.arrows.map(({ lines }) => lines.map(({ text }) => text)),
    [['Grant', 'Grant a part']],
  )
  const [a, b, lost] = picture.states
  assert.deepEqual([a!.loops.length, a!.lines.map(({ text }) => text)], [1, ['a', 'Remind']])
  assert.deepEqual([a!.isReached, b!.isReached, lost!.isReached], [true, true, false])
})

test('a draft is drawn as far as it goes, and too much is not drawn', () => {
  const draft = { begins: 'gone', states: [state('a'), state('a')], steps: [step('Go', ['a', 'x'], 'y')] }
  const picture = drawCase(draft, 'en')!
  assert.deepEqual([picture.states.length, picture.arrows.length, picture.begin], [1, 0, undefined])
  assert.equal(drawCase({ begins: 'a', states: [], steps: [] }, 'en'), undefined)
  const names = Array.from({ length: 30 }, (_, at) => `s${at}`)
  const every = names.map((to) => step(`To ${to}`, names, to))
  assert.equal(drawCase({ begins: 's0', states: names.map(state), steps: every }, 'en'), undefined)
})

test('words break between words, and no mark begins a line', () => {
  assert.deepEqual(wrap('Waiting for documents from the applicant', 16, 170, 'en'), [
    'Waiting for documents',
    'from the applicant',
  ])
  for (const text of [
    '未有方案，結束徵集，並通知各政策局及部門（如有）',
    'A proof-of-concept (first), then “the rest”, or none',
  ])
    for (let max = 40; max < 300; max += 10) {
      const lines = wrap(text, 15, max, text.startsWith('A') ? 'en' : 'zh-Hant')
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
      assert.ok(
        lines.every((line) => !/^[，。）」”),.]|[（「“(]$/u.test(line)),
        lines.join(' | '),
      )
    }
  assert.ok(widthOf('海', 16) > widthOf('m', 16) && widthOf('m', 16) > widthOf('i', 16))
})

const pageIn = (language: Language) => ({ language, say: (text, values) => say(text, language, values) }) as PageContext
const draw = (definition: Pictured, language: Language) =>
  render(definition, () => h('div', null, h(CasePicture, { definition })), pageIn(language))

for (const [name, definition] of cases)
  test(`${name} is drawn with a name, in the colours of the theme, and the table has every step`, () => {
    for (const language of languages) {
      const html = draw(definition, language)
      const [svg] = /<svg.*<\/svg>/s.exec(html) ?? []
      assert.match(svg!, /^<svg role="img" aria-label="[^"]{20,}"/)
      assert.doesNotMatch(html, / style=|<style|NaN|undefined/)
      assert.doesNotMatch(svg!, /(fill|stroke)="(?!none|var\(--)/)
      const table = html.slice(html.indexOf('<table'))
      const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => row!)
      const titleOf = new Map(definition.states.map(({ id, title }) => [id, say(title, language)]))
      for (const step of definition.steps)
        for (const from of step.from) {
          const wanted = [titleOf.get(from)!, say(step.title, language), titleOf.get(step.to)!]
          assert.ok(
            rows.some((row) => wanted.every((each) => row.includes(each))),
            wanted.join(', '),
          )
        }
    }
  })

test('where there is too much for a picture, that is said and the table has it', () => {
  const text = (en: string) => ({ en, 'zh-Hant': en })
  const names = Array.from({ length: 20 }, (_, at) => `s${at}`)
  const html = draw(
    {
      ...{ begins: 's0', roles: [] },
      states: names.map((id) => ({ id, title: text(id), next: text(id) })),
      steps: names.map((to) => ({ id: to, title: text(`To ${to}`), done: text(to), from: names, to, by: ['officer'] })),
    },
    'en',
  )
  assert.doesNotMatch(html, /<svg/)
  assert.match(html, /too many steps for a picture/)
  assert.equal(html.match(/<tr>/g)?.length, 20 * 20 + 1)
})

test('whatever was typed of a case is drawn, and a whole one as it is', () => {
  for (const [, definition] of cases) assert.equal(draw(picturedOf(definition), 'en'), draw(definition, 'en'))
  const name = fc.oneof(fc.constantFrom('a', 'b', 'c', ''), fc.anything())
  const text = fc.oneof(fc.record({ en: name, 'zh-Hant': name }), fc.anything())
  const clock = fc.record({ days: fc.oneof(fc.nat(), fc.anything()), count: fc.oneof(fc.constant('working'), name) })
  const anyState = fc.record({ id: name, title: text, clock, ends: fc.oneof(fc.constantFrom('granted', 'done'), name) })
  const anyStep = fc.record({ id: name, title: text, from: fc.array(name), to: name, by: fc.array(name) })
  const anyCase = fc.record({
    ...{ begins: name, roles: fc.anything() },
    ...{ states: fc.oneof(fc.array(anyState), fc.anything()), steps: fc.oneof(fc.array(anyStep), fc.anything()) },
  })
  fc.assert(
    fc.property(fc.oneof(anyCase, fc.anything()), (draft) => {
      for (const language of languages) assert.match(draw(picturedOf(draft), language), /<table/)
    }),
    { numRuns: 200 },
  )
  const { states } = picturedOf({ states: [{ id: 'a', title: { 'zh-Hant': '已收到' } }, { id: 'b' }, { title: {} }] })
  assert.deepEqual(
    states.map(({ title }) => title),
    [
      { en: '已收到', 'zh-Hant': '已收到' },
      { en: 'b', 'zh-Hant': 'b' },
    ],
  )
})
