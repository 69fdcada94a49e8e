import type { FastifyRequest } from 'fastify'
import type { Installation } from '#platform'
import type { Register } from './definitions.ts'
import { linesOf, nextOf, parseBefore } from './lines.ts'
import { readNumber } from './numbers.rules.ts'
import { findItem, findItemByValue, listItems } from './registers.sql.ts'
import { findRules } from './registers.ts'
import { uniqueOf } from './sealed.ts'
import { countStates, noteOf } from './show.ts'
import { partiesToPropose } from './steps.ts'
import type { OfficeRegisterData } from './types.ts'

export const officePath = (register: string) => `/office/ledger/registers/${register}`

type Means = Pick<Installation, 'sql' | 'pack' | 'vault' | 'now'>
type Asked = {
  state?: string | undefined
  before?: string | undefined
  find?: string
  wrong?: OfficeRegisterData['wrong']
}

/** A register at the desk of an officer: what they can begin, and one page of its items. */
export async function readOfficeRegister(
  installation: Means,
  request: FastifyRequest,
  register: Register,
  { state, before, find = '', wrong = null }: Asked,
): Promise<OfficeRegisterData> {
  const { sql } = installation
  const rules = (await findRules(sql, register.id))!
  const items = await listItems(sql, { register: register.id, state, before: parseBefore(before) })
  const path = officePath(register.id)
  return {
    ...{ register: noteOf(installation, register), path },
    beginnings: register.steps
      .filter(({ id }) => partiesToPropose(request, { register, rules, item: undefined }, id).length > 0)
      .map(({ id, title }) => ({ step: id, title, path: `${path}/new?step=${id}` })),
    states: await countStates(sql, register),
    ...{ state: state ?? null, items: await linesOf(installation, request, items) },
    ...{ isFirst: before === undefined, next: nextOf(items), find, wrong },
    unique: register.fields.filter(({ unique }) => unique).map(({ title }) => title),
  }
}

/** The item of this number, however it is typed, or with this in a field that no two items share. */
export async function findNumber(installation: Means, register: Register, text: string): Promise<string | undefined> {
  const number = readNumber(text)
  if (number !== undefined && (await findItem(installation.sql, register.id, number))) return number
  const values = Object.fromEntries(register.fields.map(({ id }) => [id, text]))
  return findItemByValue(installation.sql, register.id, uniqueOf(installation, register, values))
}
