import { hash } from 'node:crypto'
import type { Installation } from '#platform'
import { problem } from '../problems.ts'
import { findBytes } from './files.sql.ts'

type Means = Pick<Installation, 'vault'>
const contextOf = (id: string) => `file/${id}`

export const sealFile = ({ vault }: Means, id: string, { name, bytes }: { name: string; bytes: Uint8Array }) => ({
  sealedName: vault.seal('application-file-name', name, contextOf(id)),
  sealedBytes: vault.seal('application-file', bytes, contextOf(id)),
})

export const openName = ({ vault }: Means, { id, sealedName }: { id: string; sealedName: Uint8Array }): string =>
  vault.open('application-file-name', sealedName, contextOf(id)).toString()

export const openBytes = ({ vault }: Means, id: string, sealed: Uint8Array): Buffer =>
  vault.open('application-file', sealed, contextOf(id))

/** By what the same bytes are known again, without saying what they are. */
export const lookupOf = ({ vault }: Means, bytes: Uint8Array): Buffer =>
  vault.lookup('application-file', hash('sha256', bytes, 'hex'))

/** The content of a file that may be read. */
export async function readFile(installation: Pick<Installation, 'vault' | 'sql'>, id: string): Promise<Buffer> {
  const sealed = await findBytes(installation.sql, id)
  if (!sealed) throw problem('file-not-found')
  return openBytes(installation, id, sealed)
}
