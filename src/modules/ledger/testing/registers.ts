import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Installation, Person } from '#platform'
import { findCode } from '../registers/sealed.ts'

type Headers = Record<string, string>
type Fields = Record<string, string>
export type Done = { number: string; leaf: string; tookEffect: boolean }

type Started = {
  app: FastifyInstance
  installation: Pick<Installation, 'sql' | 'vault'>
  asPerson: (person: Partial<Person> & { id: string }) => { cookie: string }
}

/** Boats of Testland, with whoever takes their steps. */
export function boatsIn({ app, installation, asPerson }: Started) {
  const permissions = ['ledger:keep-register']
  const officer = (id: string, organisation: string) => asPerson({ id, organisation, permissions, level: 3 })
  const registrar = officer('registrar', 'tide-station')

  async function post(url: string, by: Headers, payload: Fields): Promise<Done> {
    const { statusCode, body } = await app.inject({
      ...{ method: 'POST', url: `/ledger/registers/${url}`, headers: by },
      payload: { token: randomUUID(), ...payload },
    })
    assert.equal(statusCode, 201, body)
    return JSON.parse(body) as Done
  }
  const boat = (fields: Fields = {}) =>
    post('boats/items', registrar, {
      ...{ step: 'register', party: 'registry', 'field.name': 'Gull', 'field.hull': randomUUID().slice(0, 13) },
      ...fields,
    })
  const propose = (number: string, by: Headers, step: string, party: string, more: Fields = {}) =>
    post(`boats/items/${number}/steps`, by, { step, party, ...more })
  const answer = (number: string, by: Headers, proposal: string, party: string, more: Fields = {}) =>
    post(`boats/items/${number}/proposals/${proposal}`, by, { party, answer: 'approved', ...more })
  const codeOf = async (leaf: string) => (await findCode(installation.sql, installation, Buffer.from(leaf, 'hex')))!

  /** A boat that somebody holds. */
  async function held(by: Headers, fields: Fields = {}): Promise<string> {
    const { number } = await boat(fields)
    const { leaf } = await propose(number, registrar, 'hand-over', 'registry')
    await answer(number, by, leaf, 'buyer', { code: await codeOf(leaf) })
    return number
  }
  return { officer, registrar, judge: officer('judge', 'counting-house'), post, boat, propose, answer, codeOf, held }
}
