import type { Adapter, AdapterPayload } from 'oidc-provider'
import { errors, Provider } from 'oidc-provider'
import type { Installation, Sql } from '#platform'
import { type Account, findAccount } from './accounts.sql.ts'
import type { ClientSource } from './clients.sql.ts'
import { foundOf } from './found.ts'
import {
  consumeRecord,
  deleteGrant,
  deleteGrantOf,
  deleteRecord,
  findRecord,
  findRecordByUid,
  hashOf,
  insertOnce,
  type Put,
  type Row,
} from './records.sql.ts'
import { openClientCredentials } from './sealed-tokens.ts'
import { type Writer, workOf } from './work.ts'

const maximumSeconds = 400 * 24 * 60 * 60
export const clientCredentialsSeconds = 10 * 60

/** Kinds whose identifier the library needs back where it looked for them by something else. */
const sealedModels = ['Session', 'BackchannelAuthenticationRequest']

/** That a token which has no row of its own was revoked, until it would have ended. */
const revokedToken = 'RevokedToken'

/** What is answered with tokens: it is used up in the statement that writes those. */
const usedAtTheEnd = ['AuthorizationCode', 'RefreshToken']

const nameOf = (model: string, id: string) => `${model} ${id}`

/** The account of a person for a client, where it came along with a record that this request read. */
export async function knownAccount(sql: Sql, personId: string, clientId: string): Promise<Account | undefined> {
  const known = workOf()?.accounts
  const name = nameOf(personId, clientId)
  return known?.has(name) ? known.get(name) : findAccount(sql, personId, clientId)
}

/** What the person answered to a request that this one has read, and that nobody carried out yet. */
export const answerTo = (uid: string): 'agree' | 'refuse' | undefined =>
  workOf()?.answers.get(nameOf('Interaction', hashOf(uid).toString('hex')))

/** Records as they are kept, and as the library has them. */
function openShapes(vault: Installation['vault']) {
  const seal = (model: string, id: string) => vault.seal('provider-record', id, model).toString('hex')
  const open = (model: string, secret: Buffer) => vault.open('provider-record', secret, model).toString()

  function payloadOf(model: string, row: Row | undefined, jti: string | undefined): AdapterPayload | undefined {
    if (!row) return undefined
    const id = jti ?? (row.secret ? open(model, row.secret) : undefined)
    return { ...row.payload, jti: id!, ...(row.consumedAt !== null && { consumed: row.consumedAt }) }
  }

  function putOf(model: string, id: string, payload: AdapterPayload, expiresIn: number | undefined): Put {
    const { jti: _, consumed: __, ...kept } = payload
    const own = hashOf(id).toString('hex')
    const grantId = model === 'Grant' ? own : payload.grantId ? hashOf(payload.grantId).toString('hex') : null
    return {
      key: { model, id: own },
      payload: kept as AdapterPayload,
      secret: sealedModels.includes(model) ? seal(model, id) : null,
      grantId,
      uid: payload.uid ? hashOf(payload.uid).toString('hex') : null,
      accountId: payload.accountId ?? null,
      handle: model === 'Session' ? (foundOf(Provider.ctx)?.asking.sessionHandle ?? null) : null,
      seconds: Math.ceil(expiresIn ?? maximumSeconds),
    }
  }

  return { payloadOf, putOf }
}

/**
 * The provider's storage. Nothing is kept between requests; within one, a record is read once with what is asked for next, and
 * everything is written in one statement before the answer goes out. What must not happen twice happens at once.
 */
export function openAdapter({ sql, vault }: Installation, clients: ClientSource, writer: Writer) {
  const { payloadOf, putOf } = openShapes(vault)

  const rowOf = ({ key, payload, secret }: Put): Row => ({
    id: Buffer.from(key.id, 'hex'),
    payload,
    secret: secret === null ? null : Buffer.from(secret, 'hex'),
    consumedAt: null,
  })

  const sealedAdapter: Adapter = {
    ...nothingWritten,
    async find(token) {
      const payload = openClientCredentials(vault, token)
      if (!payload) return undefined
      const revoked = await findRecord(sql, revokedToken, hashOf(payload.jti!))
      return revoked ? undefined : payload
    },
    async destroy(jti) {
      await insertOnce(sql, putOf(revokedToken, jti, {}, clientCredentialsSeconds))
    },
  }

  return (model: string): Adapter => {
    if (model === 'Client') return clientAdapter(clients.get)
    if (model === 'ClientCredentials') return sealedAdapter
    return {
      async upsert(id, payload, expiresIn) {
        if (holdsNoText(payload)) throw new errors.InvalidRequest('it has characters that no text has')
        const put = putOf(model, id, payload, expiresIn)
        // Asking whether it was seen and keeping that it was is one act here (RFC 7523, §3; RFC 9449, §11.1).
        if (model === 'ReplayDetection') {
          if (await insertOnce(sql, put)) return
          throw new errors.InvalidRequest('it was used before')
        }
        const work = workOf()
        if (!work) return writer.write({ puts: new Map([['', put]]), gone: new Map(), used: new Map() })
        const name = nameOf(model, put.key.id)
        work.gone.delete(name)
        work.puts.set(name, put)
        work.read.set(name, rowOf(put))
      },

      async find(id) {
        const hash = hashOf(id)
        const work = workOf()
        const name = nameOf(model, hash.toString('hex'))
        if (work?.read.has(name)) return payloadOf(model, work.read.get(name), id)
        const found = await findRecord(sql, model, hash, model === 'Interaction' ? work?.askedBy : undefined)
        work?.read.set(name, found)
        if (work && found?.grant && found.grantId)
          work.read.set(nameOf('Grant', found.grantId.toString('hex')), plain(found.grantId, found.grant))
        if (work && found?.answered) work.answers.set(name, found.answered)
        if (work && found?.of) work.accounts.set(nameOf(found.of.personId, found.of.clientId), found.of.account)
        if (work && found?.session?.uid)
          work.read.set(`Session of ${found.session.uid}`, plain(Buffer.alloc(0), found.session))
        return payloadOf(model, found, id)
      },

      async findByUid(uid) {
        const work = workOf()
        const known = work?.read.get(`${model} of ${uid}`)
        return payloadOf(model, known ?? (await findRecordByUid(sql, model, hashOf(uid))), undefined)
      },

      // Only devices without a browser have user codes, and they are not served.
      async findByUserCode() {
        return undefined
      },

      // The library asks first whether it was used, and then uses it: of two that ask at once, here one loses, and as that
      // is a replay, everything that came of the grant ends (RFC 9700, §4.14.2; RFC 6749, §4.1.2).
      async consume(id) {
        const hash = hashOf(id)
        const work = workOf()
        const key = { model, id: hash.toString('hex') }
        const name = nameOf(model, key.id)
        if (work && usedAtTheEnd.includes(model)) {
          work.used.set(name, key)
          return
        }
        work?.read.delete(name)
        if (await consumeRecord(sql, model, hash)) return
        await deleteGrantOf(sql, model, hash)
        throw new errors.InvalidGrant(`${model} already consumed`)
      },

      async destroy(id) {
        const hash = hashOf(id)
        const work = workOf()
        // Whoever is told of the end of a session reads what stands in it.
        if (!work || model === 'Session') return deleteRecord(sql, model, hash)
        const name = nameOf(model, hash.toString('hex'))
        work.puts.delete(name)
        work.read.set(name, undefined)
        work.gone.set(name, { model, id: hash.toString('hex') })
      },

      async revokeByGrantId(grantId) {
        const hash = hashOf(grantId)
        const work = workOf()
        for (const [name, put] of work?.puts ?? [])
          if (put.grantId === hash.toString('hex')) {
            work!.puts.delete(name)
            work!.read.set(name, undefined)
          }
        await deleteGrant(sql, hash)
      },
    }
  }
}

/** Whether any text in it is one that the database cannot hold: with a zero, or with half a character. */
const holdsNoText = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\0') || !value.isWellFormed()
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsNoText)

const plain = (id: Buffer, payload: AdapterPayload): Row => ({ id, payload, secret: null, consumedAt: null })

const refuse = async () => {
  throw new Error('This is not written through here')
}

const nothingWritten = {
  upsert: refuse,
  findByUid: refuse,
  findByUserCode: refuse,
  consume: refuse,
  destroy: refuse,
  revokeByGrantId: refuse,
}

/** Clients are rows of their own, changed by their developers and never by the library. */
const clientAdapter = (find: Adapter['find']): Adapter => ({ ...nothingWritten, find })
