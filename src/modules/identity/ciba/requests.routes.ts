import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { freshSeconds, sentSeconds } from '../account/fresh.ts'
import { askedData, namesIn, readAnswer } from '../consents/answer.rules.ts'
import { AskedAnswer, Without } from '../consents/asked-fields.tsx'
import { Wait, WaitPage } from '../consents/wait.page.tsx'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { findClient } from '../provider/clients.sql.ts'
import { isPhoneTooLittle, levelWanted } from '../provider/interaction.rules.ts'
import { agree, waitForClient } from '../provider/interaction-steps.ts'
import type { OpenProvider } from '../provider/provider.ts'
import { withNext } from '../sign-in/next.ts'
import { path, Request, RequestPage, Requests, RequestsPage } from './requests.page.tsx'
import { listRequests, takeRequest } from './requests.sql.ts'
import { agreement, answerTo, getRequest, keepAnswer, lookAtRequest, pageOf, refusal } from './requests.ts'

const Params = Type.Object({ handle: Type.String({ pattern: '^[0-9a-f]{64}$' }) })

/** What staff began at their counter (CIBA Core 1.0), and what the person answers in their own account. */
export const requestRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { installation } = app
    const { pack } = installation

    const list = {
      config: { access: 'signed-in' },
      schema: {
        summary: 'Requests of staff that wait for my answer',
        querystring: Type.Object({ receipt: Type.Optional(Type.String({ format: 'uuid' })) }),
        response: { 200: Requests },
      },
    }
    app.get(path, list, async ({ person, query }, reply) => {
      const requests = await listRequests(app.sql, person!.id)
      const clients = await Promise.all(requests.map(({ clientId }) => findClient(app.sql, clientId)))
      const shown = requests.flatMap(({ handle, expiresAt }, index) => {
        const client = clients[index]
        return client && client.state !== 'suspended' ? [{ handle, service: client.name, expiresAt }] : []
      })
      return reply.page({ requests: shown, receipt: query.receipt ?? null }, RequestsPage)
    })

    const show = {
      config: { access: 'signed-in', freshSeconds },
      schema: {
        summary: 'What staff ask of me: each field with the value that would be told',
        params: Params,
        querystring: Type.Object({ without: Without }),
        response: { 200: Request, 303: Type.Null() },
      },
    }
    app.get(`${path}/:handle`, show, async (request, reply) => {
      const person = request.person!
      const found = await getRequest(installation, person.id, request.params.handle)
      const level = levelWanted(found.interaction)
      if (person.level < level || isPhoneTooLittle(found.interaction, found.client, person)) {
        const next = withNext(`/sign-in/again?level=${level}`, `${path}/${found.asked.handle}`)
        return reply.redirect(withLanguage(pack.government, request.language, next), 303)
      }
      const looked = await lookAtRequest(installation, person.id, found)
      const data = askedData(looked, { without: namesIn(request.query.without) })
      return reply.page(pageOf(installation, found, data), RequestPage)
    })

    const answer = {
      config: {
        access: 'signed-in',
        freshSeconds: sentSeconds,
        event: [
          'identity.request-approved',
          'identity.consent-given',
          'identity.service-refused',
          'identity.high-risk-refused',
        ],
      },
      schema: {
        summary: 'Agree to what staff ask, field by field, or refuse',
        params: Params,
        body: AskedAnswer,
        response: { 303: Type.Null(), 403: Wait, 409: Request, 422: Request },
      },
    }
    app.post(`${path}/:handle`, answer, async (request, reply) => {
      const { body, language } = request
      const person = request.person!
      const found = await getRequest(installation, person.id, request.params.handle)
      const { client, interaction, asked } = found
      const { handle } = asked
      const onwards = (to: string) => reply.redirect(withLanguage(pack.government, language, to), 303)
      const open = await provider.get()
      if (body.answer === 'refuse') {
        const refused = await answerTo(installation, found, open, refusal)
        await app.sql.begin(async (sql) => {
          if (!(await takeRequest(sql, person.id, handle))) throw problem('request-gone')
          await recordAct(sql, request, { event: 'identity.service-refused', subject: `client/${client.id}` })
          await keepAnswer(sql, found, refused)
        })
        return reply.redirect(doneAt(request, path, 'service-refused'), 303)
      }
      if (person.level < levelWanted(interaction) || isPhoneTooLittle(interaction, client, person))
        return onwards(`${path}/${handle}`)
      const looked = await lookAtRequest(installation, person.id, found)
      const action = `${path}/${handle}`
      const read = readAnswer(looked, body, action)
      if ('next' in read) return onwards(read.next)
      if ('again' in read)
        return reply.code(read.status).page(pageOf(installation, found, askedData(looked, read.again)), RequestPage)
      const wait = await waitForClient(installation, request, { interaction, client, action })
      if (wait) return reply.code(403).page(wait, WaitPage)
      const agreed = await answerTo(installation, found, open, () => agreement(person, { open, interaction, client }))
      const receipt = await app.sql.begin(async (sql) => {
        if (!(await takeRequest(sql, person.id, handle))) throw problem('request-gone')
        const receipt = await agree(sql, request, { interaction, client, looked, chosen: read.chosen })
        const approved = { event: 'identity.request-approved', subject: `account/consents/${receipt}` }
        await recordAct(sql, request, { ...approved, detail: { client: client.id } })
        await keepAnswer(sql, found, agreed)
        return receipt
      })
      return reply.redirect(doneAt(request, `${path}?receipt=${receipt}`, 'request-approved'), 303)
    })
  }
