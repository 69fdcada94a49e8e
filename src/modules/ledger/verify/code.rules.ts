import { encodeUtf8 } from '../notes/encoding.rules.ts'
import type { Given } from './verify.rules.ts'
import { looksLikeProof } from './verify.rules.ts'

/** What a code or its text may have: a proof in the largest code (ISO/IEC 18004), and somewhat more where it was typed. */
export const codeCharactersMax = 4000

/** What stands in a code: a proof; the address of an entry here, or of another site; or nothing that is understood here. */
export type Code =
  | { kind: 'proof'; proof: Uint8Array }
  | { kind: 'entry'; log: string; index: number }
  | { kind: 'elsewhere'; site: string }
  | { kind: 'unknown' }

/** With or without a language before it, as people copy it; and the page of the entry or its proof. */
const entryPath = /^(?:\/[a-z]+)?\/ledger\/logs\/([a-z0-9]+(?:-[a-z0-9]+)*)\/entries\/(0|[1-9]\d{0,14})(?:\/proof)?\/?$/

/**
 * What the certificates of this platform put into codes, and nothing else: a `.tlog-proof` (C2SP), or the address of an
 * entry. `site` is where people reach this installation.
 */
export function readCode(typed: string, site: string): Code {
  const text = typed.replaceAll('\r\n', '\n').trim()
  const proof = encodeUtf8(`${text}\n`)
  if (looksLikeProof(proof)) return { kind: 'proof', proof }
  if (!/^https?:\/\/[^\s]+$/.test(text) || !URL.canParse(text)) return { kind: 'unknown' }
  const { origin, pathname } = new URL(text)
  if (origin !== new URL(site).origin) return { kind: 'elsewhere', site: origin }
  const [, log, index] = entryPath.exec(pathname) ?? []
  return log === undefined ? { kind: 'unknown' } : { kind: 'entry', log, index: Number(index) }
}

/** Of the codes of one picture the one that tells most: a proof shows more than an address. */
export const bestOf = (texts: readonly string[], site: string): string | undefined =>
  ['proof', 'entry', 'elsewhere', 'unknown'].flatMap((kind) =>
    texts.filter((text) => readCode(text, site).kind === kind),
  )[0]

/**
 * The proof that a code holds or leads to. `ask` gets that of an entry of this site, undefined where there is none; the
 * address of another site is never asked.
 */
export async function proofOfCode(
  text: string,
  site: string,
  ask: (entry: { log: string; index: number }) => Promise<Uint8Array | undefined>,
): Promise<Given['proof'] | { outcome: 'code-elsewhere' | 'code-unknown' | 'code-missing'; site?: string }> {
  const code = readCode(text, site)
  if (code.kind === 'proof') return code.proof
  if (code.kind === 'elsewhere') return { outcome: 'code-elsewhere', site: code.site }
  if (code.kind === 'unknown') return { outcome: 'code-unknown' }
  return (await ask(code)) ?? { outcome: 'code-missing' }
}
