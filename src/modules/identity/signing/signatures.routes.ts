import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { listCertificatesOf, revokeSigningKey } from './authority.sql.ts'
import { listReceipts, listWaiting } from './requests.sql.ts'
import { SignaturesData, SignaturesPage } from './signatures.page.tsx'
import { organisationName } from './view.ts'

export const signaturesRoutes: Routes = async (app) => {
  const { installation } = app

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'What I signed, what waits for my signature, and my signing certificates',
      response: { 200: SignaturesData },
    },
  }
  app.get('/account/signatures', list, async ({ person }, reply) => {
    const at = installation.now().toISOString()
    const [receipts, waiting, certificates] = await Promise.all([
      listReceipts(app.sql, person!.id, at),
      listWaiting(app.sql, person!.id, at),
      listCertificatesOf(app.sql, person!.id),
    ])
    const named = <Row extends { organisation: string | null }>(row: Row) => ({
      ...row,
      organisation: organisationName(installation, row.organisation),
    })
    const states = certificates.map(({ revokedAt, replacedAt, ...each }) => ({
      ...each,
      state: revokedAt
        ? ('revoked' as const)
        : replacedAt || each.endsAt <= at
          ? ('ended' as const)
          : ('counts' as const),
    }))
    const open = waiting.map(({ id, documentName, organisation, expiresAt }) =>
      named({ id, documentName, organisation, expiresAt }),
    )
    return reply.page({ receipts: receipts.map(named), waiting: open, certificates: states }, SignaturesPage)
  })

  const revoke = {
    config: { access: 'signed-in', event: 'identity.signing-certificate-revoked' },
    schema: {
      summary: 'Revoke one of my signing certificates',
      body: Type.Object({ serial: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
    },
  }
  app.post('/account/signatures/revoke', revoke, async (request, reply) => {
    const { person, body } = request
    if (person!.onBehalfOf) throw problem('signing-for-another')
    await app.sql.begin(async (sql) => {
      // Of two at once, one revokes.
      if (!(await revokeSigningKey(sql, person!.id, body.serial, installation.now().toISOString()))) return
      await recordAct(sql, request, {
        event: 'identity.signing-certificate-revoked',
        subject: 'account/signatures',
        detail: { serial: body.serial },
      })
      await sendAlert(sql, { personId: person!.id, kind: 'signing-key-revoked' })
    })
    return reply.redirect(doneAt(request, '/account/signatures', 'signing-certificate-revoked'), 303)
  })
}
