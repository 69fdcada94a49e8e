import assert from 'node:assert/strict'
import { test } from 'node:test'
import { english, imported } from '../testing/texts.ts'
import { checkDocument, toReport } from './check.ts'

/*
 * What happens to a document between its author and its reader, and what an auditor wants to hear of it: that it fails, and
 * where; else that it is told; else that it is the same document.
 */

const text = english()
const lines = text.split('\n')
const put = (line: number, from: string, to: string) => (all: string[]) => {
  assert.ok(all[line - 1]!.includes(from), `line ${line} has no ${from}`)
  return all.with(
    line - 1,
    all[line - 1]!.replace(from, () => to),
  )
}
const without =
  (line: number, to = line) =>
  (all: string[]) =>
    all.toSpliced(line - 1, to - line + 1)
const twice = (line: number) => (all: string[]) => all.toSpliced(line, 0, all[line - 1]!)
const swap = (line: number) => (all: string[]) => all.with(line - 1, all[line]!).with(line, all[line - 1]!)
const column = (from: number, to: number, at: number) => (all: string[]) =>
  all.map((one, index) => (index >= from - 1 && index < to ? one.split('\t').toSpliced(at, 1).join('\t') : one))
const both =
  (...edits: ((all: string[]) => string[])[]) =>
  (all: string[]) =>
    edits.reduce((now, edit) => edit(now), all)

/** `fails` with the start of an identity and a line that it names, `told` with the code of a finding, or `same`. */
type Expected = readonly ['fails', identity: string, line: number] | readonly ['told', code: string] | readonly ['same']

// biome-ignore format: matrix
const damages: [what: string, edit: (all: string[]) => string[], ...expected: Expected][] = [
  ['a percentage with the wrong sign',               put(32, '(–5.6%)', '(+5.6%)'),                 'fails', 'rate/programme/programme:1/2024-25.revised', 32],
  ['a percentage without its minus',                 put(32, '(–5.6%)', '(5.6%)'),                  'fails', 'rate/programme/programme:1/2024-25.revised', 32],
  ['a percentage without its plus',                  put(32, '(+14.5%)', '(14.5%)'),                'same'],
  ['a percentage printed as nil',                    put(32, '(–5.6%)', '(—)'),                     'fails', 'rate/programme/programme:1/2024-25.revised', 32],
  ['a nil printed as a percentage',                  put(82, '(—)', '(+0.1%)'),                     'fails', 'rate/programme/programme:2/2025-26.estimate', 82],
  ['an increase told as a decrease',                 put(132, 'higher', 'lower'),                   'fails', 'change/prose/programme:1', 132],
  ['posts that come told as posts that go',          put(132, 'increase of six', 'decrease of six'), 'fails', 'posts/programmes/all-posts-change', 132],
  ['a minus before an amount',                       put(193, '98,450', '–98,450'),                 'fails', 'sum/breakdown.000/subhead:000/2023-24.actual', 193],
  ['an amount in brackets',                          put(193, '98,450', '(98,450)'),                'fails', 'sum/breakdown.000/subhead:000/2023-24.actual', 193],
  ['millions that lost their million',               put(132, '$13.3 million', '$13.3'),            'fails', 'change/prose/programme:1', 132],
  ['dollars that became millions',                   put(185, '$165,944,000', '$165,944,000 million'), 'fails', 'same/subhead:000/provision/2025-26.estimate', 185],
  ['an amount of millions in dollars on the cover',  put(5, '$198.1m', '$198.1'),                   'fails', 'same/head/provision/2025-26.estimate', 5],
  ['a table of millions headed in thousands',        put(118, '(\\$m)', "(\\$'000)"),               'fails', 'same/', 123],
  ['a table of thousands headed in millions',        both(put(191, "(\\$'000)", '(\\$m)'), put(191, "(\\$'000)", '(\\$m)'), put(191, "(\\$'000)", '(\\$m)'), put(191, "(\\$'000)", '(\\$m)')), 'fails', 'same/subhead:000/provision/2025-26.estimate', 204],
  ['commitments headed in millions',                 put(211, "\\$'000\t\\$'000\t\\$'000\t\\$'000", '\\$m\t\\$m\t\\$m\t\\$m'), 'fails', 'same/commitments/balance', 217],
  ['a nil in place of a number',                     put(195, '\t41\t', '\t—\t'),                   'fails', 'sum/breakdown.000/subhead:000/2023-24.actual', 195],
  ['a number in place of a nil',                     put(203, '\t—', '\t10'),                       'fails', 'sum/breakdown.000/subhead:000/2025-26.estimate', 203],
  ['a mark that no note explains, glued to a number', put(193, '98,450', '98,450†'),                'told', 'note-missing'],
  ['a raised digit glued to a number',               put(193, '98,450', '98,4501'),                 'fails', 'same/breakdown/line:000.1/provision/2023-24.actual/legible', 193],
  ['a raised sign glued to a number',                put(193, '98,450', '98,450²'),                 'fails', 'same/breakdown/line:000.1/provision/2023-24.actual/legible', 193],
  ['the letter l for the digit 1',                   put(194, '2,210', '2,2l0'),                    'fails', 'same/breakdown/line:000.2/provision/2023-24.actual/legible', 194],
  ['a comma for the point',                          put(120, '88.6', '88,6'),                      'fails', 'same/analysis/programme:1/provision/2023-24.actual/legible', 120],
  ['a point for the comma',                          put(193, '98,450', '98.450'),                  'fails', 'sum/breakdown.000/subhead:000/2023-24.actual', 193],
  ['a digit more behind the point',                  put(82, '52.1', '52.11'),                      'fails', 'same/programme:2/provision/2024-25.original', 82],
  ['a digit less behind the point on the cover',     put(9, '$35.3m', '$35m'),                      'fails', 'same/cover/commitments/balance/2025-26.estimate/decimals', 9],
  ['an amount in prose that is no number',           put(179, '$24,612,000', '$24,61,000'),         'fails', 'same/notes/head/provision-change', 179],
  ['a space for the comma',                          put(193, '98,450', '98 450'),                  'same'],
  ['two rows that changed places',                   swap(120),                                     'same'],
  ['the numbers of two rows that changed places',    both(put(120, '88.6', 'x'), put(121, '44.7', '88.6'), put(120, 'x', '44.7')), 'fails', 'same/programme:1/provision/2023-24.actual', 120],
  ['two numbers of a row that changed places',       put(120, '88.6\t97.4', '97.4\t88.6'),          'fails', 'same/programme:1/provision/2023-24.actual', 120],
  ['a programme’s row that is missing',              without(121),                                  'fails', 'sum/analysis/head', 122],
  ['a programme’s table that is missing',            without(103, 105),                             'told', 'provision-missing'],
  ['a listed programme of which nothing is said',    (all) => all.toSpliced(25, 0, '', 'Programme (4) Lightships'), 'told', 'programme-missing'],
  ['a programme that is missing with all it says',   without(101, 113),                             'fails', 'posts/programmes/all-posts-change', 174],
  ['a row of the breakdown that is missing',         without(194),                                  'fails', 'sum/breakdown.000/subhead:000', 203],
  ['a subhead that is missing',                      without(160),                                  'told', 'rows-missing'],
  ['a total that is missing',                        without(162),                                  'told', 'subtotal-missing'],
  ['a commitment that is missing',                   without(215),                                  'fails', 'sum/commitments/commitments', 216],
  ['a commitment that spends nothing and is missing', without(216),                                 'fails', 'sum/commitments/commitments', 216],
  ['a row that stands twice',                        twice(194),                                    'fails', 'sum/breakdown.000/subhead:000', 195],
  ['a total that stands twice',                      twice(123),                                    'told', 'row-repeated'],
  ['a column that is lost',                          column(120, 123, 1),                           'told', 'column-lost'],
  ['a column that is lost with its heading',         column(118, 123, 1),                           'told', 'columns-missing'],
  ['a number that is lost',                          put(104, '\t22.4\t', '\t\t'),                  'told', 'column-lost'],
  ['one column changed in two places alike',         both(put(120, '88.6', '89.6'), put(123, '155.7', '156.7')), 'fails', 'same/head/provision/2023-24.actual', 123],
  ['one column changed alike wherever it is in millions', both(put(32, '88.6', '89.6'), put(120, '88.6', '89.6'), put(123, '155.7', '156.7')), 'fails', 'same/head/provision/2023-24.actual', 123],
  ['the posts counted on another day',               put(7, '31 March 2025', '31 March 2024'),      'told', 'days-differ'],
  ['a change against another estimate',              put(132, 'revised estimate', 'original estimate'), 'fails', 'change/prose/programme:1', 132],
]

const whole = checkDocument(imported(text))
const known = new Set(toReport(imported(text), whole, 'en').warnings.map(({ sentence }) => sentence))

for (const [what, edit, kind, of, line] of damages)
  test(`${what}: ${[kind, of].filter(Boolean).join(' ')}`, () => {
    const document = imported(edit(lines).join('\n'))
    const check = checkDocument(document)
    const { fails, warnings } = toReport(document, check, 'en')
    if (kind === 'fails') {
      const found = fails.filter(({ identity }) => identity.startsWith(of))
      const isNamed = found.some((one) => one.lines.some(({ from, to }) => from <= line && line <= to))
      assert.ok(isNamed, fails.map(({ identity, lines: at }) => `${identity} ${JSON.stringify(at)}`).join('\n'))
      return
    }
    assert.deepEqual(fails, [])
    const news = warnings.filter(({ sentence }) => !known.has(sentence)).map(({ identity }) => identity)
    if (kind === 'told') assert.ok(news.includes(of), news.join(', '))
    else {
      const holding = (one: typeof check) => one.identities.map(({ id, outcome }) => `${id} ${outcome}`).sort()
      assert.deepEqual([news, holding(check)], [[], holding(whole)])
    }
  })
