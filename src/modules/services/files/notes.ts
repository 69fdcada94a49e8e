import type { Installation } from '#platform'
import type { Question } from '../definitions/form.ts'
import { type FileRow, listFiles, listFilesAt } from './files.sql.ts'
import { openName } from './sealed.ts'
import type { FileNote } from './types.ts'

type Means = Pick<Installation, 'sql' | 'vault' | 'clamav'>

/** What a person is told of a file: also whether it waits for a scanner, or there is none. */
export const noteOfFile = (means: Omit<Means, 'sql'>, row: FileRow): FileNote => ({
  id: row.id,
  question: row.question,
  name: openName(means, row),
  octets: row.octets,
  state: row.state === 'held' && !means.clamav ? 'unchecked' : row.state,
  finding: row.finding,
})

/** How far the files of some questions are; asks nobody where none of them is answered by files. */
export async function notesOf(
  means: Means,
  application: string,
  questions: readonly Question[],
  thing: string | null = null,
): Promise<FileNote[]> {
  const asked = questions.filter(({ kind }) => kind === 'file').map(({ id }) => id)
  if (asked.length === 0) return []
  const rows = await listFilesAt(means.sql, { application, thing, questions: asked })
  return rows.map((row) => noteOfFile(means, row))
}

/** The same of all files of an application and of answers about it, for whoever works on it. */
export const notesOfApplication = async (
  means: Means,
  application: string,
): Promise<{ note: FileNote; replyTo: string | null }[]> =>
  (await listFiles(means.sql, application)).map((row) => ({ note: noteOfFile(means, row), replyTo: row.replyTo }))
