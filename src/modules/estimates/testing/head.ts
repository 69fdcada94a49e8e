import type { SubjectNames } from '../downloads/document-tables.ts'
import type { EstimatesDocument } from '../types.ts'
import { aCell, aDocument, aTable } from './documents.ts'

/* A whole Head for tests: every kind of table, a lost number, a nil, marks, and names that a spreadsheet might run. */

const commitmentColumns = [
  { measure: 'approved', period: { when: '2023-24', phase: 'estimate' } },
  { measure: 'accumulated', period: { when: '2022-03-31', phase: 'accumulated' } },
  { measure: 'revised-spending', period: { when: '2022-23', phase: 'revised' } },
  { measure: 'balance', period: { when: '2023-24', phase: 'estimate' } },
] as const

function tablesOfHead() {
  return [
    aTable([['programme:1', [], [105, 120, 118, 12401], { label: 'Lighthouses' }]], {
      id: 'programme.1',
      place: 'programme',
      unit: 'million',
      decimals: 1,
      line: 5,
    }),
    aTable(
      [
        ['programme:1', [], [105, 120, 118, 12401], { label: 'Lighthouses' }],
        ['programme:2', [], [35, 40, null, '—'], { label: '=HYPERLINK("http://x","Pilotage")', marks: ['#'] }],
        ['head', ['programme:1', 'programme:2'], [140, 160, 160, 12401], { role: 'total' }],
      ],
      { id: 'analysis', place: 'analysis', unit: 'million', decimals: 1, line: 20 },
    ),
    aTable(
      [
        ['account:operating', [], [], { role: 'group', label: 'Operating Account' }],
        [
          'subhead:000',
          [],
          [10_000, 12_000, 12_000, 1_240_000],
          { code: '000', group: 'account:operating', label: 'Operational expenses' },
        ],
        [
          'subhead:700',
          [],
          [4_000, 4_000, 4_000, 100],
          { code: '700', group: 'account:operating', label: 'General non-recurrent' },
        ],
        ['head', ['subhead:000', 'subhead:700'], [14_000, 16_000, 16_000, 1_240_100], { role: 'total' }],
      ],
      { line: 30 },
    ),
    aTable(
      [
        ['line:000.1', [], [9_000, 11_000, 11_000, 1_239_000], { label: '+Salaries' }],
        ['line:000.2', [], [1_000, 1_000, 1_000, 1_000], { label: '@Allowances' }],
        ['subhead:000', ['line:000.1', 'line:000.2'], [10_000, 12_000, 12_000, 1_240_000], { role: 'total' }],
      ],
      { id: 'breakdown.000', place: 'breakdown', line: 40 },
    ),
    aTable(
      [
        ['subhead:700', [], [], { role: 'group', code: '700' }],
        ['commitment:801', [], [25_300, 12_201, '—', 13_099], { group: 'subhead:700', code: '801', label: '-Lamps' }],
      ],
      {
        id: 'commitments',
        place: 'commitments',
        columns: [...commitmentColumns],
        line: 50,
      },
    ),
    aTable([['target:1.1', [], [999], { label: 'Lamps lit (%)' }]], {
      id: 'targets.1',
      place: 'targets',
      unit: 'share',
      decimals: 1,
      columns: [{ measure: 'target', period: { when: '2023', phase: 'plan' } }],
      line: 60,
    }),
  ]
}

export function aHead(changes: Partial<EstimatesDocument> = {}): EstimatesDocument {
  const day = (when: string) => ({ when, phase: 'asAt' as const })
  const cells = [
    aCell({
      place: 'cover',
      subject: 'head',
      measure: 'posts',
      period: day('2024-03-31'),
      unit: 'post',
      steps: 735,
      line: 2,
    }),
    aCell({
      place: 'cover',
      subject: 'head',
      measure: 'posts-change',
      period: day('2024-03-31'),
      base: day('2023-03-31'),
      unit: 'post',
      steps: -26,
      line: 2,
    }),
    aCell({
      place: 'cover',
      subject: 'head',
      measure: 'provision',
      unit: 'hundred-million',
      decimals: 3,
      steps: 12_401,
      line: 1,
    }),
    aCell({
      place: 'prose',
      subject: 'programme:1',
      measure: 'provision',
      unit: 'ten-thousand',
      steps: 124_010,
      line: 3,
    }),
  ]
  const lines = { from: 4, to: 9 }
  const programme = { aim: null, description: [], done: null, attention: null, explanation: null, lines }
  return aDocument(tablesOfHead(), cells, {
    head: '7',
    title: 'Harbour Office',
    source: { kind: 'text', name: 'harbour.txt', sha256: 'a'.repeat(64), lines: 100 },
    programmes: [
      {
        ...programme,
        number: 1,
        name: 'Lighthouses',
        aim: { text: 'To keep the lamps lit, always.\n"Always."', lines },
      },
      { ...programme, number: 2, name: '=HYPERLINK("http://x","Pilotage")' },
    ],
    ...changes,
  })
}

export const headNames: SubjectNames = {
  head: { en: 'Harbour Office', 'zh-Hant': '海港辦事處' },
  'programme:1': { en: 'Lighthouses', 'zh-Hant': '燈塔' },
}
