import { type Installation, type Routes, say } from '#platform'
import { sendFile } from '../files/files.routes.ts'
import { listStates } from '../files/files.sql.ts'
import { readFile } from '../files/sealed.ts'
import { problem } from '../problems.ts'
import { findSheet, type SheetRow } from './rounds.sql.ts'
import { type EntryContent, type EntryFile, readEntry } from './rounds.ts'
import { AtSheetFile, type SheetData } from './types.ts'

const sheetsPath = '/rounds/sheets'

/** Files of entries, for their judges alone: by their numbers in what was frozen, and so by the policy of the database. */
export const entryFileRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const file = {
    config: { access: 'signed-in', scope: 'services:judge' },
    schema: {
      summary: 'A file of an entry that I judge, once it was released',
      params: AtSheetFile,
      produces: ['application/octet-stream'],
    },
  }
  app.get(`${sheetsPath}/:sheet/files/:number`, file, async (request, reply) => {
    const sheet = await findSheet(sql, request.params.sheet, request.person!.id)
    if (!sheet) throw problem('sheet-not-found')
    if (sheet.conflict === null) throw problem('sheet-undeclared')
    const content = await readEntry(installation, sheet)
    if (!content) throw problem('sheet-conflict')
    const wanted = filesOf(content).find(({ number }) => number === request.params.number)
    const [stored] = wanted ? await listStates(sql, [wanted.id]) : []
    if (!wanted || !stored || stored.state === 'refused') throw problem('entry-file-not-found')
    if (stored.state === 'held') throw problem('file-held')
    const bytes = await readFile(installation, wanted.id)
    return sendFile(reply, stored.mediaType, say(wanted.name, request.language), bytes)
  })
}

const filesOf = (content: EntryContent): EntryFile[] =>
  content.flatMap(({ rows }) => rows.flatMap(({ files = [] }) => files))

/** An entry as its judge reads it, with how far its files are now. */
export async function tellEntry(installation: Installation, sheet: SheetRow): Promise<SheetData['sections']> {
  const content = (await readEntry(installation, sheet)) ?? []
  const ids = filesOf(content).map(({ id }) => id)
  const states = new Map(
    ids.length === 0 ? [] : (await listStates(installation.sql, ids)).map(({ id, state }) => [id, state]),
  )
  const stateOfFile = (id: string) => {
    const state = states.get(id)
    return state === undefined || state === 'refused' ? 'gone' : state
  }
  return content.map(({ title, rows }) => ({
    title,
    rows: rows.map(({ name, title, text, files = [] }) => ({
      ...{ name, title, text },
      files: files.map(({ number, id, name }) => ({
        ...{ name, state: stateOfFile(id), path: `${sheetsPath}/${sheet.id}/files/${number}` },
      })),
    })),
  }))
}
