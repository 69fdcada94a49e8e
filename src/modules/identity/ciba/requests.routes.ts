import { errors } from 'oidc-provider'
import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { freshSeconds, sentSeconds } from '../account/fresh.ts'
import { pathToFill, tickedIn } from '../consents/answer.rules.ts'
import { choose } from '../consents/asked.rules.ts'
import { askedBody, Without } from '../consents/asked-fields.tsx'
import { lookAt } from '../consents/look.ts'
import { waitFor } from '../consents/wait.ts'
import { problem } from '../problems.ts'
import { findClient } from '../provider/clients.sql.ts'
import { Wait, WaitPage } from '../provider/interaction.page.tsx'
import { aroundOf, levelIn } from '../provider/interaction.rules.ts'
import { agree } from '../provider/interaction-steps.ts'
import type { OpenProvider } from '../provider/provider.ts'
import { withNext } from '../sign-in/next.ts'
import { path, Request, RequestPage, Requests, RequestsPage } from './requests.page.tsx'
import { listRequests, takeRequest } from './requests.sql.ts'
import { dataOf, fieldsOf, getRequest, tell } from './requests.ts'

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
        querystring: Type.Object({ answered: Type.Optional(Type.Literal('yes')) }),
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
      return reply.page({ requests: shown, answered: query.answered === 'yes' }, RequestsPage)
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
      const level = levelIn(found.interaction)
      if (person.level < level) {
        const next = withNext(`/sign-in/again?level=${level}`, `${path}/${found.asked.handle}`)
        return reply.redirect(withLanguage(pack.government, request.language, next), 303)
      }
      const looked = await lookAt(app.sql, installation, person.id, fieldsOf(installation, found.interaction), aroundOf(found.interaction, found.client))
      const without = (request.query.without ?? '').split(',').filter(Boolean)
      return reply.page(dataOf(installation, found, looked, { without }), RequestPage)
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
        body: Type.Object(askedBody),
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
      const subject = `client/${client.id}`
      const open = await provider.get()
      if (body.answer === 'refuse') {
        const id = await app.sql.begin(async (sql) => {
          const taken = await takeRequest(sql, installation, person.id, handle)
          if (taken) await recordAct(sql, request, { event: 'identity.service-refused', subject })
          return taken
        })
        if (!id) throw problem('request-gone')
        await open.backchannelResult(id, new errors.AccessDenied('the person did not agree'))
        return onwards(`${path}?answered=yes`)
      }
      if (person.level < levelIn(interaction)) return onwards(`${path}/${handle}`)
      const looked = await lookAt(app.sql, installation, person.id, fieldsOf(installation, interaction), aroundOf(interaction, client))
      const ticked = tickedIn(body.field)
      const chosen = choose(looked.rows, ticked)
      const without = looked.rows.map(({ name }) => name).filter((name) => !ticked.includes(name))
      const toFill = looked.rows.find(({ name, missing }) => name === body.fill && missing !== null)
      if (toFill) return onwards(pathToFill(toFill, looked.rows, ticked, `${path}/${handle}`))
      const again = (status: 409 | 422, wrong: Partial<Request>) =>
        reply.code(status).page(dataOf(installation, found, looked, { without, ...wrong }), RequestPage)
      if (body.answer !== 'agree' || body.version !== looked.version) return again(409, { changed: true })
      if (chosen.forged) throw problem('field-not-asked')
      if (chosen.open.length > 0) return again(422, { open: chosen.open.map(({ name }) => name) })
      const wait = await waitFor(app.sql, installation, request, {
        client,
        scope: client.name,
        action: `${path}/${handle}`,
      })
      if (wait) return reply.code(403).page(wait, WaitPage)
      const id = await app.sql.begin(async (sql) => {
        const taken = await takeRequest(sql, installation, person.id, handle)
        if (!taken) return undefined
        await agree(sql, request, { interaction, client, looked, chosen })
        await recordAct(sql, request, { event: 'identity.request-approved', subject })
        return taken
      })
      if (!id) throw problem('request-gone')
      await tell(open, id, { interaction, client, person })
      return onwards(`${path}?answered=yes`)
    })
  }
