import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { checkDocument } from '../check/check.ts'
import { imported, realBytes, withoutRealText } from '../testing/texts.ts'
import type { Cell, EstimatesDocument } from '../types.ts'
import { packDocuments } from './document-of.ts'
import { listDocuments } from './head.ts'
import { loadPackHeads } from './publish-documents.ts'

const headOf = async (pack: string, head: string): Promise<EstimatesDocument> => {
  const found = packDocuments(await loadPackOrThrow(pack, (await import('../../../modules.ts')).modules)).find(
    (each) => each.head === head,
  )
  assert.ok(found, `the pack ${pack} has no Head ${head}`)
  return found
}

/** What a number is, how much, and where it stands: everything but the signs that prose writes as words. */
const factOf = ({ id, unit, steps, decimals, nil, status, marks, lines }: Cell) =>
  `${id} = ${steps}/${decimals} ${unit}${nil ? ' nil' : ''} ${status} ${marks.join('')} at ${lines.from}-${lines.to}`

test('the pack says of Head 47 exactly what the importer reads in the real text, cell by cell', {
  skip: withoutRealText,
}, async () => {
  const text = imported(realBytes())
  const pack = await headOf('hongkong', '47')
  assert.deepEqual(pack.cells.map(factOf).sort(), text.cells.map(factOf).sort())
})

test('the pack gives the tables of Head 47 the rows, sums and columns of the real text', {
  skip: withoutRealText,
}, async () => {
  const shapeOf = ({ tables }: EstimatesDocument) =>
    tables.map(({ id, place, columns, rows, lines }) => ({
      id,
      place,
      lines,
      columns: columns.map(({ period, measure, unit }) => ({ period, measure, unit })),
      rows: rows.map(({ label: _, ...row }) => row),
    }))
  assert.deepEqual(shapeOf(await headOf('hongkong', '47')), shapeOf(imported(realBytes())))
})

test('the pack names the source of Head 47 by its hash and length', { skip: withoutRealText }, async () => {
  const { source } = imported(realBytes())
  const pack = (await headOf('hongkong', '47')).source
  assert.deepEqual({ sha256: pack.sha256, lines: pack.lines }, { sha256: source.sha256, lines: source.lines })
})

test('every identity of Head 47 that can be checked holds, and $452,530 thousand is derived for subhead 700', async () => {
  const { identities, cells } = checkDocument(await headOf('hongkong', '47'))
  assert.deepEqual(
    identities.filter(({ outcome }) => outcome === 'fails').map(({ id }) => id),
    [],
  )
  assert.ok(identities.filter(({ outcome }) => outcome === 'holds').length >= 61)
  const lost = cells.find(({ id }) => id === 'subheads/subhead:700/provision/2023-24.estimate')
  assert.deepEqual([lost?.steps, lost?.status], [452_530, 'inferred'])
})

test('one identity of Testland fails: its programmes of 2029-30 add up to 90.0 where 91.0 is printed', async () => {
  const { identities, differences } = checkDocument(await headOf('testland', '9'))
  const failing = identities.filter(({ outcome }) => outcome === 'fails')
  assert.deepEqual(
    failing.map(({ stated, computed }) => [stated, computed]),
    [['91.0', '90.0']],
  )
  assert.equal(differences[failing[0]!.id], '1.0')
})

test('loading the pack twice, and by two processes at once, leaves each Head once', async () => {
  const { installation, sql } = await start()
  await Promise.all([loadPackHeads(installation), loadPackHeads(installation)])
  await loadPackHeads(installation)
  const rows = await sql`select head, source_kind, imported_by from estimates.document order by head`
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [
      { head: '7', sourceKind: 'pack', importedBy: 'system' },
      { head: '9', sourceKind: 'pack', importedBy: 'system' },
    ],
  )
})

test('what an older pack brought stays in the table and counts no more', async () => {
  const { installation, sql } = await start()
  await sql`
    insert into estimates.document (year, head, language, title, source_kind, source_name, source_sha256, source_lines, sha256, content, imported_by)
    select year, '5', language, 'Dissolved', source_kind, source_name, source_sha256, source_lines, md5(head) || md5(head), content, imported_by
    from estimates.document`
  assert.deepEqual(
    (await listDocuments(installation)).map(({ head }) => head),
    ['7', '9'],
  )
})
