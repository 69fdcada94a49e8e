import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { findOrganisation, forgetTries, takeTurn } from '#identity'
import { Problem, type Routes } from '#platform'
import { Hex32 } from '../entries/types.ts'
import { registers } from './definitions.ts'
import { HoldingsPage } from './holdings.page.tsx'
import { InvitationPage } from './invitation.page.tsx'
import { readInvitation } from './invitations.ts'
import { beforePattern, linesOf, listWaitingFor, nextOf, parseBefore } from './lines.ts'
import { asOf, mayHold } from './parties.ts'
import { problem } from './problems.ts'
import { listHeld } from './registers.sql.ts'
import { itemPath, titleOf } from './show.ts'
import { findStep } from './steps.sql.ts'
import { HoldingsData, InvitationData, type ItemLine } from './types.ts'

/** What a person, or the organisation for which they act, holds; and the way to what a letter says is to be theirs. */
export const holdingRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { pack } = installation

  type Given = {
    before?: string | undefined
    entered?: string | undefined
    code?: string
    wrong?: HoldingsData['wrong']
  }
  async function holdingsOf(
    request: FastifyRequest,
    { before, entered, code = '', wrong = null }: Given = {},
  ): Promise<HoldingsData> {
    const person = request.person!
    const { organisation } = person
    const mayAll = pack.list(registers).some(({ id }) => mayHold(request, id))
    const whose = { holder: organisation ?? person.id, as: asOf(person) } as const
    const items = mayAll ? await listHeld(sql, whose, parseBefore(before)) : []
    const isForMe = ({ waiting }: ItemLine) => waiting.some(({ mine }) => !mine)
    const { lines, more } = mayAll
      ? await listWaitingFor(installation, request, whose, isForMe)
      : { lines: [], more: false }
    return {
      organisation:
        organisation === undefined ? null : ((await findOrganisation(installation, organisation))?.name ?? null),
      may: mayAll,
      ...{ waiting: lines, more },
      items: await linesOf(
        installation,
        request,
        items.filter(({ register }) => mayHold(request, register)),
      ),
      next: nextOf(items),
      entered: entered ? await enteredBy(request, entered) : null,
      ...{ code, wrong },
    }
  }

  /** What the person did just now, as they may not be a party of the item any more. */
  async function enteredBy({ person }: FastifyRequest, leaf: string): Promise<HoldingsData['entered']> {
    const row = await findStep(sql, Buffer.from(leaf, 'hex'))
    const register = row && pack.list(registers).find(({ id }) => id === row.register)
    if (!register || row.actedBy !== person!.id) return null
    return {
      ...{ step: titleOf(register.steps, row.step), item: register.item, number: row.number, kind: row.kind },
      ...{ path: itemPath(register.id, row.number), tookEffect: row.tookEffect },
    }
  }

  const holdings = {
    config: { access: 'signed-in', level: 2 } as const,
    schema: {
      summary:
        'What I, or the organisation for which I act, hold in registers; what waits for us; and the form for a code',
      querystring: Type.Object({
        before: Type.Optional(Type.String({ maxLength: 60, pattern: beforePattern })),
        entered: Type.Optional(Hex32),
      }),
      response: { 200: HoldingsData },
    },
  }
  app.get('/ledger/holdings', holdings, async (request, reply) =>
    reply.page(await holdingsOf(request, request.query), HoldingsPage),
  )

  const invitation = {
    // Nothing changes: a code is looked at, and answered at the address of its proposal.
    config: { access: 'signed-in', level: 2, event: 'none' } as const,
    schema: {
      summary: 'What the code of a letter leads to',
      body: Type.Object({ code: Type.Optional(Type.String({ maxLength: 60 })) }),
      response: { 200: InvitationData, 404: HoldingsData, 422: HoldingsData },
    },
  }
  app.post('/ledger/invitations', invitation, async (request, reply) => {
    const code = request.body.code?.trim() ?? ''
    const isPage = request.wanted.format === 'html'
    if (code === '' && isPage)
      return reply.code(422).page(await holdingsOf(request, { code, wrong: 'empty' }), HoldingsPage)
    try {
      // Before the code is looked at: of many at once each is counted.
      await takeTurn(installation, 'letter', request.ip)
      const data = await readInvitation(installation, request, code)
      await forgetTries(sql, installation, 'letter', request.ip)
      return reply.page(data, InvitationPage)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // The refusal of identity speaks of signing in.
      if (error.status === 429) throw problem('codes-too-often', { values: error.options.values ?? {} })
      if (error.status !== 404 || !isPage) throw error
      return reply.code(404).page(await holdingsOf(request, { code, wrong: 'unknown' }), HoldingsPage)
    }
  })
}
