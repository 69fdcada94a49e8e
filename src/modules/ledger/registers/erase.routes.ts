import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { EraseData, EraseItemPage } from './erase.page.tsx'
import { eraseItem, requireKeeper } from './erase.ts'
import { partyPath } from './messages.ts'
import { keepRegister } from './parties.ts'
import { problem } from './problems.ts'
import { findItem } from './registers.sql.ts'
import { getRegister } from './registers.ts'
import { AtItem } from './types.ts'

/** Where the organisation that keeps a register has an item forgotten. */
export const eraseRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const ask = {
    config: { access: keepRegister, level: 2 } as const,
    schema: { summary: 'Asks whether to erase what an item holds', params: AtItem, response: { 200: EraseData } },
  }
  app.get('/office/ledger/registers/:register/items/:number/erase', ask, async (request, reply) => {
    const { register, number } = request.params
    requireKeeper(installation, request, register)
    const item = await findItem(sql, register, number)
    if (!item) throw problem('item-not-found')
    if (item.content === null && !item.isLost) throw problem('item-erased')
    return reply.page({ register, number, title: getRegister(installation, register).title }, EraseItemPage)
  })

  const erase = {
    config: { access: keepRegister, level: 2, event: 'ledger.item-erased' } as const,
    schema: {
      summary: 'Erase for good what an item holds and what its entries were committed to; the entries stand',
      params: AtItem,
      response: { 303: Type.Null() },
    },
  }
  app.post('/office/ledger/registers/:register/items/:number/erase', erase, async (request, reply) => {
    const { register, number } = request.params
    await sql.begin((transaction) => eraseItem(transaction, installation, request, { register, number }))
    const path = partyPath(register, number)
    return reply.redirect(withLanguage(installation.pack.government, request.language, path), 303)
  })
}
