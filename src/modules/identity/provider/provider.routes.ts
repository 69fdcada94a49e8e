import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, render, say, withLanguage } from '#platform'
import { linkRoutes } from '../channels/link.routes.ts'
import { requestRoutes } from '../ciba/requests.routes.ts'
import { fillingOrderRoutes } from '../filling/orders.routes.ts'
import { endSession } from '../sessions/sessions.sql.ts'
import { SignOutPage } from '../sign-in/sign-out.page.tsx'
import { certificateHeaders } from './configuration.ts'
import { type Found, foundOf } from './found.ts'
import { interactionRoutes } from './interaction.routes.ts'
import { withForm } from './interaction-steps.ts'
import { LogoutErrorPage, LogoutPage, ProviderErrorPage, SuspendedPage } from './provider.page.tsx'
import { openProvider } from './provider.ts'
import { findSuspended } from './suspended.ts'
import { metadataPath, resourceMetadata } from './token-person.ts'
import { beginWork, type Work } from './work.ts'

/**
 * What the library's own answers carry of the platform's headers: data, redirects, forms that send themselves. Pages of ours
 * carry all.
 */
const headersOfAnswers = ['x-content-type-options', 'x-frame-options', 'referrer-policy']

/** OpenID Connect and OAuth 2.0 under `/id`, and the pages at which people answer a service. */
export const providerRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack, demonstration, sql } = installation

  const provider = openProvider(installation, app.log as never, {
    renderError: async (ctx, out) => {
      const { show, headers, requestId } = foundOf(ctx)!
      ctx.set(headers() as never)
      ctx.type = 'html'
      if (ctx.oidc?.route === 'end_session') {
        ctx.body = show({ reason: out.error_description ?? '', instance: requestId }, LogoutErrorPage)
        return
      }
      const suspended = await findSuspended(sql, ctx, out.error)
      if (suspended) {
        ctx.body = show({ service: suspended.name }, SuspendedPage)
        return
      }
      ctx.body = show({ error: out.error, reason: out.error_description ?? '', instance: requestId }, ProviderErrorPage)
    },
    logoutSource: async (ctx, form) => {
      const { show, headers } = foundOf(ctx)!
      ctx.set(headers() as never)
      const back = ctx.oidc.params?.post_logout_redirect_uri
      // Chromium holds the redirect after a form against where the form may go.
      if (typeof back === 'string')
        ctx.set('content-security-policy', withForm(ctx.response.get('content-security-policy'), new URL(back).origin))
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
      const client = ctx.oidc.client?.clientName ?? null
      ctx.body = show(
        { action: `/id${ctx.oidc.provider.pathFor('end_session_confirm', { mountPath: '' })}`, xsrf, client },
        LogoutPage,
      )
    },
    loggedOut: async (ctx) => {
      const { show, headers } = foundOf(ctx)!
      ctx.set(headers() as never)
      ctx.body = show({}, SignOutPage)
    },
    ended: async (ctx) => {
      const { personId, sessionHandle } = foundOf(ctx)!.asking
      if (personId && sessionHandle) await endSession(sql, personId, sessionHandle)
    },
  })

  /** As `reply.page` makes them, for answers that the provider sends itself. */
  function found(request: FastifyRequest, reply: FastifyReply): Found {
    const { person, sessionHandle } = request
    return {
      person,
      get language() {
        return request.language
      },
      requestId: request.id,
      asking: { ...(person && { personId: person.id }), ...(sessionHandle && { sessionHandle }) },
      headers: () => reply.getHeaders(),
      show: (data, view) => {
        const { language } = request
        return render(data, view, {
          language,
          say: (text, values) => say(text, language, values),
          path: request.method === 'GET' ? request.wanted.path : '/',
          href: (path) => withLanguage(pack.government, language, path),
          government: pack.government,
          demonstration,
          ...(person && { person }),
        })
      },
    }
  }

  await app.register(async (scope) => {
    // The provider reads bodies itself, by the rules of its protocols.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_, __, done) => done(null))
    const take = async (request: FastifyRequest, reply: FastifyReply) => {
      const answer = await provider.getAnswer()
      reply.hijack()
      for (const name of headersOfAnswers) reply.raw.setHeader(name, reply.getHeader(name)!)
      // What a proxy says of a client's certificate is believed where a proxy is (PRAYA_BEHIND_PROXY), and from nobody else.
      if (request.ips === undefined) for (const name of certificateHeaders) delete request.headers[name]
      await answer(request.raw, reply.raw, found(request, reply))
    }
    // Clients post to these addresses from their servers and their own pages; each request carries its own proof.
    const config = { access: 'public', scope: 'own', event: 'none', anySite: true }
    const method: ('GET' | 'POST' | 'OPTIONS')[] = ['GET', 'POST', 'OPTIONS']
    const params = Type.Object({ '*': Type.String({ maxLength: 500 }) })
    scope.route({ method, url: '/id/*', config, schema: { hide: true, params }, handler: take })
  })
  await app.register(async (scope) => {
    const works = new WeakMap<FastifyRequest, Work>()
    scope.addHook('preHandler', (request, _, done) => {
      works.set(request, beginWork(done).work)
    })
    scope.addHook('onSend', async (request) => {
      const work = works.get(request)
      if (work) await provider.writer.write(work)
    })
    await scope.register(interactionRoutes(provider))
    await scope.register(linkRoutes(provider))
  })
  await app.register(fillingOrderRoutes(provider))
  await app.register(requestRoutes(provider))

  app.get(metadataPath, { config: { access: 'public' }, schema: { hide: true } }, async () =>
    resourceMetadata(installation),
  )

  // RFC 8414, §3: where a client that knows the issuer alone looks.
  const metadata = { config: { access: 'public' }, schema: { hide: true } }
  app.get('/.well-known/oauth-authorization-server/id', metadata, async (_, reply) =>
    reply.redirect('/id/.well-known/openid-configuration', 307),
  )
}
