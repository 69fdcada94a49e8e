import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simplify } from '#platform'
import { imported, realBytes, withoutRealText } from '../testing/texts.ts'
import { changeSentence } from './amounts.ts'
import { checkAcrossYears, checkDocument, toReport } from './check.ts'

const skip = withoutRealText
const document = skip ? undefined : imported(realBytes())
const check = document && checkDocument(document)
const outcomeOf = (id: string) =>
  check!.identities.find((identity) => identity.id === id)?.outcome ?? `no identity ${id}`

const years = ['2021-22.actual', '2022-23.original', '2022-23.revised', '2023-24.estimate'] as const
const three = years.slice(0, 3)
const comparisons = [
  '2022-23.revised~2022-23.original',
  '2023-24.estimate~2022-23.revised',
  '2023-24.estimate~2022-23.original',
] as const
const grown = comparisons[1]
const programmes = [1, 2, 3] as const

/**
 * The identities that were found by hand before the checker existed, by their numbers. 29-32 and 33-40 compare four
 * columns of which one was lost in the subhead table: there the exact amount of the notes stands for it.
 */
// biome-ignore format: matrix
const byHand: Record<string, string[]> = {
  '1-4   programmes add up to the Head':      years.map((year) => `sum/analysis/head/${year}`),
  '5-7   rates of programme 1':               comparisons.map((one) => `rate/programme/programme:1/${one}`),
  '8-10  rates of programme 2':               comparisons.map((one) => `rate/programme/programme:2/${one}`),
  '11-13 rates of programme 3':               comparisons.map((one) => `rate/programme/programme:3/${one}`),
  '14-16 rates of the Head':                  comparisons.map((one) => `rate/analysis/head/${one}`),
  '17-19 amounts in prose':                   programmes.map((n) => `change/prose/programme:${n}/${grown}`),
  '20-22 rates in prose':                     programmes.map((n) => `same/programme:${n}/provision-rate/${grown}/prose~programme`),
  '23-25 subheads make the operating account': three.map((year) => `sum/subheads/account:operating/${year}`),
  '26-28 accounts make the total':            three.map((year) => `sum/subheads/head/${year}`),
  '29-31 millions are rounded thousands':     three.map((year) => `same/head/provision/${year}/analysis~subheads`),
  '32    and so in the lost column':          ['same/head/provision/2023-24.estimate/analysis~notes'],
  '33-36 the breakdown adds up':              years.map((year) => `sum/breakdown.000/subhead:000/${year}`),
  '37-39 to subhead 000':                     three.map((year) => `same/subhead:000/provision/${year}/breakdown~subheads`),
  '40    and so in the lost column':          ['same/subhead:000/provision/2023-24.estimate/notes~breakdown'],
  '41-42 changes in the notes':               [`change/notes/head/${grown}`, 'change/notes/head/2023-24.estimate~2021-22.actual'],
  '43-44 the cover':                          ['same/head/provision/2023-24.estimate/cover~notes', 'same/head/provision/2023-24.estimate/cover~analysis'],
  '45-47 each commitment':                    [801, 802, 894].map((item) => `commitment/commitment:${item}/2023-24`),
  '48-51 commitments add up':                 ['approved/2023-24.estimate', 'accumulated/2022-03-31.accumulated', 'revised-spending/2022-23.revised', 'balance/2023-24.estimate'].map((column) => `sum/commitments/commitments/${column}`),
  '52    and so does their total':            ['commitment/commitments/2023-24'],
  '53    spending is subhead 700':            ['spending/subhead:700/2022-23.revised'],
  '54    the balance on the cover':           ['same/commitments/balance/2023-24.estimate/cover~commitments'],
  '55    the footnote':                       ['supplement/commitment:894/2023-24'],
  '56-58 posts':                              ['posts/head/posts/2024-03-31/change', 'posts/head/all-posts/2023-03-31', 'posts/programmes/all-posts-change/2024-03-31'],
  '59    the ceiling of salaries':            ['same/head/salary-ceiling/2023-24.estimate/cover~notes'],
  '60    subhead 700 within the balances':    ['bound/subhead:700/2023-24.estimate/balance'],
  '61    work outsourced within work done':   ['2021-22.actual', '2022-23.revised', '2023-24.estimate'].map((year) => `bound/indicators.1/indicator:1.7/indicator/${year}`),
}

for (const [name, ids] of Object.entries(byHand))
  test(`the identity found by hand is generated, and holds: ${name}`, { skip }, () => {
    for (const id of ids) assert.equal(outcomeOf(id), 'holds', id)
  })

test('the 61 identities found by hand are all there, and more', { skip }, () => {
  const last = Object.keys(byHand).at(-1)!.match(/\d+/)![0]
  // Number 61 is one line of the list for three columns.
  assert.deepEqual([last, Object.values(byHand).flat().length], ['61', 61 + 2])
  assert.equal(document!.footnotes.find(({ mark }) => mark === '#')?.subjects.join(), 'commitment:802')
})

test('the real text holds: no identity fails, and only those that recovered the lost column prove nothing', {
  skip,
}, () => {
  const report = toReport(document!, check!, 'zh-Hant')
  assert.deepEqual([report.holds, report.fails.length, report.derived.length], [96, 0, 9])
  const unknown = check!.identities.filter(({ outcome }) => outcome === 'unknown')
  assert.deepEqual(new Set(unknown.map(({ reason }) => reason)), new Set(['defines']))
  assert.ok(unknown.every(({ id }) => id.includes('2023-24.estimate')))
  assert.equal(unknown.length, 8)
})

// biome-ignore format: matrix
const lastColumn = [
  ['subhead:000',         'derived',  1357294],
  ['group:recurrent',     'derived',  1357294],
  ['subhead:700',         'inferred',  452530],
  ['group:non-recurrent', 'inferred',  452530],
  ['account:operating',   'inferred', 1809824],
  ['subhead:plant.1',     'inferred',       0],
  ['group:plant',         'inferred',       0],
  ['account:capital',     'inferred',       0],
  ['head',                'derived',  1809824],
] as const

test('the lost column of the subhead table comes back, and says how sure it is', { skip }, () => {
  const lost = check!.cells.filter(({ status }) => status !== 'printed')
  assert.deepEqual(
    lost.map(({ subject, status, steps }) => [subject, status, steps]),
    lastColumn,
  )
  const general = lost.find(({ subject }) => subject === 'subhead:700')!
  for (const id of [
    'same/head/provision/2023-24.estimate/subheads~notes',
    'same/subhead:000/provision/2023-24.estimate/subheads~breakdown',
    'nil/subheads/subhead:plant.1/provision/2023-24.estimate',
  ])
    assert.ok(general.because.includes(id), id)
})

test('without the notes’ total nothing is certain, and the rounded total gives the limits', { skip }, () => {
  const cells = document!.cells.filter(({ id }) => id !== 'notes/head/provision/2023-24.estimate')
  const without = checkDocument({ ...document!, cells })
  // The two changes in the notes still lead from the revised and the actual total to the estimate, so they must go too.
  const total = without.cells.find(({ id }) => id === 'subheads/head/provision/2023-24.estimate')
  assert.deepEqual([total?.status, total?.steps], ['derived', 1809824])
  const blind = checkDocument({
    ...document!,
    cells: cells.filter(({ id }) => !id.startsWith('notes/head/provision-change')),
  })
  const range = blind.ranges.find(({ cell }) => cell === 'subheads/head/provision/2023-24.estimate')
  assert.deepEqual([range?.from, range?.to], ['1,809,750', '1,809,849'])
})

test('every change that prose explains is generated from the table, in the text’s own words', { skip }, () => {
  const cell = (id: string) => document!.cells.find((one) => one.id === id)!
  const lines = [
    ...document!.programmes.map(({ explanation }) => explanation!.text),
    ...document!.notes.map(({ text }) => text),
  ].join('\n')
  for (const n of programmes) {
    const [from, to] = ['2022-23.revised', '2023-24.estimate'].map((year) =>
      cell(`programme/programme:${n}/provision/${year}`),
    )
    assert.ok(
      lines.includes(changeSentence({ from: from!, to: to! }, 'zh-Hant')),
      changeSentence({ from: from!, to: to! }, 'zh-Hant'),
    )
  }
  for (const year of ['2022-23.revised', '2021-22.actual']) {
    const from = cell(`subheads/head/provision/${year}`)
    const to = cell('notes/head/provision/2023-24.estimate')
    assert.ok(lines.includes(changeSentence({ from, to }, 'zh-Hant')), changeSentence({ from, to }, 'zh-Hant'))
  }
})

test('every identity has its sentence in each language, with its numbers', { skip }, () => {
  const [chinese, english, simplified] = (['zh-Hant', 'en', 'zh-Hans'] as const).map((language) => {
    const all = {
      ...check!,
      identities: check!.identities.map((one) => ({
        ...one,
        outcome: one.outcome === 'holds' ? ('fails' as const) : one.outcome,
      })),
    }
    return toReport(document!, all, language).fails.map(({ sentence }) => sentence)
  })
  assert.equal(chinese!.length, 96)
  assert.ok(english!.every((sentence) => !/[{}]|undefined|\?/.test(sentence)))
  assert.ok(chinese!.every((sentence) => !/[{}]|undefined|\?/.test(sentence)))
  assert.deepEqual(simplified, chinese!.map(simplify))
  const say = (id: string, sentences: string[]) =>
    sentences[check!.identities.filter(({ outcome }) => outcome === 'holds').findIndex((one) => one.id === id)]!
  assert.match(say('sum/analysis/head/2021-22.actual', english!), /816\.2 \+ 298\.5 \+ 93\.8 = 1,208\.5 \(\$ million\)/)
  assert.match(say(`rate/analysis/head/${grown}`, english!), /\(1,809\.8 − 1,495\.2\) ÷ 1,495\.2 = \+21\.0%/)
  assert.match(say(`change/prose/programme:1/${grown}`, chinese!), /960\.1 百萬元 − 1,031\.2 百萬元 = -7,110 萬元/)
  assert.match(say('posts/head/posts/2024-03-31/change', english!), /709 \+ 26 = 735 \(posts\)/)
  assert.match(say('posts/programmes/all-posts-change/2024-03-31', english!), /26 − 2 \+ 2 = 26 \(posts\)/)
  const same = say(`same/programme:2/provision-rate/${grown}/prose~programme`, chinese!)
  assert.match(same, /：第 181 行刊印為 \+66\.1%，第 90 行刊印為 \+66\.1%；兩者應為同一數字。/)
})

test('the document compared with itself as another year says nothing', { skip }, () => {
  assert.deepEqual(checkAcrossYears(document!, document!).identities, [])
})
