import { Type } from 'typebox'
import type { Routes } from '#platform'
import { getLog } from '../explorer/read.ts'
import type { Register } from './definitions.ts'
import { registers, rulesOf } from './definitions.ts'
import { ItemPage } from './item.page.tsx'
import { readItem } from './item.ts'
import { readNumber } from './numbers.rules.ts'
import { keepRegister } from './parties.ts'
import { problem } from './problems.ts'
import { RegisterPage } from './register.page.tsx'
import { RegistersPage } from './registers.page.tsx'
import { findItem, listRules } from './registers.sql.ts'
import { getRegister } from './registers.ts'
import { countStates, itemPath, noteOf, organisationName, ruleNotes } from './show.ts'
import { AtItem, AtRegister, ItemData, RegisterData, RegistersData } from './types.ts'

/** What everybody may see of registers. */
export const registerRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const all = {
    config: { access: 'public', keepSeconds: 1 },
    schema: { summary: 'The registers that departments keep on logs', response: { 200: RegistersData } },
  }
  app.get('/ledger/registers', all, async ({ person }, reply) => {
    const notes = installation.pack.list(registers).map((register) => noteOf(installation, register))
    return reply.page({ registers: notes, keeps: person?.permissions.includes(keepRegister) === true }, RegistersPage)
  })

  async function dataOf(register: Register, find: string, wrong: RegisterData['wrong']): Promise<RegisterData> {
    const newest = (await listRules(sql, register.id)).at(-1)
    if (!newest) throw problem('register-not-found')
    const log = await getLog(installation, register.log)
    return {
      register: noteOf(installation, register),
      states: await countStates(sql, register),
      parties: register.parties.map(({ title, is, organisation }) => ({
        ...{ title, is },
        organisation: organisation ? organisationName(installation, organisation) : null,
      })),
      steps: ruleNotes(register),
      rules: {
        ...{ version: newest.number, setAt: newest.setAt, openDays: rulesOf(register).openDays },
        path: `${log.known.path}/leaves/${newest.leaf.toString('hex')}`,
      },
      ...{ find, wrong },
    }
  }

  const one = {
    config: { access: 'public', keepSeconds: 1 },
    schema: {
      summary: 'A register: its rules, how many items are in which state, and the way to an item by its number',
      params: AtRegister,
      querystring: Type.Object({
        find: Type.Optional(Type.String({ maxLength: 60, description: 'The number of an item, however it is typed' })),
      }),
      response: { 200: RegisterData, 303: Type.Null() },
    },
  }
  app.get('/ledger/registers/:register', one, async ({ params, query }, reply) => {
    const register = getRegister(installation, params.register)
    if (query.find === undefined) return reply.page(await dataOf(register, '', null), RegisterPage)
    const find = query.find.trim()
    const number = readNumber(find)
    const found = number !== undefined && (await findItem(sql, register.id, number))
    if (found) return reply.redirect(itemPath(register.id, found.number), 303)
    const wrong = find === '' ? 'empty' : number === undefined ? 'slip' : otherOf(register, number)
    return reply.page(await dataOf(register, find, wrong), RegisterPage)
  })

  const otherOf = ({ prefix }: Register, number: string) =>
    number.startsWith(`${prefix}-`) ? ('unknown' as const) : ('other-register' as const)

  const item = {
    config: { access: 'public', keepSeconds: 1 },
    schema: {
      summary: 'What an item of a register is worth today, its public fields, and what happened to it',
      params: AtItem,
      response: { 200: ItemData },
    },
  }
  app.get('/ledger/registers/:register/items/:number', item, async (request, reply) =>
    reply.page(await readItem(installation, request, request.params), ItemPage),
  )
}
