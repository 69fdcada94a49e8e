import { sayEverywhere, type Text, texts } from '#platform'
import type { FileKind } from '../definitions/form.ts'

/** The media types that are taken, each with the kind that a definition names and the endings of its names, the usual one first. */
// biome-ignore format: matrix
export const fileTypes = {
  'application/pdf': { kind: 'pdf', endings: ['pdf'] },
  'image/jpeg':      { kind: 'image', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  'image/png':       { kind: 'image', endings: ['png'] },
  'image/webp':      { kind: 'image', endings: ['webp'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document':   { kind: 'document', endings: ['docx'] },
  'application/vnd.oasis.opendocument.text':                                   { kind: 'document', endings: ['odt'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':         { kind: 'sheet', endings: ['xlsx'] },
  'application/vnd.oasis.opendocument.spreadsheet':                            { kind: 'sheet', endings: ['ods'] },
  'text/csv':                                                                  { kind: 'sheet', endings: ['csv', 'tsv', 'txt'] },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { kind: 'slides', endings: ['pptx'] },
  'application/vnd.oasis.opendocument.presentation':                           { kind: 'slides', endings: ['odp'] },
  'video/mp4':       { kind: 'video', endings: ['mp4', 'm4v'] },
  'video/webm':      { kind: 'video', endings: ['webm'] },
} as const satisfies Readonly<Record<string, { kind: FileKind; endings: readonly [string, ...string[]] }>>

export type FileType = keyof typeof fileTypes
export const kindOf = (type: FileType): FileKind => fileTypes[type].kind

const words = texts({
  pdf: { en: 'a PDF', 'zh-Hant': 'PDF' },
  image: { en: 'a picture (JPEG, PNG or WebP)', 'zh-Hant': '圖片（JPEG、PNG 或 WebP）' },
  document: { en: 'a text document (Word .docx or .odt)', 'zh-Hant': '文書檔案（Word .docx 或 .odt）' },
  sheet: { en: 'a spreadsheet (Excel .xlsx, .ods or .csv)', 'zh-Hant': '試算表（Excel .xlsx、.ods 或 .csv）' },
  slides: { en: 'slides (PowerPoint .pptx or .odp)', 'zh-Hant': '簡報（PowerPoint .pptx 或 .odp）' },
  video: { en: 'a video (MP4 or WebM)', 'zh-Hant': '影片（MP4 或 WebM）' },
  or: { en: '{one} or {other}', 'zh-Hant': '{one}或{other}' },
  comma: { en: '{one}, {other}', 'zh-Hant': '{one}、{other}' },
})

/** What may be sent, as people read it: “a PDF or a picture (JPEG, PNG or WebP)”. Nothing named is everything. */
export function kindsText(kinds: readonly FileKind[]): Text {
  const [first, ...more] = kinds.length > 0 ? kinds : (Object.keys(fileKindWords) as FileKind[])
  return more.reduce<Text>(
    (one, kind, at) => sayEverywhere(at === more.length - 1 ? words.or : words.comma, { one, other: words[kind] }),
    words[first!],
  )
}
const { or: _, comma: __, ...fileKindWords } = words

/** What `accept` of a file field says, so that a browser offers what fits. A person may choose another all the same. */
export const acceptOf = (kinds: readonly FileKind[]): string =>
  Object.entries(fileTypes)
    .filter(([, { kind }]) => kinds.length === 0 || kinds.includes(kind))
    .flatMap(([type, { endings }]) => [type, `.${endings[0]}`])
    .join(',')
