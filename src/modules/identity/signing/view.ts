import type { Installation, Text } from '#platform'
import { hashDigits, hashWords } from './hash-words.rules.ts'
import { findDocument, findSignature, type SigningRequest } from './requests.sql.ts'
import { isOver } from './sign.ts'
import type { SigningView } from './types.ts'

/** The department by its name; by its identifier where the pack no longer knows it. */
export function organisationName({ pack }: Installation, id: string | null): Text | null {
  if (id === null) return null
  return pack.organisations.find((each) => each.id === id)?.name ?? { en: id, 'zh-Hant': id }
}

/** A request as pages and programs see it. */
export async function viewOf(installation: Installation, request: SigningRequest): Promise<SigningView> {
  const now = installation.now()
  const { id, kind, service, documentName, summary, hash, bytes, pages, expiresAt, signedAt } = request
  const signature = signedAt ? await findSignature(installation.sql, id) : undefined
  return {
    id,
    kind,
    state: signedAt ? 'signed' : isOver(request, now) ? 'ended' : 'waiting',
    organisation: organisationName(installation, request.organisation),
    service,
    documentName,
    summary,
    hash,
    words: hashWords(hash),
    digits: hashDigits(hash),
    bytes,
    pages,
    expiresAt,
    signedAt,
    dual: signature?.dual != null,
    kept: kind === 'pdf' && (await findDocument(installation.sql, id, now.toISOString())) !== undefined,
  }
}
