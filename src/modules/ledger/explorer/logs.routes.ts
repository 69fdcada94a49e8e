import { Type } from 'typebox'
import { type Installation, keepReads, type Routes, type Text, withLanguage } from '#platform'
import { targetOf } from '../anchor/anchor.ts'
import { findSummary } from '../anchor/shown.sql.ts'
import { findLog, listLogs } from '../log/logs.sql.ts'
import { pathOf } from '../log/logs.ts'
import { LogName } from '../log/types.ts'
import { logsOf, access as notarisePermission } from '../notarise/notarise.ts'
import { parseCheckpoint } from '../notes/checkpoint.rules.ts'
import { parseNote } from '../notes/note.rules.ts'
import { problem } from '../problems.ts'
import { sayEntry } from '../registers/entry-words.ts'
import { keepRegister } from '../registers/parties.ts'
import type { ShownEntry } from './entries.ts'
import { type KnownLog, listKnownLogs, organisationsOf } from './known.ts'
import { LogPage } from './log.page.tsx'
import { LogsPage } from './logs.page.tsx'
import { entriesOfPage, getLog, type OpenLog, readPage } from './read.ts'
import { type EntryNote, LogData, type LogNote, LogsData } from './types.ts'

/** What stands in the logs, for whoever would rather look than run a program. */
export const logRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const organisations = organisationsOf(installation)

  const all = {
    config: { access: 'public', keepSeconds: 1 },
    schema: { summary: 'The logs of this installation, and the keys that check them', response: { 200: LogsData } },
  }
  app.get('/ledger', all, async ({ person }, reply) => {
    const known = new Map((await listKnownLogs(installation)).map((each) => [each.name, each]))
    const logs = (await listLogs(sql)).flatMap(({ name, published, sequencedAt }) => {
      const log = known.get(name)
      return log && published ? [noteOf(log, sizeOf(published), sequencedAt)] : []
    })
    const mayNotarise =
      person?.permissions.includes(notarisePermission) === true && logsOf(installation, person.organisation).length > 0
    const keeps = person?.permissions.includes(keepRegister) === true
    return reply.page({ address: installation.address, logs, mayNotarise, keeps }, LogsPage)
  })

  const above = {
    config: { access: 'public' },
    schema: { summary: 'Leads to the list of logs', response: { 303: Type.Null() } },
  }
  app.get('/ledger/logs', above, async ({ language }, reply) =>
    reply.redirect(withLanguage(installation.pack.government, language, '/ledger'), 303),
  )

  async function dataOf(name: string, before = Number.MAX_SAFE_INTEGER): Promise<Omit<LogData, 'wrong'>> {
    const log = await getLog(installation, name)
    const end = Math.min(before, log.size)
    const entries = await readPage(sql, log, end)
    const { extensions, ...checkpoint } = log.checkpoint
    const anchored = await findSummary(sql, log.row.id)
    return {
      log: noteOfOpen(log),
      checkpoint: {
        ...checkpoint,
        size: log.size,
        extensions: [...extensions],
        text: log.row.published.toString(),
      },
      entries: entries.map((entry) => entryNote(entry, { installation, organisations })),
      ...{ from: Math.max(0, end - entriesOfPage), before: end },
      anchored: anchored ?? (targetOf(installation) ? { final: null, waiting: 0 } : null),
    }
  }
  // Everybody who follows a log asks each second: it is read once for all of them.
  const newest = keepReads((name) => dataOf(name), { keptMs, keptMax })

  const one = {
    config: { access: 'public', keepSeconds: 1 },
    schema: {
      summary: 'A log: its newest checkpoint with who signed it, and its entries, the newest first',
      params: Type.Object({ log: LogName }),
      querystring: Type.Object({
        before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
        find: Type.Optional(Type.String({ maxLength: 200, description: 'The number of an entry, or a leaf hash' })),
      }),
      response: { 200: LogData },
    },
  }
  app.get('/ledger/logs/:log', one, async ({ params, query }, reply) => {
    const asked = query.find?.trim().toLowerCase() ?? ''
    const found = placeOf(asked)
    if (found) {
      if (!(await findLog(sql, params.log))) throw problem('log-not-found')
      return reply.redirect(`${pathOf(params.log)}/${found}`, 303)
    }
    const data = query.before === undefined ? await newest.get(params.log) : await dataOf(params.log, query.before)
    return reply.page({ ...data, wrong: asked || null }, LogPage)
  })
}

const [keptMs, keptMax] = [250, 100]

/** What somebody looks for, as the end of its address. */
function placeOf(asked: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(asked)) return `leaves/${asked}`
  return /^\d{1,15}$/.test(asked) ? `entries/${Number(asked)}` : undefined
}

/** The size that everybody sees: what is in order and not published yet is nobody's business. */
const sizeOf = (published: Buffer) => Number(parseCheckpoint(parseNote(published).text).size)

export const noteOf = (log: KnownLog, size: number, signedAt: string | null): LogNote => ({ ...log, size, signedAt })

export const noteOfOpen = ({ known, size, row }: OpenLog): LogNote => noteOf(known, size, row.sequencedAt)

export function entryNote(
  { index, leaf, bytes, envelope, ofRegister: entry }: ShownEntry,
  {
    installation,
    organisations,
  }: { installation: Pick<Installation, 'pack'>; organisations: ReadonlyMap<string, Text> },
): EntryNote {
  const ofRegister = entry && sayEntry(installation, entry)
  if (!envelope) return { index, leaf, bytes, said: null, ofRegister }
  const { org, kind, commitment, time, schema = null, prev = null } = envelope
  const said = { organisation: org, organisationName: organisations.get(org) ?? null }
  return { index, leaf, bytes, said: { ...said, kind, commitment, time, schema, prev }, ofRegister: null }
}
