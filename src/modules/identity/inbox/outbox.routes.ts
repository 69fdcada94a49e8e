import { readFileSync } from 'node:fs'
import { projectFolder, type Routes } from '#platform'
import { problem } from '../problems.ts'
import { listOutbox, listOwnMails } from './deliver.sql.ts'
import { writeMail } from './mail.rules.ts'
import { OutboxData, OutboxPage, OwnMails, OwnMailsPage } from './outbox.page.tsx'
import { senderName } from './shown.ts'

const linesMax = 100
const mailsMax = 20

/** In a demonstration, what would go to a mail server; and the program that shows pushes in a browser. */
export const outboxRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { vault, pack, address } = installation

  const office = {
    config: { access: 'identity:read-outbox' },
    schema: { summary: 'Mails and pushes that wait or went, without addresses', response: { 200: OutboxData } },
  }
  app.get('/office/outbox', office, async (_, reply) => {
    if (!app.demonstration) throw problem('no-outbox')
    const lines = await listOutbox(sql, null, linesMax)
    return reply.page({ mailGoes: installation.mail !== undefined, lines: [...lines] }, OutboxPage)
  })

  const own = {
    config: { access: 'signed-in' },
    schema: { summary: 'Mails to me in a demonstration, as they read', response: { 200: OwnMails } },
  }
  app.get('/account/outbox', own, async ({ person }, reply) => {
    if (!app.demonstration) throw problem('no-outbox')
    const rows = await listOwnMails(sql, person!.id, mailsMax)
    const mails = rows.map((row) => {
      const context = `mail-address/${row.addressId}`
      const { subject, text } = writeMail(pack.government, address, {
        template: row.template,
        language: row.addressLanguage!,
        ...(row.organisation && { department: senderName(installation, row.organisation) }),
        ...(row.sealedCode && { code: vault.open('mail-code', row.sealedCode, context).toString() }),
      })
      const to = vault.open('mail-address', row.sealedAddress!, context).toString()
      return { id: row.id, to, subject, text, state: row.state, createdAt: row.createdAt }
    })
    return reply.page({ mails }, OwnMailsPage)
  })

  const worker = readFileSync(new URL('src/modules/identity/assets/push-worker.js', projectFolder))
  const script = { config: { access: 'public' }, schema: { summary: 'The program that shows pushes', hide: true } }
  // At the root, as a worker serves only pages under its own address. Browsers compare it with what they have.
  app.get('/push-worker.js', script, async (_, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(worker),
  )
}
