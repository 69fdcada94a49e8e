import { rename, writeFile } from 'node:fs/promises'
import { Fault } from '../faults.ts'
import { readFileWithin, reasonOf } from '../fsck/read.ts'
import { parseSize } from '../notes/encoding.rules.ts'
import { hashBytes } from '../tree/tree.rules.ts'
import type { Seen } from './monitor.ts'

/** An origin, a size, and at most 64 peaks. */
const stateBytesMax = 10_000

/** How far a log was read, as `keepSeen` wrote it; undefined where there is no such file yet. Throws the fault of another file. */
export async function findSeen(path: string): Promise<Seen | undefined> {
  const bytes = await readFileWithin(path, stateBytesMax)
  if (!bytes) return undefined
  const [origin = '', size = '', ...rest] = Buffer.from(bytes).toString().split('\n').slice(0, -1)
  const read = parseSize(size)
  const peaks = rest.map((each) => Buffer.from(each, 'hex'))
  // A tree has one peak for each bit that is set in its size.
  const wanted = read === undefined ? -1 : read.toString(2).replaceAll('0', '').length
  if (
    origin === '' ||
    read === undefined ||
    peaks.length !== wanted ||
    peaks.some(({ length }) => length !== hashBytes)
  )
    throw new Fault('state-form', { path })
  return { origin, tree: { size: read, peaks } }
}

/** On disk under its name as a whole, or not at all. Throws the fault where it cannot be written. */
export async function keepSeen(path: string, { origin, tree }: Seen): Promise<void> {
  const lines = [origin, `${tree.size}`, ...tree.peaks.map((each) => Buffer.from(each).toString('hex')), '']
  try {
    await writeFile(`${path}.new`, lines.join('\n'), { flush: true })
    await rename(`${path}.new`, path)
  } catch (error) {
    throw new Fault('write-failed', { path, why: reasonOf((error as NodeJS.ErrnoException).code ?? 'EIO') })
  }
}
