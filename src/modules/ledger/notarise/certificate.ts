import { hash } from 'node:crypto'
import { type Timestamp, writeTimestampReply } from '#identity'
import { type Installation, type Language, languages, render, say, type Text, withLanguage } from '#platform'
import { parseEnvelope } from '../entries/envelope.rules.ts'
import { type KnownLog, policyOfLogs } from '../explorer/known.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { hashSchema } from '../proofs/commitment.rules.ts'
import { scriptOf } from '../verify/bundle.ts'
import { verifyFiles } from '../verify/verify.rules.ts'
import { type Certificate, CertificatePage, styles } from './certificate.page.tsx'
import type { NotarisationRow } from './notarise.sql.ts'
import { namesOf, type Proved } from './notarise.ts'
import { authorityOf } from './stamps.ts'

/** Where the script goes: a page is rendered with its text escaped, which a script must not be. */
const place = '/* the script */'

/**
 * One HTML file that holds a proof, the keys of its log and its witnesses, and the rules of this module that check both. It
 * asks for nothing, anywhere: its policy allows the one script and the one sheet that stand in it, by their hashes. Throws
 * where the proof does not hold, as nobody may take such a one away.
 */
export async function makeCertificate(
  installation: Pick<Installation, 'address' | 'pack'>,
  { log, index, proof }: Proved,
  { row, language, stamp }: { row: NotarisationRow; language: Language; stamp: Timestamp | null },
): Promise<string> {
  const { government } = installation.pack
  const trusted = trustedOf(log.known)
  const { outcome } = verifyFiles({ proof }, encodeUtf8(trusted.policy))
  if (outcome !== 'alone') throw new Error(`The proof of entry ${index} of ${row.log} does not hold: ${outcome}`)
  const script = inlined((await scriptOf('certificate')).body)
  const name = namesOf(installation)(row.organisation)
  const envelope = parseEnvelope(row.entry)!
  const data: Certificate = {
    trusted,
    organisation: { id: row.organisation, name },
    site: installation.address,
    ...{ index, language, policy: policyOf(script) },
    committed: envelope.schema === hashSchema ? 'hash' : 'file',
    time: envelope.time,
    stamp: stamp && {
      ...{ at: stamp.at, authority: authorityOf(installation, stamp), name: `${row.log}-${index}` },
      token: row.stamp!.toString('base64'),
      reply: writeTimestampReply({ token: row.stamp! }).toString('base64'),
      entry: row.entry.toString('base64'),
      root: stamp.root && Buffer.from(stamp.root).toString('base64'),
    },
    proof: Buffer.from(proof).toString(),
    script: place,
    speaking: languages.map((each) => ({
      ...{ language: each, government },
      say: (text: Text, values) => say(text, each, values),
      href: (path: string) => installation.address + withLanguage(government, each, path),
    })),
  }
  const page = data.speaking.find((each) => each.language === language)!
  const html = render(data, CertificatePage, { ...page, path: '', demonstration: false })
  // By a function, as a text would have its `$&` filled in.
  return html.replace(place, () => script)
}

/** Whose word counts for an entry of this log. */
export function trustedOf({ about: _, ...log }: KnownLog): Certificate['trusted'] {
  return { policy: policyOfLogs([{ ...log, about: null }]), logs: [log] }
}

/** A script that ends where its element does: `</script` and `<!--` mean something to a reader of HTML, also in a text. */
const inlined = (script: string) => script.replace(/<(\/script|!--)/gi, '\\x3c$1')

const policyOf = (script: string) =>
  [
    "default-src 'none'",
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(styles)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

const sourceOf = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`
