import { readFile, rename, writeFile } from 'node:fs/promises'
import { Fault } from '../faults.ts'
import { parseSize } from '../notes/encoding.rules.ts'
import { hashBytes } from '../tree/tree.rules.ts'
import type { Seen } from './monitor.ts'

/** How far a log was read, as `keepSeen` wrote it; undefined where there is no such file yet. Throws the fault of another file. */
export async function findSeen(path: string): Promise<Seen | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Fault('read-failed', { path, why: (error as NodeJS.ErrnoException).code ?? 'EIO' })
  }
  const [origin = '', size = '', ...rest] = text.split('\n').slice(0, -1)
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

/** On disk under its name as a whole, or not at all. */
export async function keepSeen(path: string, { origin, tree }: Seen): Promise<void> {
  const lines = [origin, `${tree.size}`, ...tree.peaks.map((each) => Buffer.from(each).toString('hex')), '']
  await writeFile(`${path}.new`, lines.join('\n'), { flush: true })
  await rename(`${path}.new`, path)
}
