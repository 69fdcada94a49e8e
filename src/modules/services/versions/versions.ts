import { hash } from 'node:crypto'
import { canonicalOf } from '#ledger'
import type { Complaint } from '#pack'
import { type Installation, keepReads, queueJob, type Sql, say } from '#platform'
import { type Context, checkService } from '../definitions/check.rules.ts'
import { type CompiledService, compileService } from '../definitions/compile.rules.ts'
import type { Service } from '../definitions/service.ts'
import { problem } from '../problems.ts'
import {
  findCurrentDefinition,
  findVersion,
  insertPublication,
  insertVersion,
  listCurrent,
  listCurrentHashes,
  type Publication,
} from './versions.sql.ts'

/** The address of a definition: SHA-256 of its canonical JSON (RFC 8785), in hexadecimal. */
export function hashOf(definition: Service): string {
  const canonical = canonicalOf(Buffer.from(JSON.stringify(definition)))
  // Larger than what may be read is refused when a definition is checked; JSON that we write is never ambiguous.
  if (!canonical) throw new Error(`The definition of ${definition.id} has no canonical form`)
  return hash('sha256', canonical)
}

/** A definition that its check refuses: what is wrong with it, for whoever wrote it. */
export class ServiceRefused extends Error {
  override name = 'ServiceRefused'
  readonly complaints: readonly Complaint[]
  constructor(service: string, complaints: readonly Complaint[]) {
    const [first] = complaints
    super(`${service} is not published: ${first ? say(first.text, 'en', first.values) : ''}`)
    this.complaints = complaints
  }
}

type Publishing = { definition: Service; now: Date; by: string | null; known?: Context }

/**
 * Publishes a version, in the caller’s transaction, and returns its number. Throws `ServiceRefused` where the check refuses it, beside
 * the version that counts now; `known` is what else it is checked against.
 */
export async function publish(
  sql: Sql,
  { definition, now, by, known }: Publishing,
): Promise<{ number: number; hash: string }> {
  const complaints = await refusalsOf(sql, definition, known)
  if (complaints.length > 0) throw new ServiceRefused(definition.id, complaints)
  const version = hashOf(definition)
  await insertVersion(sql, { hash: version, definition, now })
  const number = await insertPublication(sql, { service: definition.id, hash: version, now, by })
  // By name and not by import: what tells of versions reads them.
  if (number > 1) await queueJob(sql, 'services.tell-subscribers', {})
  return { hash: version, number }
}

/** Why a definition would not be published now. */
export async function refusalsOf(sql: Sql, definition: Service, known?: Context): Promise<readonly Complaint[]> {
  const before = await findCurrentDefinition(sql, definition.id)
  return [...checkService(definition, { ...known, before })]
}

export type Current = Publication & { compiled: CompiledService }

const compiledMax = 2000
/** By hash: what a version says never changes. */
const compiledByHash = new Map<string, CompiledService>()

function keep(version: string, definition: Service): CompiledService {
  const known = compiledByHash.get(version)
  if (known) return known
  const { compiled } = compileService(definition)
  const [oldest] = compiledByHash.keys()
  if (compiledByHash.size >= compiledMax && oldest !== undefined) compiledByHash.delete(oldest)
  compiledByHash.set(version, compiled)
  return compiled
}

/** A version, ready to be used. Throws where there is none: whoever holds its hash holds an application of it. */
export async function getVersion(sql: Sql, version: string): Promise<CompiledService> {
  const known = compiledByHash.get(version)
  if (known) return known
  const definition = await findVersion(sql, version)
  if (!definition) throw new Error(`No version ${version} of a service is kept`)
  return keep(version, definition)
}

const lookAgainMs = 1000

/**
 * What counts of every service now. What another process publishes is seen within a second, so that a page costs no question
 * of its own.
 */
export function openCatalogue({ sql }: Pick<Installation, 'sql'>) {
  let last: { seen: string; current: ReadonlyMap<string, Current> } = { seen: '', current: new Map() }
  async function look(): Promise<ReadonlyMap<string, Current>> {
    const hashes = await listCurrentHashes(sql)
    const seen = hashes.map(({ service, number, hash }) => `${service} ${number} ${hash}`).join('\n')
    if (seen === last.seen) return last.current
    const rows = await listCurrent(sql)
    const current = new Map(
      rows.map(({ definition, ...publication }) => [
        publication.service,
        { ...publication, compiled: keep(publication.hash, definition) },
      ]),
    )
    last = { seen, current }
    return current
  }
  const looks = keepReads(look, { keptMs: lookAgainMs })
  const all = 'all'
  /** By identifier. The map is another one as soon as anything in it is. */
  const list = (): Promise<ReadonlyMap<string, Current>> => looks.get(all)
  return {
    list,
    /** Refuses a service that is not there. */
    async get(service: string): Promise<Current> {
      const found = (await list()).get(service)
      if (!found) throw problem('service-not-found')
      return found
    },
    /** Forgets what was seen: for whoever has just published. */
    forget: () => looks.forget(all),
  }
}

export type Catalogue = ReturnType<typeof openCatalogue>
