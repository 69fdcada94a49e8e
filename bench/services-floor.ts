/*
 * The floor of bench/services.ts: what every request of an application must do whoever answers it, and nothing else. A bare
 * Fastify, the same driver, the same rows of the same table, typed words sealed and opened; pages are the bytes that Praya sent
 * before. `plain` guards against nobody; `guarded` stands behind what every request to Praya passes: the address's language,
 * limits for each address, headers, metrics; `dutiful` besides follows the answers through the form where they change, draws each
 * page from its data, and is as large a program as Praya. Of sending, the five rows beside the application
 * (the line of the trail, the case, its two events, a message) are kept in a table without indexes.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import {
  findApplication,
  insertApplication,
  lockApplication,
  type Row,
  updateDraft,
  updateSent,
} from '../src/modules/services/applying/applications.sql.ts'
import { BeginPage } from '../src/modules/services/applying/begin.page.tsx'
import { CheckPage } from '../src/modules/services/applying/check.page.tsx'
import { type Draft, emptyDraft } from '../src/modules/services/applying/draft.ts'
import { walk } from '../src/modules/services/applying/journey.rules.ts'
import { QuestionPage } from '../src/modules/services/applying/question.page.tsx'
import { SentPage } from '../src/modules/services/applying/sent.page.tsx'
import { newReference } from '../src/modules/services/cases/begin.ts'
import { compileService } from '../src/modules/services/definitions/compile.rules.ts'
import { openDatabase } from '../src/platform/database.ts'
import type { View } from '../src/platform/page.tsx'
import { openVault } from '../src/platform/vault.ts'
import { guardedHttp } from './guarded.ts'

export type Floor = 'plain' | 'guarded' | 'dutiful'
/**
 * What Praya answered: each page by its address, with `:id` for the application, as it was sent and as data; the definition that it
 * goes by, and its hash.
 */
export type Seen = {
  pages: string[]
  bodies: { [address: string]: string }
  data: { [address: string]: object }
  definition: object
  version: string
}

const [kind, databaseUrl, seenFile] = process.argv.slice(2) as [Floor, string, string]
const { pages, bodies, data, definition, version } = JSON.parse(readFileSync(seenFile, 'utf8')) as Seen
const { sql } = openDatabase({ app: databaseUrl, owner: databaseUrl })
const vault = openVault('what seals answers of the bench alone')
const drafts = new Map<string, { revision: number; draft: Draft }>()
if (kind === 'dutiful') await import('../src/modules.ts')
const app = kind === 'plain' ? await aPlain() : ((await guardedHttp(sql)) as never as FastifyInstance)
const form = compileService(definition as never).compiled.form!
const html = 'text/html; charset=utf-8'
const expires = new Date(Date.now() + 86_400_000)
const seal = (id: string, typed: object) => vault.seal('application', JSON.stringify(typed), id)
const open = (row: Row) => JSON.parse(vault.open('application', row.sealedTyped, row.id).toString()) as object
const asked = { config: { access: 'public', event: 'none' } } as never
const besides = Buffer.alloc(600, 7)

const today = new Date().toISOString().slice(0, 10)

/** A page: its bytes again, or drawn from its data. */
function answer(reply: FastifyReply, address: string, view: View<never>) {
  if (kind !== 'dutiful') return reply.type(html).send(bodies[address])
  return reply.page(data[address], view as never)
}

type At = { Params: { id: string; page: string } }
app.get('/services/bench/apply', asked, (_, reply) => answer(reply, '/eng/services/bench/apply', BeginPage))
app.post('/services/bench/apply', asked, async (_, reply) => {
  const id = randomUUID()
  const draft = emptyDraft()
  drafts.set(id, { revision: 0, draft })
  await insertApplication(sql, {
    ...{ id, service: 'bench', version, personId: null, organisation: null, browserHash: Buffer.alloc(32, 1) },
    ...{ sealedTyped: seal(id, draft), language: 'en', now: new Date(), expires },
  })
  return reply.redirect(`/eng/applications/${id}/pages/${pages[0]}`, 303)
})
app.get<At>('/applications/:id/pages/:page', asked, async ({ params }, reply) => {
  open((await findApplication(sql, params.id))!)
  return answer(reply, `/eng/applications/:id/pages/${params.page}`, QuestionPage)
})
app.post<At>('/applications/:id/pages/:page', asked, async ({ params: { id, page }, body }, reply) => {
  const { revision, draft } = drafts.get(id)!
  const changed = {
    revision: revision + 1,
    draft: { ...draft, typed: { ...draft.typed, ...(body as object) }, seen: [...draft.seen, page] },
  }
  if (kind === 'dutiful') walk(form, changed.draft, { today })
  const sealedTyped = seal(id, changed.draft)
  if (!(await updateDraft(sql, { id, revision, sealedTyped, language: 'en', now: new Date(), expires })))
    throw new Error('The draft was not kept')
  drafts.set(id, changed)
  const next = pages[pages.indexOf(page) + 1]
  return reply.redirect(`/eng/applications/${id}/${next ? `pages/${next}` : 'check'}`, 303)
})
for (const [last, view] of [
  ['check', CheckPage],
  ['sent', SentPage],
] as const)
  app.get<At>(`/applications/:id/${last}`, asked, async ({ params }, reply) => {
    open((await findApplication(sql, params.id))!)
    return answer(reply, `/eng/applications/:id/${last}`, view)
  })
app.post<At>('/applications/:id/send', asked, async ({ params: { id } }, reply) => {
  await sql.begin(async (sql) => {
    const typed = open((await lockApplication(sql, id))!)
    const sealedAnswers = seal(id, typed)
    const sent = { id, reference: newReference('BE'), sealedAnswers, sealedTyped: seal(id, {}), now: new Date() }
    await Promise.all([
      updateSent(sql, { ...sent, language: 'en' }),
      ...Array.from({ length: 5 }, () => sql`insert into public.bench_besides (of, row) values (${id}, ${besides})`),
    ])
  })
  drafts.delete(id)
  return reply.redirect(`/eng/applications/${id}/sent`, 303)
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send!((app.server.address() as { port: number }).port)

/** A bare Fastify that knows one language, in the address. */
async function aPlain(): Promise<FastifyInstance> {
  const app = Fastify({ rewriteUrl: ({ url }) => url!.replace(/^\/eng/, '') })
  await app.register(formbody)
  return app
}
