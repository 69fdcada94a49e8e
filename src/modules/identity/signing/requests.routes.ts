import { Type } from 'typebox'
import { type Person, type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { listRecipients } from '../inbox/inbox.sql.ts'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { AskData, AskedData, AskedPage, type AskMistake, AskPage } from './requests.page.tsx'
import { findRequest, insertRequest, listRequestsOf, type SummaryLine } from './requests.sql.ts'
import { RequestParams, signingMax } from './types.ts'
import { viewOf } from './view.ts'

const daysDefault = 7

export const requestRoutes: Routes = async (app) => {
  const { installation } = app

  const organisationOf = ({ organisation }: Person): string => {
    if (!organisation) throw problem('no-organisation')
    return organisation
  }
  const blank = { documentName: '', service: '', hash: '', summary: '', person: '', days: `${daysDefault}` }
  const lines = async (person: Person) => {
    const requests = await listRequestsOf(app.sql, organisationOf(person))
    return Promise.all(requests.map((request) => viewOf(installation, request)))
  }

  const list = {
    config: { access: 'identity:request-signature' },
    schema: { summary: 'What a department asks people to sign, and the form for more', response: { 200: AskData } },
  }
  app.get('/sign/requests', list, async ({ person }, reply) =>
    reply.page({ requests: await lines(person!), values: blank, mistakes: [] }, AskPage),
  )

  const ask = {
    config: { access: 'identity:request-signature', event: 'identity.signing-requested' },
    schema: {
      summary: 'Ask a person to sign a document, by its hash',
      body: Type.Object({
        documentName: Type.Optional(Type.String({ maxLength: signingMax.documentName })),
        service: Type.Optional(Type.String({ maxLength: signingMax.service })),
        hash: Type.Optional(Type.String({ maxLength: 200 })),
        summary: Type.Optional(Type.String({ maxLength: 8000 })),
        person: Type.Optional(Type.String({ maxLength: 60 })),
        days: Type.Optional(Type.String({ maxLength: 4 })),
      }),
      response: { 201: AskedData, 422: AskData },
    },
  }
  app.post('/sign/requests', ask, async (request, reply) => {
    const { body } = request
    const person = request.person!
    const organisation = organisationOf(person)
    const values = { ...blank }
    for (const key of Object.keys(blank) as (keyof typeof blank)[]) values[key] = body[key]?.trim() ?? blank[key]
    const { mistakes, summary } = mistakesOf(values)
    const code = values.person.replace(/[\s-]/g, '').toUpperCase()
    const [signer] = values.person ? await listRecipients(app.sql, [values.person], [code]) : []
    if (values.person && !signer) mistakes.push('person')
    if (mistakes.length > 0) return reply.code(422).page({ requests: await lines(person), values, mistakes }, AskPage)
    const days = Number(values.days)
    const id = await app.sql.begin(async (sql) => {
      const id = await insertRequest(sql, {
        kind: 'hash',
        personId: signer?.personId ?? null,
        requestedBy: person.id,
        organisation,
        service: values.service || null,
        documentName: values.documentName,
        summary,
        hash: plainHash(values.hash),
        expiresAt: new Date(installation.now().getTime() + days * 86_400_000).toISOString(),
      })
      await recordAct(sql, request, { event: 'identity.signing-requested', subject: `sign/requests/${id}` })
      const undo = `/sign/${id}`
      const named = { request: id }
      if (signer) await sendAlert(sql, { personId: signer.personId, kind: 'signature-requested', values: named, undo })
      return id
    })
    const address = `/sign/requests/${id}`
    if (request.wanted.format === 'json') {
      const view = await viewOf(installation, (await findRequest(app.sql, id))!)
      return reply
        .code(201)
        .header('location', address)
        .send({ ...view, address: addressOf(id) })
    }
    return reply.redirect(doneAt(request, address, 'signing-requested'), 303)
  })

  /** What the department gives to the person, or shows them as a link. */
  const addressOf = (id: string) => `${installation.address}/sign/${id}`

  const one = {
    config: { access: 'identity:request-signature' },
    schema: {
      summary: 'What became of one request: its address for the person, words to compare, and the signature',
      params: RequestParams,
      response: { 200: AskedData },
    },
  }
  app.get('/sign/requests/:id', one, async ({ params, person }, reply) => {
    const found = await findRequest(app.sql, params.id)
    if (!found || found.organisation !== organisationOf(person!)) throw problem('request-not-found')
    return reply.page({ ...(await viewOf(installation, found)), address: addressOf(found.id) }, AskedPage)
  })
}

/** As tools print it: with spaces, colons, in capitals, or with the name of the algorithm before it. */
const plainHash = (hash: string) =>
  hash
    .toLowerCase()
    .replace(/^sha-?256[:=]/, '')
    .replace(/[\s:]/g, '')

type Values = { documentName: string; hash: string; summary: string; days: string }

function mistakesOf({ documentName, hash, summary, days }: Values): { mistakes: AskMistake[]; summary: SummaryLine[] } {
  const written = summary.split(/\r?\n/).filter((line) => line.trim())
  const read = written.map(
    (line) =>
      /^([^:：]+)[:：](.+)$/
        .exec(line)
        ?.slice(1)
        .map((part) => part.trim()) ?? [],
  )
  const fits = read.every(
    ([label = '', value = '']) =>
      label && value && label.length <= signingMax.label && value.length <= signingMax.value,
  )
  const mistakes: AskMistake[] = []
  if (!/[\p{L}\p{N}]/u.test(documentName)) mistakes.push('documentName')
  if (!/^[0-9a-f]{64}$/.test(plainHash(hash))) mistakes.push('hash')
  if (!fits || written.length > signingMax.lines) mistakes.push('summary')
  if (!/^\d+$/.test(days) || Number(days) < 1 || Number(days) > 30) mistakes.push('days')
  return { mistakes, summary: read.map(([label = '', value = '']) => ({ label, value })) }
}
