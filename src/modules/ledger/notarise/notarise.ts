import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { TransactionSql } from 'postgres'
import { type Installation, recordAct } from '#platform'
import { parseEnvelope, printEnvelope, secondOf } from '../entries/envelope.rules.ts'
import { listKnownLogs, organisationsOf } from '../explorer/known.ts'
import { findPublished, getLog, makeProof, type OpenLog } from '../explorer/read.ts'
import { append } from '../log/append.ts'
import { logs as packLogs } from '../log/definitions.ts'
import { pathOf } from '../log/logs.ts'
import { problem } from '../problems.ts'
import { commitmentOf, hashSchema } from '../proofs/commitment.rules.ts'
import { printExtra, saltBytes } from '../proofs/extra.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import type { Wanted } from './notarise.rules.ts'
import { findByToken, findNotarisation, insertNotarisation, type NotarisationRow } from './notarise.sql.ts'
import { stampNew } from './stamps.ts'
import type { Notarisation } from './types.ts'

/** The permission of everything here. */
export const access = 'ledger:notarise'

const purposes = { title: 'ledger-notarisation-title', salt: 'ledger-notarisation-salt' } as const
const contextOf = (id: string) => `notarisation/${id}`

type Place = { organisation: string; logs: { name: string; title: Notarisation['log']['title'] }[] }

/** The logs to which an organisation writes, as the pack says. */
export const logsOf = ({ pack }: Pick<Installation, 'pack'>, organisation: string | undefined): Place['logs'] =>
  pack
    .list(packLogs)
    .filter(({ writers }) => organisation !== undefined && writers.includes(organisation))
    .map(({ id, title }) => ({ name: id, title }))

/** The organisation for which a person acts, and the logs it writes to. Refuses who acts for one that writes to none. */
export function placeOf(installation: Pick<Installation, 'pack'>, { person }: FastifyRequest): Place {
  const organisation = person?.organisation
  const logs = logsOf(installation, organisation)
  if (organisation === undefined || logs.length === 0) throw problem('no-log-open')
  return { organisation, logs }
}

/**
 * Enters a commitment to what the form holds, by a fresh salt, in the caller’s transaction, and returns the notarisation’s
 * id. A form that was sent before with the same is answered as then; with something else it is refused.
 */
export async function notarise(
  sql: TransactionSql<{ bigint: number }>,
  installation: Installation,
  request: FastifyRequest,
  { organisation, token, wanted }: { organisation: string; token: string; wanted: Wanted },
): Promise<string> {
  const { vault } = installation
  const at = installation.now()
  const id = randomUUID()
  const salt = randomBytes(saltBytes)
  const { schema } = wanted
  const entry = printEnvelope({
    commitment: commitmentOf(wanted.content, salt),
    kind: 'document-notarised',
    org: organisation,
    ...(schema && { schema }),
    time: secondOf(at),
    v: 1,
  })
  const row = {
    ...{ id, organisation, token, log: wanted.log, entry, leaf: hashLeaf(entry), notarisedAt: at },
    title: vault.seal(purposes.title, wanted.title, contextOf(id)),
    salt: vault.seal(purposes.salt, salt, contextOf(id)),
    notarisedBy: request.person!.id,
  }
  // Whoever sent the form at the same instant is waited for here.
  if (!(await insertNotarisation(sql, row))) {
    const before = (await findByToken(sql, { token, organisation }))!
    if (!isSame(vault, before, wanted)) throw problem('form-reused')
    return before.id
  }
  await append(sql, wanted.log, [entry])
  await stampNew(sql, installation, { id, entry, log: request.log })
  await recordAct(sql, request, {
    event: 'ledger.document-notarised',
    subject: `notarisation/${id}`,
    detail: { log: wanted.log },
  })
  return id
}

/** Whether a form held what was entered then. Of one that was erased nobody can tell any more. */
function isSame(
  vault: Installation['vault'],
  before: NotarisationRow,
  { content, schema, title, log }: Wanted,
): boolean {
  const salt = openSalt(vault, before)
  const said = parseEnvelope(before.entry)!
  if (!salt) return false
  return (
    before.log === log &&
    openTitle(vault, before) === title &&
    said.schema === schema &&
    said.commitment === commitmentOf(content, salt)
  )
}

type Vault = Installation['vault']

const openTitle = (vault: Vault, { id, title }: NotarisationRow) =>
  title && vault.open(purposes.title, title, contextOf(id)).toString()

/** Null after it was erased. */
export const openSalt = (vault: Vault, { id, salt }: NotarisationRow): Buffer | null =>
  salt && vault.open(purposes.salt, salt, contextOf(id))

/** The one that an address names, of the organisation for which the person acts. */
export async function getNotarisation(
  installation: Pick<Installation, 'sql' | 'pack'>,
  request: FastifyRequest,
): Promise<NotarisationRow> {
  const { organisation } = placeOf(installation, request)
  const { id } = request.params as { id: string }
  const row = await findNotarisation(installation.sql, { id, organisation })
  if (!row) throw problem('notarisation-not-found')
  return row
}

/** How organisations are called. */
export function namesOf(installation: Pick<Installation, 'pack'>) {
  const organisations = organisationsOf(installation)
  return (id: string) => organisations.get(id) ?? { en: id, 'zh-Hant': id }
}

/** How logs are called. */
export async function titlesOf(installation: Pick<Installation, 'sql' | 'pack'>) {
  return new Map((await listKnownLogs(installation)).map(({ name, title }) => [name, title]))
}

/** A notarisation as pages show it to its organisation. */
export function showNotarisation(
  { vault }: Pick<Installation, 'vault'>,
  row: NotarisationRow,
  titles: Awaited<ReturnType<typeof titlesOf>>,
): Notarisation {
  const title = titles.get(row.log) ?? { en: row.log, 'zh-Hant': row.log }
  return {
    id: row.id,
    title: openTitle(vault, row),
    log: { name: row.log, title, path: pathOf(row.log) },
    committed: parseEnvelope(row.entry)?.schema === hashSchema ? 'hash' : 'file',
    notarisedAt: row.notarisedAt,
    ...{ erasedAt: row.erasedAt, stampedAt: row.stampedAt },
  }
}

/** Where its entry is, with the log as it is published; undefined until it is in there. */
export async function findPlace(
  installation: Pick<Installation, 'sql' | 'pack'>,
  { log, leaf }: Pick<NotarisationRow, 'log' | 'leaf'>,
): Promise<{ log: OpenLog; index: number } | undefined> {
  const open = await getLog(installation, log)
  const index = await findPublished(installation.sql, open, leaf)
  return index === undefined ? undefined : { log: open, index }
}

export type Proved = { log: OpenLog; index: number; proof: Uint8Array }

/** The proof with the entry, and with the salt while that is kept. Refuses while the entry is not published. */
export async function proveNotarisation(
  installation: Pick<Installation, 'sql' | 'pack' | 'vault'>,
  row: NotarisationRow,
): Promise<Proved> {
  const place = await findPlace(installation, row)
  if (!place) throw problem('notarisation-waiting')
  const salt = openSalt(installation.vault, row)
  const extra = printExtra({ entry: row.entry, ...(salt && { salt }) })
  return { ...place, proof: await makeProof(installation.sql, place.log, place.index, extra) }
}
