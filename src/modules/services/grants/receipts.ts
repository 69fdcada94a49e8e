import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { queueJob, recordAct, sayEverywhere, type Text, texts } from '#platform'
import { lockApplication } from '../applying/applications.sql.ts'
import { requireOwnToAct } from '../cases/acting.ts'
import { findCase, lockCase } from '../cases/cases.sql.ts'
import { countFiles, findSame, insertFile } from '../files/files.sql.ts'
import { receiverOf } from '../files/receiver.ts'
import { refusals } from '../files/refusals.ts'
import { scanJob } from '../files/scan.ts'
import { lookupOf, sealFile } from '../files/sealed.ts'
import { problem } from '../problems.ts'
import { Wrong } from './acting.ts'
import { isReported, readGrant, receiptQuestion, sameReceiptsOf, stateOfGrant } from './read.ts'

const words = texts({
  used: {
    en: 'This receipt serves another claim of the same line already. Claim each receipt once, with its whole amount.',
    'zh-Hant': '這張單據已用於同一項目的另一項申領。每張單據只可申領一次，請填寫其全數金額。',
  },
})

/** Receipts of one agreement; more belong on one page. */
const receiptsMax = 200

/** Receives the receipt of a claim as files of applications are received, and keeps it beside them. What is wrong with it, if anything is. */
export function openReceipts(app: FastifyInstance) {
  const { installation } = app
  const receive = receiverOf(app)
  return async (request: FastifyRequest, at: { reference: string; claim: string }): Promise<Text | undefined> => {
    const refused = await receive(request, ['pdf', 'image'], async ({ name, type, bytes }) => {
      const id = randomUUID()
      const lookup = lookupOf(installation, bytes)
      const sealed = sealFile(installation, id, { name, bytes })
      await installation.sql.begin(async (sql) => {
        // The application first, as the scanner does: the other way round the two could wait for each other.
        const { application } = requireOwnToAct(await findCase(sql, at.reference), request)
        await lockApplication(sql, application)
        const now = requireOwnToAct(await lockCase(sql, at.reference), request)
        const whole = await readGrant(sql, installation, now, { lock: true })
        const claim = whole.claims.find((each) => each.id === at.claim)
        if (!claim) throw problem('grant-not-found')
        if (claim.state !== 'sent' || stateOfGrant(whole.agreement) !== 'running' || isReported(whole))
          throw problem('grant-not-now')
        const place = { application: now.application, question: receiptQuestion, thing: claim.id }
        if (await findSame(sql, place, lookup)) return
        const { files } = await countFiles(sql, now.application)
        if (files >= receiptsMax - 20) throw problem('grant-not-now')
        const receivedAt = installation.now()
        await insertFile(sql, {
          ...place,
          ...sealed,
          id,
          lookup,
          mediaType: type,
          octets: bytes.length,
          now: receivedAt,
        })
        // Two lines may share a receipt, which an officer looks at. Of one line each receipt is claimed once.
        const isUsed = (await sameReceiptsOf(sql, whole)).some(
          (each) =>
            each.claim === claim.id &&
            each.by === 'file' &&
            each.reference === at.reference &&
            each.line === claim.line,
        )
        if (isUsed) throw new Wrong([{ form: 'receipt', field: `receipt-${claim.id}`, text: words.used }])
        if (installation.clamav) await queueJob(sql, scanJob, {}, { key: scanJob })
        const subject = `services/cases/${at.reference}`
        await recordAct(sql, request, { event: 'services.receipt-sent', subject, detail: { claim: claim.id } })
      })
      return undefined
    })
    return refused && sayEverywhere(refusals[refused.refusal], refused.values ?? {})
  }
}
