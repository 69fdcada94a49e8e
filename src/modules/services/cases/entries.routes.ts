import { Type } from 'typebox'
import { findEntryPath, proveEntry } from '#ledger'
import type { Routes } from '#platform'
import { answer } from '../forms.ts'
import { problem } from '../problems.ts'
import { actOnce, decideCase, lockForOffice, record, requireReader } from './acting.ts'
import { findCase, listEvents } from './cases.sql.ts'
import { type EntryRow, eraseEntry, findEntry } from './entries.sql.ts'
import { EntryData, EntryPage } from './entry.page.tsx'
import type { Case } from './events.ts'
import { entryPath } from './history.ts'
import { nameOfOrganisation } from './messages.ts'
import { documentOf, saltContext, saltPurpose } from './outputs.ts'
import { Answered, AtNumber, Token } from './types.ts'
import { openEvent } from './write.ts'

/** What cases let stand in the ledger: the entry, what it speaks of, and its proof, for whoever reads the case. */
export const entryRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const access = 'signed-in'

  async function read({ reference, number }: EntryRow, now: Case) {
    const event = (await listEvents(sql, reference)).find((each) => each.number === number)
    if (event?.kind !== 'output-made') throw problem('case-entry-not-found')
    return { at: event.at, ...openEvent<'output-made'>(installation, reference, event), now }
  }

  async function getRow(at: { reference: string; number: number }): Promise<EntryRow> {
    const row = await findEntry(sql, at)
    if (!row) throw problem('case-entry-not-found')
    return row
  }

  const one = {
    config: { access },
    schema: {
      summary: 'What a case let stand in the ledger, for its person and for officers of its department',
      params: AtNumber,
      response: { 200: EntryData },
    },
  }
  app.get('/services/cases/:reference/entries/:number', one, async (request, reply) => {
    const { reference, number } = request.params
    const person = request.person!
    const now = await requireReader(sql, await findCase(sql, reference), request)
    const row = await getRow(request.params)
    const { at, title, text } = await read(row, now)
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        ...{ reference, number, at, title, text, erasedAt: row.erasedAt, log: row.log },
        organisation: nameOfOrganisation(installation, row.organisation),
        path: await findEntryPath(installation, row),
        mayErase: person.permissions.includes(decideCase) && person.organisation === now.organisation,
      },
      EntryPage,
    )
  })

  const file = {
    config: { access },
    schema: {
      summary: 'The document that an entry of a case is committed to, as JSON in the spelling of RFC 8785',
      params: AtNumber,
      produces: ['application/json'],
    },
  }
  app.get('/services/cases/:reference/entries/:number/document', file, async (request, reply) => {
    const { reference, number } = request.params
    const now = await requireReader(sql, await findCase(sql, reference), request)
    const row = await getRow(request.params)
    const { title, text } = await read(row, now)
    return reply
      .header('content-disposition', `attachment; filename="${reference}-${number}.json"`)
      .header('cache-control', 'no-store')
      .type('application/octet-stream')
      .send(Buffer.from(documentOf(now, { organisation: row.organisation, title, text })))
  })

  const proof = {
    config: { access },
    schema: {
      summary: 'The proof of an entry of a case (C2SP tlog-proof), with its salt unless that was erased',
      params: AtNumber,
      produces: ['text/plain'],
    },
  }
  app.get('/services/cases/:reference/entries/:number/proof', proof, async (request, reply) => {
    const { reference, number } = request.params
    await requireReader(sql, await findCase(sql, reference), request)
    const row = await getRow(request.params)
    const salt = row.sealedSalt && installation.vault.open(saltPurpose, row.sealedSalt, saltContext(reference, number))
    const proved = await proveEntry(installation, { ...row, salt })
    if (!proved) throw problem('case-entry-waits')
    return reply
      .header('content-disposition', `attachment; filename="${reference}-${number}.tlog-proof"`)
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send(proved)
  })

  const erase = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.entry-erased' },
    schema: {
      summary: 'Forget the salt of an entry, so that nobody can tell any more of what it speaks',
      params: AtNumber,
      body: Type.Object({ token: Token }),
      response: { 200: Answered, 303: Type.Null() },
    },
  }
  app.post('/office/services/cases/:reference/entries/:number/erase', erase, async (request, reply) => {
    const { reference, number } = request.params
    const done = await actOnce(installation, request, undefined, async (act) => {
      const now = await lockForOffice(act, reference)
      if (!(await findEntry(act.sql, { reference, number }))) throw problem('case-entry-not-found')
      // Erasing a second time changes nothing, and is no second act.
      if (await eraseEntry(act.sql, { reference, number, by: act.by.id, at: act.at }))
        await record(act, 'services.entry-erased', reference, { number })
      return { reference, number: now.number }
    })
    return answer(request, reply, done, entryPath(reference, number))
  })
}
