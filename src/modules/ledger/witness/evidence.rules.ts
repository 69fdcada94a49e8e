import { hash } from 'node:crypto'
import { type Language, say, type Text, texts } from '#platform'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { type NoteSignature, parseNote } from '../notes/note.rules.ts'
import type { Signed } from '../notes/open.rules.ts'
import { isSame } from '../tree/tree.rules.ts'
import type { EvidenceKind } from './verdict.rules.ts'
import type { Evidence } from './witness.sql.ts'

/** The lines of a note by which `signed` is true, each once: what else stands under it was looked at by nobody. */
export const linesOf = (signatures: readonly NoteSignature[], signed: readonly Signed[]): NoteSignature[] =>
  signed.flatMap(({ key }) => signatures.find(({ name, id }) => name === key.name && isSame(id, key.id)) ?? [])

/** The same for the same two texts, whoever signed them and however often. */
export const evidenceId = (kind: EvidenceKind, cosigned: string, offered: string): string =>
  hash('sha256', JSON.stringify([kind, cosigned, offered])).slice(0, 16)

export const evidenceWords = texts({
  'split-view': {
    en: 'The log signed two histories of one length: both checkpoints say the same size, and have different roots. A log that keeps its word cannot do so, and these two notes prove it to anybody who has its key.',
    'zh-Hant':
      '日誌簽署了兩段長度相同的歷史：兩個檢查點大小相同，根雜湊值卻不同。守信的日誌不可能如此；持有其密鑰的任何人，都可憑這兩份短文證實。',
  },
  'unproven-growth': {
    en: 'The second checkpoint is larger, and the proof that came with it does not lead there from the first. These two notes alone prove nothing, as anybody can send a wrong proof. Ask the log for the proof between the two sizes: one that cannot give it has changed its history.',
    'zh-Hant':
      '第二個檢查點較大，但隨附的證明不能由第一個推算至此。單憑這兩份短文不能證明甚麼，因為任何人都可送出錯誤的證明。請向日誌索取兩個大小之間的證明：不能提供的日誌，其歷史已被改動。',
  },
  rollback: {
    en: 'The witness was asked to cosign a checkpoint that is smaller than the one it had cosigned. These two notes alone prove nothing, as anybody can send an old checkpoint again. Ask the log for the proof between the two sizes: one that cannot give it has changed its history, perhaps by a copy of before.',
    'zh-Hant':
      '有人要求見證者為一個較小的檢查點加簽，而它小於先前已加簽的檢查點。單憑這兩份短文不能證明甚麼，因為任何人都可再次送出舊檢查點。請向日誌索取兩個大小之間的證明：不能提供的日誌，其歷史已被改動，或曾以舊備份還原。',
  },
} satisfies Record<EvidenceKind, Text>)

const words = texts({
  title: { en: 'Evidence {id} about the log {origin}', 'zh-Hant': '證據 {id}，關於日誌 {origin}' },
  seen: { en: 'Seen at {at} by the witness {witness}.', 'zh-Hant': '由見證者 {witness} 於 {at} 發現。' },
  check: {
    en: 'To check it, take each note out by its number of bytes, and verify its signature with a key of the log (C2SP signed-note). Get the key from the log’s operator; these are those that the witness had:',
    'zh-Hant':
      '查核方法：按位元組數取出每份短文，再以日誌的密鑰查核其簽署（C2SP signed-note）。密鑰應向日誌營運者索取；以下是見證者當時所用的密鑰：',
  },
})

/** A file for anybody: what it shows, in English and Traditional Chinese, then both notes exactly as they were kept. */
export function printEvidence({ id, origin, kind, vkeys, cosigned, offered, seenAt }: Evidence): Uint8Array {
  const witness = parseNote(cosigned).signatures.find(({ name }) => name !== origin)?.name ?? ''
  const tell = (language: Language) => [
    say(words.title, language, { id, origin }),
    say(words.seen, language, { at: seenAt, witness }),
    say(evidenceWords[kind], language),
    say(words.check, language),
  ]
  const intro = [...tell('en'), '', ...tell('zh-Hant'), '', ...vkeys]
  const part = (name: string, note: Uint8Array) => [encodeUtf8(`\n=== ${name}, ${note.length} bytes ===\n`), note]
  return Buffer.concat([
    encodeUtf8(`${intro.join('\n')}\n`),
    ...part('1 cosigned', cosigned),
    ...part('2 refused', offered),
  ])
}
