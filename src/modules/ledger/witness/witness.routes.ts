import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, keepReads, type Routes, recordAct } from '#platform'
import { Fault } from '../faults.ts'
import { cosignAside } from '../notes/cosignature.rules.ts'
import { parseVerifierKey, type VerifierKey } from '../notes/keys.rules.ts'
import { noteBytesMax, printNote, printSignature } from '../notes/note.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { evidenceId, linesOf, printEvidence } from './evidence.rules.ts'
import { listFormerKeys } from './keys.sql.ts'
import { getKeys, witnessAddress, witnessName } from './keys.ts'
import { problem } from './problems.ts'
import { type Asked, parseRequest, requestBytesMax } from './request.rules.ts'
import { Witness } from './types.ts'
import { type EvidenceKind, evidenceOf, judge } from './verdict.rules.ts'
import { WitnessPage } from './witness.page.tsx'
import {
  countWatchedLogs,
  findCosigned,
  findEvidence,
  findWatchedLog,
  insertEvidence,
  keepCosigned,
  listEvidence,
  listWatchedLogs,
  type WatchedLog,
} from './witness.sql.ts'

const logsOnPage = 100
const pagesMax = 10_000
const triesMax = 8
/** Logs and keys that a process holds on to: a few megabytes. */
const rememberedMax = 10_000

export const witnessRoutes: Routes = async (app) => {
  const { installation } = app

  const about = {
    config: { access: 'public' },
    schema: {
      summary: 'The witness of this installation: its keys, the logs that it watches, and what did not fit together',
      querystring: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: pagesMax })) }),
      response: { 200: Witness },
    },
  }
  app.get('/ledger/witness', about, async ({ query: { page = 1 } }, reply) => {
    const logs = await listWatchedLogs(app.sql, { page, each: logsOnPage })
    const count = await countWatchedLogs(app.sql)
    const witness = {
      name: witnessName(installation),
      address: witnessAddress(installation),
      keys: (await getKeys(installation)).map(({ kind, vkey, endsAt }) => ({ kind, vkey, endsAt })),
      former: await listFormerKeys(app.sql, witnessName(installation)),
      count,
      page,
      last: Math.max(1, Math.ceil(count / logsOnPage)),
      logs: logs.map(({ origin, id, size, cosignedAt }) => ({ origin, id, size: `${size}`, cosignedAt })),
      evidence: await listEvidence(app.sql),
    }
    return reply.page(witness, WitnessPage)
  })

  const latest = {
    config: { access: 'public' },
    schema: {
      summary: 'The checkpoint of a log that was cosigned last (C2SP tlog-witness); the log by SHA-256 of its origin',
      params: Type.Object({ log: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      produces: ['text/plain'],
    },
  }
  app.get('/ledger/witness/:log/checkpoint', latest, async ({ params }, reply) => {
    const note = await findCosigned(app.sql, params.log)
    if (!note) throw problem('log-not-watched')
    return reply.type('text/plain; charset=utf-8').headers(forAnybody).send(note)
  })

  const evidence = {
    config: { access: 'public' },
    schema: {
      summary: 'Two checkpoints that a log signed and that do not fit together, with what they show',
      params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{16}$' }) }),
      produces: ['text/plain'],
    },
  }
  app.get('/ledger/witness/evidence/:id', evidence, async ({ params }, reply) => {
    const found = await findEvidence(app.sql, params.id)
    if (!found) throw problem('evidence-not-found')
    return reply.type('text/plain; charset=utf-8').headers(forAnybody).send(printEvidence(found))
  })

  await app.register(async (scope) => addCheckpointRoute(scope, installation))
}

/** No copy that is older than the latest, and any page may read it. */
const forAnybody = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }

function addCheckpointRoute(app: FastifyInstance, installation: Installation): void {
  const name = witnessName(installation)
  // The keys of the witness as they were read; read again where they turn out to be others.
  const held = keepReads(() => getKeys(installation), { keptMs: Number.POSITIVE_INFINITY })
  const latest = rememberLogs()
  const keyOf = rememberKeys()
  // The format names no type of content, so every one is read as octets. For this address alone.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: requestBytesMax }, (_, body, done) => done(null, body))

  const add = {
    bodyLimit: requestBytesMax,
    // Logs of any site may ask. A cosignature is kept with its time, and is no event; what does not fit together is one.
    config: { access: 'public', event: 'ledger.evidence-kept', anySite: true },
    schema: {
      summary: 'Cosign a checkpoint (C2SP tlog-witness, add-checkpoint)',
      consumes: ['text/plain'],
      produces: ['text/plain'],
    },
  }
  app.post('/ledger/witness/add-checkpoint', add, async (request, reply) => {
    const asked = tryOr(() => parseRequest(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)))
    if (asked instanceof Fault) throw unreadable(asked)
    const { text } = asked.note
    for (let tries = 0; tries < triesMax; tries += 1) {
      // As this process kept it last, if it did: most logs come to one process, which then need not read before it writes.
      // Whoever wrote meanwhile shows when it is kept; and nobody is refused by what was not read just now.
      const remembered = tries === 0 ? latest.get(asked.checkpoint.origin) : undefined
      const log = remembered ?? (await findWatchedLog(app.sql, asked.checkpoint.origin))
      if (!log) throw problem('log-not-watched')
      const verdict = judge(log, asked)
      // Looked up before a signature is checked: whoever sends an old checkpoint again has it checked once, not twice.
      if (remembered && verdict !== 'grown') continue
      const opened = tryOr(() => openCheckpoint(asked.bytes, log.vkeys.map(keyOf)))
      if (remembered && opened instanceof Fault) continue
      if (opened instanceof Fault) throw problem('witness-unsigned', { values: { what: opened.filled() } })
      const ofLog = linesOf(asked.note.signatures, opened.signed)
      if (verdict !== 'grown') {
        const kind = evidenceOf(log, asked, verdict)
        if (kind && log.note)
          await keepEvidence(request, { log, kind, asked, offered: printNote({ text, signatures: ofLog }) })
        if (verdict === 'old-beyond') throw problem('witness-old-beyond')
        if (verdict === 'not-grown') throw problem('witness-not-grown')
        return reply.code(409).type('text/x.tlog.size').send(`${log.size}\n`)
      }

      const before = log.cosignedAt === null ? 0 : Date.parse(log.cosignedAt) / 1000
      // Whoever sets the clock back does not make an older cosignature of it.
      const seconds = Math.max(Math.floor(installation.now().getTime() / 1000), before)
      const keys = await held.get(name)
      const ours = await Promise.all(keys.map(({ signer }) => cosignAside(text, signer, BigInt(seconds))))
      const note = printNote({ text, signatures: [...ofLog, ...ours] })
      if (note.length > noteBytesMax) throw unreadable(new Fault('note-large', { max: noteBytesMax }))
      const { size, root } = asked.checkpoint
      // From here on it cannot be unsaid. Only what is on disk is handed out.
      const kept = await keepCosigned(app.sql, log, { size, root, note, seconds, by: { name, keys } })
      if (!kept) {
        held.forget(name)
        continue
      }
      latest.put({ ...log, size, root, note: null, cosignedAt: new Date(seconds * 1000).toISOString() })
      return reply.type('text/plain; charset=utf-8').send(ours.map(printSignature).join(''))
    }
    throw problem('witness-busy')
  })
}

/** Keeps both notes and tells the operator, once for the same two. */
async function keepEvidence(
  request: FastifyRequest,
  { log, kind, asked, offered }: { log: WatchedLog; kind: EvidenceKind; asked: Asked; offered: Uint8Array },
): Promise<void> {
  const { sql, installation } = request.server
  const { origin, vkeys, note } = log
  const cosigned = Buffer.from(note!)
  const id = evidenceId(kind, textOf(cosigned), asked.note.text)
  const seenAt = installation.now().toISOString()
  const isNew = await sql.begin(async (transaction) => {
    const row = { id, origin, kind, vkeys, cosigned, offered: Buffer.from(offered), seenAt }
    if (!(await insertEvidence(transaction, row))) return false
    const sizes = { cosigned: `${log.size}`, offered: `${asked.checkpoint.size}` }
    const subject = `ledger/witness/evidence/${id}`
    await recordAct(transaction, request, {
      event: 'ledger.evidence-kept',
      subject,
      detail: { kind, origin, ...sizes },
    })
    return true
  })
  if (isNew) request.log.warn({ code: `ledger.${kind}`, why: id }, 'A log showed what does not fit what was cosigned')
}

const textOf = (note: Buffer): string => note.subarray(0, note.lastIndexOf('\n\n') + 1).toString()

const unreadable = (fault: Fault) => problem('witness-request-unreadable', { values: { what: fault.filled() } })

/** What was read, or what is wrong with it. */
function tryOr<Read>(read: () => Read): Read | Fault {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** The logs that were cosigned last, without their notes. */
function rememberLogs() {
  const logs = new Map<string, WatchedLog>()
  return {
    get: (origin: string) => logs.get(origin),
    put(log: WatchedLog): void {
      logs.delete(log.origin)
      logs.set(log.origin, log)
      for (const oldest of logs.keys()) {
        if (logs.size <= rememberedMax) break
        logs.delete(oldest)
      }
    },
  }
}

/** Keys as they were read before: the text of a key says all of it. */
function rememberKeys() {
  const keys = new Map<string, VerifierKey>()
  return (vkey: string): VerifierKey => {
    const known = keys.get(vkey)
    if (known) return known
    const read = parseVerifierKey(vkey)
    if (keys.size >= rememberedMax) keys.clear()
    keys.set(vkey, read)
    return read
  }
}
