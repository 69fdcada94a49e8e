import { Table, usePage } from '#platform'
import type { ChairData } from './types.ts'
import { shared } from './words.ts'

/** Entries of a round by their rank. Scores are percent, or standard deviations where they were normalised. */
export function Ranking({ ranked, title }: { ranked: ChairData['ranked']; title: string }) {
  const { say } = usePage()
  return (
    <Table
      caption={title}
      narrow="stack"
      columns={[
        { label: say(shared.entry) },
        { label: say(shared.stream) },
        { label: say(shared.rank), numeric: true },
        { label: say(shared.score), numeric: true },
        { label: say(shared.sheets), numeric: true },
        { label: say(shared.goesOn) },
      ]}
      rows={ranked.map(({ reference, stream, rank, scoreMillionths, sheets, goesOn }) => ({
        cells: [
          <span key="reference" class="number">
            {reference}
          </span>,
          stream ? say(stream) : '–',
          rank ?? '–',
          scoreMillionths === null ? '–' : (scoreMillionths / 1_000_000).toFixed(2),
          sheets,
          goesOn ? say(shared.yes) : '–',
        ],
      }))}
    />
  )
}
