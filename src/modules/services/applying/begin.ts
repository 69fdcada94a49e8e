import type { FastifyRequest } from 'fastify'
import { requireMayAct } from '#identity'
import { type Installation, recordAct, type Sql } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { todayOf } from '../days.ts'
import { problem } from '../problems.ts'
import type { Current } from '../versions/versions.ts'
import { insertApplication } from './applications.sql.ts'
import { applicantOf, expiryOf, sealDraft } from './applications.ts'
import { emptyDraft } from './draft.ts'

export type Open = Current & { apply: NonNullable<Current['compiled']['service']['apply']> }
export type Owner = ReturnType<typeof applicantOf>

/** A service that takes applications today; refuses any other. */
export async function getOpen(installation: Installation, service: string): Promise<Open> {
  const current = await catalogueOf(installation).get(service)
  const { apply, opens = {} } = current.compiled.service
  const today = todayOf(installation)
  const isOpen = today >= (opens.from ?? today) && today <= (opens.until ?? today)
  if (!apply || !isOpen) throw problem('service-not-open')
  return { ...current, apply }
}

/** In whose name whoever asks begins an application; undefined where it belongs to a browser. Refuses who may not begin one. */
export function ownerOf(request: FastifyRequest, { apply, compiled }: Open): Owner | undefined {
  const { person } = request
  if (apply.signIn === 'needed' && !person) throw problem('sign-in-first')
  if (person && person.level < (apply.level ?? 1)) throw problem('sign-in-first')
  if (!person || apply.signIn === 'none') return undefined
  requireMayAct(request, { service: compiled.service.id })
  return applicantOf(person)
}

type New = { id: string; open: Open; owner: Owner | undefined; browserHash: Buffer | null }

/** Begins an application in the caller’s transaction; false where there is one under this id already, whoever’s it is. */
export async function insertDraft(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { id, open, owner, browserHash }: New,
): Promise<boolean> {
  const { apply, compiled, hash } = open
  const by = owner ?? { personId: null, organisation: null }
  const now = installation.now()
  const isNew = await insertApplication(sql, {
    ...{ id, service: compiled.service.id, version: hash, ...by, browserHash, language: request.language, now },
    ...{ sealedTyped: sealDraft(installation, id, emptyDraft()), expires: expiryOf(apply, now) },
  })
  if (isNew) await recordAct(sql, request, { event: 'services.application-begun', subject: `application/${id}` })
  return isNew
}
