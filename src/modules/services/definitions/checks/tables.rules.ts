import type { Complaint } from '#pack'
import { texts } from '#platform'
import type { Example } from '../../rules/analysis.rules.ts'
import { analyseTable } from '../../rules/table-analysis.rules.ts'
import type { CompiledCase } from '../compile.rules.ts'

const sentences = texts({
  never: {
    en: 'Nothing fits this row. Correct its conditions, or take it out.',
    'zh-Hant': '沒有情況符合這行。請更正條件，或刪去這行。',
  },
  overlap: {
    en: 'Rows {one} and {other} both fit {example}, and only one may. Tell them apart, or let the first that fits count (hit: first).',
    'zh-Hant':
      '{example} 同時符合第 {one} 行和第 {other} 行，但只可符合一行。請加以區分，或以最先符合的一行為準（hit: first）。',
  },
  gap: {
    en: 'No row fits {example}. Add one; “-” in every column fits the rest.',
    'zh-Hant': '沒有一行符合 {example}。請加入一行；各欄寫「-」便符合其餘情況。',
  },
})

/** That every row of a table can fit, that no two do where one may, and that one does. */
export function* checkTables({ case: { rules = [] }, tables }: CompiledCase): Generator<Complaint> {
  for (const { id, compiled } of tables) {
    const table = rules.find((each) => each.id === id)
    if (!table) continue
    const { never, overlaps, gap } = analyseTable(compiled)
    for (const row of never) yield { at: table.rows[row]!, key: 'when', text: sentences.never }
    const meets = table.hit === 'unique' ? overlaps.find(({ certain }) => certain) : undefined
    if (meets) {
      const [one, other] = meets.rows.map((row) => row + 1) as [number, number]
      const values = { one, other, example: written(meets.example) }
      yield { at: table.rows[other - 1]!, key: 'when', text: sentences.overlap, values }
    }
    if (table.hit !== 'collect' && gap.is === 'found')
      yield { at: table, key: 'rows', text: sentences.gap, values: { example: written(gap.example ?? []) } }
  }
}

const written = (example: Example): string =>
  example.map(({ what, value }) => `${what} = ${JSON.stringify(value)}`).join(', ')
