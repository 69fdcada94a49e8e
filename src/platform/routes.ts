import { readFileSync } from 'node:fs'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { allExamples } from './components/all-examples.ts'
import { StylePage } from './components/style.page.tsx'
import { projectFolder } from './database.ts'
import { Reading } from './figures.ts'
import { say } from './languages.ts'
import type { Module, Routes } from './module.ts'
import { DevelopersPage } from './pages/developers.page.tsx'
import { FiguresPage } from './pages/figures.page.tsx'
import { ProblemKindPage } from './pages/problem.page.tsx'
import { allProblems, problem } from './problem.ts'
import { securityOf, securitySchemes } from './tokens.ts'

const { version } = JSON.parse(readFileSync(new URL('package.json', projectFolder), 'utf8')) as { version: string }

/** Must come before any route whose address the OpenAPI document should hold. */
export async function addOpenApi(app: FastifyInstance, modules: readonly Module[]): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Praya', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: { securitySchemes: securitySchemes() },
      tags: [
        { name: 'platform', description: 'What every module stands on.' },
        ...modules.map(({ name, summary }) => ({ name, description: summary })),
      ],
    },
    transform: ({ schema, url, route }) => ({ schema: { ...schema, security: securityOf(route.config) }, url }),
  })
}

/** What the platform itself answers: health, metrics, problems, figures, the style page and the API document. */
export const platformRoutes: Routes = async (app) => {
  const open = { access: 'public' }

  const alive = { config: { ...open, rateLimit: false }, schema: { summary: 'Whether the process runs', hide: true } }
  app.get('/healthz', alive, async () => ({ status: 'ok' }))

  const ready = {
    config: { ...open, rateLimit: false },
    schema: { summary: 'Whether the process can serve', hide: true },
  }
  app.get('/readyz', ready, async () => {
    await app.sql`select 1`.catch((error: Error) => {
      throw problem('not-ready', { detail: error.message })
    })
    return { status: 'ok' }
  })

  const metrics = { config: { ...open, rateLimit: false }, schema: { summary: 'Numbers for Prometheus', hide: true } }
  app.get('/metrics', metrics, async (_, reply) =>
    reply.type(app.metrics.contentType).send(await app.metrics.metrics()),
  )

  const kind = {
    config: open,
    schema: {
      summary: 'What a problem code means',
      params: Type.Object({ code: Type.String({ maxLength: 100 }) }),
      response: { 200: Type.Object({ code: Type.String(), status: Type.Integer(), title: Type.String() }) },
    },
  }
  app.get('/problems/:code', kind, async ({ params, language }, reply) => {
    const found = allProblems.get(params.code)
    if (!found) throw problem('not-found')
    const title = say(found.title, language).replace(/\{\w+\}/g, '…')
    return reply.page({ code: params.code, status: found.status, title }, ProblemKindPage)
  })

  const figures = {
    config: { ...open, keepSeconds: 2 },
    schema: {
      summary: 'Every live figure of this installation',
      response: { 200: Type.Object({ figures: Type.Array(Reading) }) },
    },
  }
  app.get('/figures', figures, async (_, reply) => reply.page({ figures: await app.figures.readAll() }, FiguresPage))

  const document = { config: open, schema: { summary: 'This API as OpenAPI 3.1', hide: true } }
  app.get('/developers/openapi.json', document, async () => app.swagger())
  const anything = Type.Object({}, { additionalProperties: true })
  const readable = {
    config: open,
    schema: { summary: 'The API, to read', response: { 200: Type.Object({ document: anything }) } },
  }
  app.get('/developers', readable, async (_, reply) => reply.page({ document: app.swagger() }, DevelopersPage))

  const style = {
    config: open,
    schema: {
      summary: 'Every component of the pages, with its examples',
      querystring: Type.Object({ example: Type.Optional(Type.String({ maxLength: 100 })) }),
      response: { 200: Type.Object({ example: Type.Union([Type.String(), Type.Null()]) }) },
    },
  }
  const all = allExamples(app.modules)
  app.get('/style', style, async ({ query }, reply) =>
    reply.page({ example: query.example ?? null }, ({ example }) => StylePage({ example, all })),
  )
}
