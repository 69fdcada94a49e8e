import { timingSafeEqual } from 'node:crypto'
import type { Server } from 'node:http'
import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import { foldKey, sources } from '../definitions/sources.ts'
import { problem } from '../problems.ts'
import { Reply, type Sources } from './types.ts'

const path = '/office/sources'

/** Registers of the pack, with their made-up entries, on this application’s own port: for a demonstration without real ones. */
export const madeUpSourceRoutes: Routes = async (app) => {
  const { installation } = app
  const serve = {
    // The programs of this installation alone hold the token.
    config: { access: 'public', scope: 'own', event: 'none' /* a question changes nothing */ },
    schema: {
      summary: 'A made-up register of a demonstration: the entry under a key',
      params: Type.Object({ source: Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 }) }),
      body: Type.Object({ key: Type.String({ maxLength: 100 }) }),
      response: { 200: Reply },
    },
  }
  app.post(`${path}/:source`, serve, async ({ params, body, headers }) => {
    if (!installation.demonstration || installation.sources) throw problem('no-made-up-source')
    if (!same(headers.authorization ?? '', `Bearer ${ownToken(installation)}`)) throw problem('no-made-up-source')
    const source = installation.pack.find(sources, params.source)
    if (!source) throw problem('no-made-up-source')
    const wanted = foldKey(body.key)
    const entry = source.entries.find((each) => foldKey(each[source.key] ?? '') === wanted) ?? null
    return { entry, asOf: installation.now().toISOString(), madeUp: true }
  })
}

const ownToken = ({ vault }: Installation) => vault.lookup('sources', 'token').toString('hex')

function same(one: string, other: string): boolean {
  const [mine, theirs] = [Buffer.from(one), Buffer.from(other)]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs)
}

/** Where the made-up registers answer; undefined outside a demonstration, and as long as nothing listens. */
export function ownSources(installation: Installation, server: Server): Sources | undefined {
  const at = server.address()
  if (!installation.demonstration || at === null || typeof at === 'string') return undefined
  const host = at.address === '0.0.0.0' ? '127.0.0.1' : at.address === '::' ? '[::1]' : at.address
  const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${at.port}${path}`
  return { url, token: ownToken(installation), madeUp: true }
}
