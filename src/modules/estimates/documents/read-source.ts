import { createHash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import type { Sentence } from '#pack'
import { type Language, say, Text, type Values } from '#platform'
import { refusals as textRefusals } from '../import/refusals.ts'
import { importText } from '../import/text.ts'
import { importTables } from '../mapping/import-tables.ts'
import { readMapping } from '../mapping/read-mapping.ts'
import { refusals as tableRefusals } from '../mapping/refusals.ts'
import type { EstimatesDocument, Finding } from '../types.ts'
import { documentsMax } from './documents.sql.ts'
import { type Rows, rowsOf, sha256Of } from './rows.ts'

/** What a file holds, read whole. */
export type Source = {
  name: string
  sha256: string
  documents: EstimatesDocument[]
  /** What belongs to the file and to none of its documents. */
  findings: Finding[]
  /** The mapping by which a table was read, as it was sent. */
  mapping: string | null
}

const Said = {
  text: Text,
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Text])),
}

/** Why nothing was read: one sentence, and for a mapping every mistake with its line; and which of the two files it is. */
export type SourceRefusal = Static<typeof SourceRefusal>
export const SourceRefusal = Type.Object({
  of: Type.Enum(['file', 'mapping']),
  code: Type.String({ maxLength: 60 }),
  ...Said,
  mistakes: Type.Array(Type.Object({ line: Type.Integer(), ...Said })),
})

export type SourceFile = { name: string; bytes: Uint8Array }

/** What was read, for whoever writes it: of each document only what it is, and its rows when they are asked for. */
export type Reading = Omit<Source, 'documents'> & {
  kind: EstimatesDocument['source']['kind']
  documents: (Pick<EstimatesDocument, 'year' | 'head' | 'language'> & { sha256: string })[]
  /** The rows of the documents at these places of the list. */
  rows(places: readonly number[]): AsyncIterable<Rows> | Iterable<Rows>
}

export function readingOf({ documents, ...source }: Source): Reading {
  return {
    ...source,
    kind: documents[0]!.source.kind,
    documents: documents.map((each) => ({
      year: each.year,
      head: each.head,
      language: each.language,
      sha256: sha256Of(each),
    })),
    rows: (places) => rowsOf(documents, places),
  }
}

const needsMapping: Text = {
  en: 'This is a table. A table needs a mapping that says what its columns are.',
  'zh-Hant': '這是表格檔案。表格須附上欄位對應檔，列明各欄的內容。',
}
const wrongMapping: Text = {
  en: 'The mapping cannot be used. To put right: {count}.',
  'zh-Hant': '欄位對應檔不能使用，須更正 {count} 處。',
}
const ofLine: Text = { en: 'Line {line}: {sentence}', 'zh-Hant': '第 {line} 行：{sentence}' }

const tooManyHeads: Text = {
  en: 'The file holds {count} Heads; {max} are the most that can be imported at once. Divide it.',
  'zh-Hant': '檔案載有 {count} 個總目，每次最多可匯入 {max} 個。請分成數個檔案。',
}
/** Reads the text of a Head, or a table by its mapping; `startMonth` begins the financial year. Throws for no file, whatever is in it. */
export async function readSource(
  file: SourceFile,
  mappingFile: SourceFile | undefined,
  startMonth: number,
): Promise<{ source: Source } | { refusal: SourceRefusal }> {
  // A path or a control character in a name from outside means nothing here.
  const name =
    file.name
      .split(/[/\\]/)
      .at(-1)!
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      // From the end, where the kind of file stands, and by whole characters: half of one could not be kept.
      .match(/.{0,200}$/u)![0] || 'file'
  const sha256 = createHash('sha256').update(file.bytes).digest('hex')
  if (!mappingFile) {
    if (/\.(csv|tsv|xlsx)$/i.test(name)) return refuse('mapping', 'mapping-missing', needsMapping)
    const result = importText(file.bytes, name, startMonth)
    if ('refusal' in result)
      return refuse('file', result.refusal.code, textRefusals[result.refusal.code], result.refusal.values)
    return { source: { name, sha256, documents: [result.document], findings: [], mapping: null } }
  }
  const read = readMapping(mappingFile.bytes, mappingFile.name)
  if ('mistakes' in read) {
    const mistakes = read.mistakes.map(({ line, text, values = {} }) => ({ line, text, values }))
    return refuse('mapping', 'mapping-wrong', wrongMapping, { count: mistakes.length }, mistakes)
  }
  const result = await importTables(file.bytes, name, read.mapping)
  if ('refusal' in result)
    return refuse('file', result.refusal.code, tableRefusals[result.refusal.code], result.refusal.values)
  const { length: count } = result.documents
  if (count > documentsMax) return refuse('file', 'too-many-heads', tooManyHeads, { count, max: documentsMax })
  const mapping = new TextDecoder().decode(mappingFile.bytes)
  return { source: { name, sha256, documents: result.documents, findings: result.findings, mapping } }
}

const refuse = (
  of: SourceRefusal['of'],
  code: string,
  text: Text,
  values: Values = {},
  mistakes: SourceRefusal['mistakes'] = [],
) => ({ refusal: { of, code, text, values, mistakes } })

/** The whole refusal in one paragraph, for those who see no list. */
export const sayRefusal = ({ mistakes, ...refusal }: SourceRefusal, language: Language): string =>
  [
    refusal,
    ...mistakes.map(({ line, text, values }) => ({
      text: ofLine,
      values: { line, sentence: say(text, language, values) },
    })),
  ]
    .map(({ text, values }: Sentence) => say(text, language, values))
    .join(language === 'en' ? ' ' : '')
