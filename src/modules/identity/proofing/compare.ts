import type { Server } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { Installation } from '#platform'
import { registerOf } from './made-up-register.ts'
import { documentLookup, findHolder, type Particulars } from './proofs.sql.ts'
import { type Answer, askRegister } from './register.ts'
import { addressLookup, beginTry, endTry, type Refused } from './tries.sql.ts'

type Asking = { installation: Installation; server: Server; log: FastifyBaseLogger }
type Document = Particulars & { kind: string }

/** Asks the register without a limit: at a counter an officer holds the document, and answers for the question. */
export async function ask({ installation, server, log }: Asking, document: Document): Promise<Answer['outcome']> {
  const register = registerOf(installation, server)
  if (!register) return 'unavailable'
  const { kind, number, born, family, given } = document
  const answer = await askRegister(register, { kind, number, born, family, given })
  if (answer.outcome === 'unavailable') log.warn({ why: answer.detail }, 'The population register gave no answer')
  return answer.outcome
}

/**
 * Asks the register whether a document is what a person typed, within the limits on trying. No transaction is open while
 * the other department answers.
 */
export async function compare(
  app: Asking,
  { personId, ip, document }: { personId: string; ip: string; document: Document },
): Promise<{ outcome: Answer['outcome'] } | { refused: Refused }> {
  const { installation } = app
  const { sql } = installation
  const lookup = documentLookup(installation, document.kind, document.number)
  const address = addressLookup(installation, ip)
  const begun = await sql.begin(async (transaction) => {
    const holdsIt = (await findHolder(transaction, lookup)) === personId
    return beginTry(transaction, { personId, document: lookup, address, holdsIt })
  })
  if ('refused' in begun) return begun
  const outcome = await ask(app, document)
  await endTry(sql, begun.id, outcome)
  return { outcome }
}
