import { Type } from 'typebox'
import { type Installation, type Routes, recordAct } from '#platform'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { type Application, getDraft, getLockedPart, giveBrowserHash } from './applications.ts'
import { hashCode } from './codes.ts'
import { Query } from './pages.routes.ts'
import { partyOf } from './parts.routes.ts'
import { signPart, takePart } from './parts.sql.ts'
import { standingOf } from './parts.ts'
import type { Mistake } from './read.rules.ts'
import { mistakesOf } from './send.routes.ts'
import { noteOf, pathOf, sectionsOf } from './show.ts'
import { SignPage } from './sign.page.tsx'
import { TakePage } from './take.page.tsx'
import { AtApplication, SignData, TakeData } from './types.ts'
import { words } from './words.ts'

/** The part of whoever asks. */
function ownPart(installation: Installation, application: Application) {
  const part = standingOf(installation, application).parts.find(({ party }) => party === application.by)
  // The applicant’s answers may lead elsewhere by now.
  if (!part) throw problem('page-not-found')
  return part
}

function signData(installation: Installation, application: Application, mistakes: Mistake[] = []): SignData {
  const { party, answers, stops, digest } = ownPart(installation, application)
  const pages = stops.map(({ page }) => page)
  return {
    application: noteOf(application, installation.now()),
    title: partyOf(application, party).title,
    sections: sectionsOf(installation, application, { pages, answers, values: {} }),
    ...{ declaration: application.apply.form.declaration, digest, mistakes, back: pathOf(application.row.id) },
  }
}

/** How a party takes their part over by its code, and signs it. */
export const signRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const form = {
    config: { access: 'public', scope: 'services:apply' },
    schema: { summary: 'Where somebody who was given a code begins their part', response: { 200: TakeData } },
  }
  app.get('/applications/part', form, async (_, reply) => reply.page({ mistakes: [], typed: '' }, TakePage))

  const take = {
    config: { access: 'public', scope: 'services:apply', event: 'services.part-taken' },
    schema: {
      summary: 'Take a part by its code, for the person who is signed in or for this browser',
      body: Type.Object({ code: Type.String({ maxLength: 60 }) }),
      response: { 201: Type.Object({ path: Type.String() }), 303: Type.Null(), 422: TakeData },
    },
  }
  app.post('/applications/part', take, async (request, reply) => {
    const { code } = request.body
    const by = { personId: request.person?.id ?? null, browserHash: giveBrowserHash(request, reply) }
    const application = await sql.begin(async (transaction) => {
      const application = await takePart(transaction, hashCode(installation, code), by)
      if (application)
        await recordAct(transaction, request, { event: 'services.part-taken', subject: `application/${application}` })
      return application
    })
    reply.header('cache-control', 'no-store')
    if (!application) {
      const mistakes: Mistake[] = [{ control: 'code', text: words.code }]
      return reply.code(422).page({ mistakes, typed: code }, TakePage)
    }
    const path = pathOf(application)
    if (request.wanted.format !== 'html') return reply.code(201).send({ path })
    return leadTo(request, reply, path)
  })

  const look = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'The answers of a party, before they are signed',
      params: AtApplication,
      querystring: Query,
      response: { 200: SignData, 303: Type.Null() },
    },
  }
  app.get('/applications/:id/sign', look, async (request, reply) => {
    const application = await getDraft(installation, request, request.params.id)
    if (application.by === undefined) throw problem('page-not-found')
    reply.header('cache-control', 'no-store')
    if (!ownPart(installation, application).isComplete) return leadTo(request, reply, pathOf(application.row.id))
    return reply.page(signData(installation, application, mistakesOf(request.query.wrong)), SignPage)
  })

  const sign = {
    config: { access: 'public', scope: 'services:apply', event: 'services.part-signed' },
    schema: {
      summary:
        'Sign a part, with the answers of the applicant that were shown. Where they have changed since, they are shown again',
      params: AtApplication,
      body: Type.Object({
        digest: Type.String({ maxLength: 60 }),
        agree: Type.Optional(Type.String({ maxLength: 3 })),
      }),
      response: { 303: Type.Null(), 409: SignData, 422: SignData },
    },
  }
  app.post('/applications/:id/sign', sign, async (request, reply) => {
    const { params, body } = request
    const first = await getDraft(installation, request, params.id)
    if (first.by === undefined) throw problem('page-not-found')
    reply.header('cache-control', 'no-store')
    const again = (wrong: 'agree' | 'changed', at: Application = first) =>
      request.wanted.format === 'html'
        ? leadTo(request, reply, `${pathOf(params.id)}/sign?wrong=${wrong}`)
        : reply.code(wrong === 'agree' ? 422 : 409).send(signData(installation, at, mistakesOf(wrong)))
    if (body.agree !== 'yes') return again('agree')
    const changed = await sql.begin(async (transaction) => {
      // Kept from the applicant while it is signed.
      const application = await getLockedPart(installation, request, params.id, transaction)
      const { isComplete, digest } = ownPart(installation, application)
      if (!isComplete) throw problem('answers-missing')
      if (digest !== body.digest) return application
      await signPart(transaction, { application: params.id, party: application.by!, digest, now: installation.now() })
      await recordAct(transaction, request, {
        event: 'services.part-signed',
        subject: `application/${params.id}`,
        detail: { party: application.by! },
      })
      return undefined
    })
    if (changed) return again('changed', changed)
    return leadTo(request, reply, pathOf(params.id))
  })
}
