// Reads one file after the other, and holds the rows of the last one until they are fetched. Started by reader.ts, and told by messages alone.
import { endWithParent } from '../end-with-parent.ts'
import { readingOf, readSource } from './read-source.ts'
import type { FromReader, ToReader } from './reader.ts'
import type { Rows } from './rows.ts'

endWithParent()
const tell = (message: FromReader) => void process.send?.(message)
let reading: ReturnType<typeof readingOf> | undefined
let rows: Iterator<Rows> | undefined

process.on('message', async (message: ToReader) => {
  if (message.kind === 'read') {
    // Two large files at once would be one too many.
    reading = rows = undefined
    const read = await readSource(message.file, message.mapping, message.startMonth)
    if ('refusal' in read) return tell({ kind: 'refused', refusal: read.refusal })
    reading = readingOf(read.source)
    const { rows: _, ...told } = reading
    return tell({ kind: 'read', told })
  }
  if (message.kind === 'rows') rows = (reading!.rows(message.places) as Iterable<Rows>)[Symbol.iterator]()
  tell({ kind: 'rows', rows: rows?.next().value ?? null })
})
