import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Installation, queueJob, type Sql, say, sayEverywhere, type Text, texts } from '#platform'
import { lockApplication } from '../applying/applications.sql.ts'
import {
  deleteUnsent,
  type FileRow,
  findReplyFile,
  findSame,
  insertFile,
  listUnsent,
  markSent,
} from '../files/files.sql.ts'
import { noteOfFile } from '../files/notes.ts'
import type { Sent } from '../files/receiver.ts'
import { type Refused, refuse } from '../files/refusals.ts'
import { scanJob } from '../files/scan.ts'
import { lookupOf, openName, sealFile } from '../files/sealed.ts'
import { problem } from '../problems.ts'
import { type Act, type Done, lockOwn, record, requireOwnToAct, requireReadable } from './acting.ts'
import { findByToken, findCase, listEvents } from './cases.sql.ts'
import type { Case } from './events.ts'
import { replyFilePath } from './history.ts'
import { calendarOf } from './holidays.ts'
import { restart } from './placed.rules.ts'
import { deleteDrafts, findReplyDraft, saveReplyDraft } from './replies.sql.ts'
import { type OwnCaseData, replyFilesMax, textMax } from './types.ts'
import { append, openEvent } from './write.ts'

/** Under which files of answers are kept, beside those of the questions of a form. */
export const replyQuestion = 'case_reply'

const words = texts({
  empty: { en: 'Write something first.', 'zh-Hant': '請先填寫內容。' },
  emptyOrFile: { en: 'Write something, or send a file.', 'zh-Hant': '請填寫內容或提交檔案。' },
  tooLong: { en: 'Write no more than {max} characters.', 'zh-Hant': '內容不可超過 {max} 字。' },
  elsewhere: {
    en: 'No document of this address waits for this answer. Send it first.',
    'zh-Hant': '這項答覆沒有這個網址的文件。請先提交文件。',
  },
  infected: {
    en: 'A virus was found in “{name}”. Take it away, then send the answer.',
    'zh-Hant': '「{name}」驗出病毒。請先刪去，再送出答覆。',
  },
})

/** What a person has to put right in an answer: nothing of it was sent, and it is kept as they wrote it. */
export class NotSent extends Error {
  readonly field: 'reply' | 'file'
  readonly text: Text
  constructor(field: NotSent['field'], text: Text) {
    super(say(text, 'en'))
    this.field = field
    this.text = text
  }
}

type Means = Pick<Installation, 'vault'>
const contextOf = (reference: string, personId: string) => `reply/${reference}/${personId}`

/** The question that waits, with the number of its event, or undefined; `files` is there where files are asked for as well. */
async function askedOf(sql: Sql, now: Case) {
  if (now.wait !== 'reply') return undefined
  const asked = (await listEvents(sql, now.reference)).findLast(({ kind }) => kind === 'information-asked')
  if (asked?.kind !== 'information-asked') return undefined
  return { number: asked.number, sealed: asked.sealed, files: asked.data.files }
}

/** The question that waits for the person of a case: the number of its event, its text, and under what files are kept where it asks for them. */
export async function readQuestion(
  installation: Installation,
  now: Case,
): Promise<{ number: number; text: string; files: string | undefined } | undefined> {
  const asked = await askedOf(installation.sql, now)
  if (!asked) return undefined
  const { number, files } = asked
  return { number, files, text: openEvent<'information-asked'>(installation, now.reference, asked).text }
}

/** A case until the transaction ends. The application first, as the scanner does: the other way round the two could wait for each other. */
async function lockWhole(act: Act, reference: string): Promise<Case> {
  const { application } = requireOwnToAct(await findCase(act.sql, reference), act.request)
  await lockApplication(act.sql, application)
  return lockOwn(act, reference)
}

/** What a person has ready for the question that waits, where it asks for files; null for every other. */
export async function readReply(
  installation: Installation,
  { person }: FastifyRequest,
  now: Case,
  asksFiles: boolean,
): Promise<OwnCaseData['reply']> {
  if (!asksFiles) return null
  const { sql, vault } = installation
  const sealed = await findReplyDraft(sql, now.reference, person!.id)
  const rows = await listUnsent(sql, now.reference, person!.id)
  return {
    text: sealed ? vault.open('case-reply', sealed, contextOf(now.reference, person!.id)).toString() : '',
    files: rows.map((row) => ({ ...noteOfFile(installation, row), path: replyFilePath(now.reference, row.id) })),
  }
}

/**
 * Keeps a file for the answer that a person is writing. The same bytes are there already. Returns why it was not taken. Where no
 * question waits nothing is kept: whoever sends the form a second time is answered by its token, and others are refused after this.
 */
export async function keepReplyFile(
  act: Act,
  reference: string,
  { name, type, bytes }: Sent,
): Promise<Refused | undefined> {
  const { sql, installation, by, at } = act
  if (by.token && (await findByToken(sql, by.token))) return undefined
  const now = await lockWhole(act, reference)
  const asked = await askedOf(sql, now)
  if (!asked) return undefined
  if (!asked.files) throw problem('reply-without-files')
  const lookup = lookupOf(installation, bytes)
  const place = { application: now.application, question: replyQuestion, thing: asked.files }
  const same = await findSame(sql, place, lookup, by.id)
  if (same?.state === 'refused') return refuse('infected', { name: same.finding ?? openName(installation, same) })
  if (same) return undefined
  if ((await listUnsent(sql, reference, by.id)).length >= replyFilesMax)
    return refuse('too-many', { max: replyFilesMax })
  const id = randomUUID()
  await insertFile(sql, {
    ...{ ...place, ...sealFile(installation, id, { name, bytes }), id, lookup, mediaType: type, octets: bytes.length },
    ...{ now: at, replyTo: reference, unsentBy: by.id },
  })
  if (installation.clamav) await queueJob(sql, scanJob, {}, { key: scanJob })
  return undefined
}

/** Keeps what a person has written so far, and takes a file away. Refused where no question asks for files. */
export async function keepReply(
  act: Act,
  reference: string,
  { text, remove }: { text: string; remove?: string | undefined },
): Promise<Done> {
  const { sql, installation, by, at } = act
  const now = await lockOwn(act, reference)
  if (!(await askedOf(sql, now))?.files) throw problem('reply-not-asked')
  if (remove) await deleteUnsent(sql, { reference, personId: by.id, id: remove })
  await saveReplyDraft(sql, {
    reference,
    personId: by.id,
    sealedText: seal(installation, reference, by.id, text),
    now: at,
  })
  return { reference, number: now.number }
}

const seal = ({ vault }: Means, reference: string, personId: string, text: string): Buffer =>
  vault.seal('case-reply', text, contextOf(reference, personId))

/**
 * The person’s answer with the files that they have ready for it, with which the clock goes on. A program says to which question it
 * answers, by the number of its event, and with which files: others that are ready are deleted.
 */
export async function reply(
  act: Act,
  reference: string,
  text: string,
  to?: { question: number; files: readonly string[] },
): Promise<Done> {
  const { sql, installation, by } = act
  const now = await lockWhole(act, reference)
  const asked = await askedOf(sql, now)
  if (!asked) throw problem('reply-not-asked')
  if (to && to.question !== asked.number) throw problem('case-changed')
  const all = await listUnsent(sql, reference, by.id)
  if (to?.files.some((file) => !all.some(({ id }) => id === file))) throw new NotSent('file', words.elsewhere)
  const ready = all.filter(({ id }) => !to || to.files.includes(id))
  for (const { id } of all)
    if (!ready.some((each) => each.id === id)) await deleteUnsent(sql, { reference, personId: by.id, id })
  const refused = ready.find(({ state }) => state === 'refused')
  if (refused) throw new NotSent('file', sayEverywhere(words.infected, { name: openName(installation, refused) }))
  if (text === '' && ready.length === 0) throw new NotSent('reply', asked.files ? words.emptyOrFile : words.empty)
  if (text.length > textMax) throw new NotSent('reply', sayEverywhere(words.tooLong, { max: textMax }))
  await record(act, 'services.information-given', reference, ready.length > 0 ? { files: ready.length } : {})
  await markSent(sql, reference, by.id)
  await deleteDrafts(sql, reference)
  const clock = restart(now, act.at, calendarOf(installation.pack))
  const data = { ...clock, ...(ready.length > 0 && { files: ready.map(({ id }) => id) }) }
  return append(sql, installation, { before: now, reference, by, at: act.at }, [
    { kind: 'information-given', data, sealed: { text } },
  ])
}

/** A file of an answer, for whoever reads the case as its person; one that is not sent yet only for who has it ready. */
export async function getReplyFile(
  installation: Installation,
  request: FastifyRequest,
  { reference, file }: { reference: string; file: string },
): Promise<FileRow> {
  requireReadable(await findCase(installation.sql, reference), request)
  const row = await findReplyFile(installation.sql, reference, file)
  if (!row || row.state === 'refused' || (row.unsentBy !== null && row.unsentBy !== request.person!.id))
    throw problem('file-not-found')
  // Held from its owner too, as files of a form are.
  if (row.state === 'held') throw problem('file-held')
  return row
}
