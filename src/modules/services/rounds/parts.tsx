import { Details, Table, usePage } from '#platform'
import type { ChairData } from './types.ts'
import { shared } from './words.ts'

/** Entries of a round by their rank. Scores are percent, or standard deviations where they were normalised. */
export function Ranking({
  ranked,
  title,
  isNormalised,
}: Pick<ChairData, 'ranked' | 'isNormalised'> & { title: string }) {
  const { say } = usePage()
  return (
    <>
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
      <p class="muted">{say(isNormalised ? shared.scoreOfMean : shared.scoreOfFull)}</p>
    </>
  )
}

const stateWords = {
  undeclared: shared.sheetUndeclared,
  conflict: shared.sheetConflict,
  open: shared.sheetOpen,
  locked: shared.sheetLocked,
} as const

/** Who judges which entry, once by entry and once by judge. */
export function Assigned({ assigned }: Pick<ChairData, 'assigned'>) {
  const { say } = usePage()
  if (assigned.length === 0) return null
  const sheets = assigned.map(({ reference, judge, state }) => ({ reference, judge: say(judge), state }))
  const list = (by: 'reference' | 'judge') =>
    [...Map.groupBy(sheets, (each) => each[by])].sort(([one], [other]) => (one < other ? -1 : 1))
  const table = (by: 'reference' | 'judge', of: 'reference' | 'judge', columns: readonly [string, string]) => (
    <Table
      caption={say(by === 'reference' ? shared.byEntry : shared.byJudge)}
      narrow="stack"
      columns={columns.map((label) => ({ label }))}
      rows={list(by).map(([name, own]) => ({
        cells: [
          name,
          <ul key="of">
            {own.map((each) => (
              <li key={each[of]}>
                {each[of]} · {say(stateWords[each.state])}
              </li>
            ))}
          </ul>,
        ],
      }))}
    />
  )
  return (
    <Details summary={say(shared.assigned)}>
      {table('reference', 'judge', [say(shared.entry), say(shared.judge)])}
      {table('judge', 'reference', [say(shared.judge), say(shared.entries)])}
    </Details>
  )
}
