import { randomInt } from 'node:crypto'
import { Type } from 'typebox'
import { newNumber, readNumber } from '#ledger'
import { type Routes, recordAct } from '#platform'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { keepInAccount, setReturnCode, takeByCode } from './applications.sql.ts'
import { applicantOf, getLocked, giveBrowserHash } from './applications.ts'
import { hashCode, newCode } from './codes.ts'
import { ReturnPage } from './return.page.tsx'
import { ReturnCodePage } from './return-code.page.tsx'
import { pathOf } from './show.ts'
import { AtApplication, ReturnCodeData, ReturnData } from './types.ts'
import { words } from './words.ts'

const here = '/applications/return'

/** Coming back to an application from another device: by one’s account, or by its number and a code that counts once. */
export const returnRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const make = {
    config: { access: 'public', scope: 'services:apply', event: 'services.return-code-made' },
    schema: {
      summary:
        'Make a code by which one comes back to an application: the answer holds it, once. A former code counts no more',
      params: AtApplication,
      response: { 200: ReturnCodeData },
    },
  }
  app.post('/applications/:id/return', make, async (request, reply) => {
    const { id } = request.params
    const code = newCode()
    const { number, service } = await sql.begin(async (transaction) => {
      const { row, service, apply } = await getLocked(installation, request, id, transaction)
      // In an account, signing in is the way back.
      if (row.personId !== null) throw problem('application-in-account')
      const number = row.reference ?? row.returnNumber ?? newNumber(apply.case.prefix, (below) => randomInt(below))
      await setReturnCode(transaction, { id, number, code: hashCode(installation, code) })
      await recordAct(transaction, request, { event: 'services.return-code-made', subject: `application/${id}` })
      return { number, service }
    })
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        ...{ service: { id: service.id, title: service.title }, number, code },
        ...{ address: `${installation.address}${here}`, back: pathOf(id) },
      },
      ReturnCodePage,
    )
  })

  const form = {
    config: { access: 'public', scope: 'services:apply' },
    schema: { summary: 'Where one comes back to an application by its number and code', response: { 200: ReturnData } },
  }
  app.get(here, form, async (_, reply) => reply.page({ number: '', mistakes: [] }, ReturnPage))

  const take = {
    config: { access: 'public', scope: 'services:apply', event: 'services.application-returned-to' },
    schema: {
      summary: 'Come back to an application by its number and code: from then on it belongs to this browser',
      body: Type.Object({ number: Type.String({ maxLength: 60 }), code: Type.String({ maxLength: 60 }) }),
      response: { 201: Type.Object({ path: Type.String() }), 303: Type.Null(), 422: ReturnData },
    },
  }
  app.post(here, take, async (request, reply) => {
    const number = readNumber(request.body.number.normalize('NFKC'))
    const browserHash = giveBrowserHash(request, reply)
    const id =
      number &&
      (await sql.begin(async (transaction) => {
        const id = await takeByCode(transaction, {
          number,
          code: hashCode(installation, request.body.code),
          browserHash,
        })
        if (id)
          await recordAct(transaction, request, {
            event: 'services.application-returned-to',
            subject: `application/${id}`,
          })
        return id
      }))
    reply.header('cache-control', 'no-store')
    if (!id) {
      const mistakes = [{ control: 'number', text: words.returnCode }]
      return reply.code(422).page({ number: request.body.number, mistakes }, ReturnPage)
    }
    if (request.wanted.format !== 'html') return reply.code(201).send({ path: pathOf(id) })
    return leadTo(request, reply, pathOf(id))
  })

  const keep = {
    config: {
      access: 'signed-in',
      scope: 'services:apply',
      event: 'services.application-kept',
      onBehalf: true,
    } as const,
    schema: {
      summary: 'Put an application that was begun in this browser into one’s account',
      params: AtApplication,
      response: { 303: Type.Null() },
    },
  }
  app.post('/applications/:id/keep', keep, async (request, reply) => {
    const { id } = request.params
    await sql.begin(async (transaction) => {
      const { row, apply } = await getLocked(installation, request, id, transaction)
      if (row.personId !== null || apply.signIn === 'none') return
      await keepInAccount(transaction, { id, ...applicantOf(request.person!) })
      await recordAct(transaction, request, { event: 'services.application-kept', subject: `application/${id}` })
    })
    return leadTo(request, reply, `${pathOf(id)}/later`)
  })
}
