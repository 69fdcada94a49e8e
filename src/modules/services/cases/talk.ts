import { randomUUID } from 'node:crypto'
import { type Installation, type Sql, sayEverywhere, texts } from '#platform'
import { dayText } from '../applying/read.rules.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import {
  type Act,
  type Done,
  lockForOffice,
  lockOwn,
  record,
  requireClaimed,
  requireOpen,
  requireSeen,
} from './acting.ts'
import { system } from './begin.ts'
import { listEvents, listLapsed, listToRemind, lockCase } from './cases.sql.ts'
import { addDays, dayAt, endOfDay } from './clocks.rules.ts'
import { caseOf } from './decide.rules.ts'
import type { Case } from './events.ts'
import { calendarOf } from './holidays.ts'
import { type BuiltIn, tell } from './messages.ts'
import { appendMade, bringBackItems, fillingOf, type Made } from './outputs.ts'
import { leftDays, restart } from './placed.rules.ts'
import { countingOf, findItems, undoItems } from './records.ts'
import { singly } from './singly.ts'
import { replyFilesMax } from './types.ts'
import { append, getCase, type NewEvent, readWhole } from './write.ts'

const words = texts({
  withFiles: {
    en: '{text}\n\nYou can send up to {max} files with your answer.',
    'zh-Hant': '{text}\n\n你可隨答覆提交最多 {max} 個檔案。',
  },
})

const places = ({ by, at }: Pick<Act, 'by' | 'at'>, before: Case) => ({ before, reference: before.reference, by, at })

/** Sends one of the messages that every service has, and writes that it was sent. */
export async function tellBuiltIn(
  sql: Sql,
  installation: Installation,
  now: Case,
  { builtIn, more, at }: { builtIn: BuiltIn; more?: Parameters<typeof tell>[4]['more']; at: Date },
): Promise<Case> {
  const { compiled, known } = await readWhole(sql, installation, now)
  const told = await tell(sql, installation, now, { builtIn }, { compiled, known, ...(more && { more }) })
  return append(sql, installation, { before: now, reference: now.reference, by: system, at }, [told])
}

/** Tells the person of a case, also of one that has ended, that a file which they sent was refused and is gone. */
export async function tellOfRefusedFile(
  sql: Sql,
  installation: Installation,
  { reference, name }: { reference: string; name: string },
): Promise<void> {
  const now = await lockCase(sql, reference)
  if (!now) return
  const more = { name: same(name) }
  await tellBuiltIn(sql, installation, now, { builtIn: 'fileRefused', more, at: installation.now() })
}

/** A note of an officer, which other officers read and the person does not. */
export async function note(act: Act, reference: string, text: string): Promise<Done> {
  const now = await lockForOffice(act, reference)
  await record(act, 'services.case-noted', reference)
  return append(act.sql, act.installation, places(act, now), [{ kind: 'noted', data: {}, sealed: { text } }])
}

/** Asks the person something, and for files where that is wanted. The clock stands until they answer, or until the days for it are over. */
export async function askInformation(
  act: Act,
  reference: string,
  asked: { text: string; seen: number; files?: boolean },
): Promise<Done> {
  const { sql, installation, at } = act
  const now = await lockForOffice(act, reference)
  requireOpen(now)
  requireSeen(now, asked.seen)
  requireClaimed(now, act.request.person!)
  if (now.personId === null) throw problem('case-without-account')
  const { compiled } = await readWhole(sql, installation, now)
  const calendar = calendarOf(installation.pack)
  const today = dayAt(at, calendar.timeZone)
  const { replyDays } = caseOf(compiled).case
  const untilOn = addDays(today, replyDays, 'calendar', calendar)
  const remindOn = addDays(today, Math.floor(replyDays / 2), 'calendar', calendar)
  const event: NewEvent = {
    kind: 'information-asked',
    data: {
      ...{ left: leftDays(now, at, calendar), remindAt: endOfDay(remindOn, calendar.timeZone).toISOString() },
      ...{ untilOn, untilAt: endOfDay(untilOn, calendar.timeZone).toISOString() },
      ...(asked.files && { files: randomUUID() }),
    },
    sealed: { text: asked.text },
  }
  await record(act, 'services.information-asked', reference)
  const asking = await append(sql, installation, places(act, now), [event])
  const text = asked.files ? sayEverywhere(words.withFiles, { text: asked.text, max: replyFilesMax }) : same(asked.text)
  const more = { text, until: dayText(untilOn) }
  await tellBuiltIn(sql, installation, asking, { builtIn: 'informationAsked', more, at })
  return { reference, number: asking.number }
}

/** Lets cases go on whose person did not answer in time. A job does it; running it twice does nothing twice. */
export async function lapseReplies(installation: Installation): Promise<void> {
  const at = installation.now()
  await singly(installation, await listLapsed(installation.sql, at), async (sql, { reference }) => {
    const now = await lockCase(sql, reference)
    if (now?.wait !== 'reply' || now.replyUntilAt === null || now.replyUntilAt > at.toISOString()) return
    const data = restart(now, at, calendarOf(installation.pack))
    const until = dayText(now.replyUntilOn!)
    const where = places({ by: system, at }, now)
    const going = await append(sql, installation, where, [{ kind: 'information-lapsed', data }])
    await tellBuiltIn(sql, installation, going, { builtIn: 'lapsed', more: { until }, at })
  })
}

/** Reminds people once of a question that waits, when half of the days are over. */
export async function remindOfQuestions(installation: Installation): Promise<void> {
  const at = installation.now()
  await singly(installation, await listToRemind(installation.sql, at), async (sql, { reference }) => {
    const now = await lockCase(sql, reference)
    if (now?.wait !== 'reply' || now.remindAt === null || now.remindAt > at.toISOString()) return
    const until = dayText(now.replyUntilOn!)
    const where = places({ by: system, at }, now)
    const reminded = await append(sql, installation, where, [{ kind: 'reminded', data: {} }])
    await tellBuiltIn(sql, installation, reminded, { builtIn: 'reminded', more: { until }, at })
  })
}

/** What a person is not content with. It goes to an officer who decides, also after the case has ended. */
export async function complain(act: Act, reference: string, text: string): Promise<Done> {
  const now = await lockOwn(act, reference)
  if (now.complainedAt !== null) throw problem('complaint-waits')
  await record(act, 'services.complaint-made', reference)
  return append(act.sql, act.installation, places(act, now), [{ kind: 'complained', data: {}, sealed: { text } }])
}

export async function answerComplaint(act: Act, reference: string, text: string): Promise<Done> {
  const now = await lockForOffice(act, reference)
  if (now.complainedAt === null) throw problem('complaint-closed')
  await record(act, 'services.complaint-answered', reference)
  const event: NewEvent = { kind: 'complaint-answered', data: {}, sealed: { text } }
  const answered = await append(act.sql, act.installation, places(act, now), [event])
  const more = { text: same(text) }
  await tellBuiltIn(act.sql, act.installation, answered, { builtIn: 'complaintAnswered', more, at: act.at })
  return { reference, number: answered.number }
}

/**
 * Ends a case as its person wishes, until it has ended, and with it the items that it left in registers; the decision that a review looks
 * at counts again. Refused where a register does not let an item end so.
 */
export async function withdraw(act: Act, reference: string): Promise<Done> {
  const { sql, installation, at } = act
  const now = await lockOwn(act, reference)
  if (now.endedAt !== null) throw problem('case-ended')
  await record(act, 'services.case-withdrawn', reference)
  const event: NewEvent = { kind: 'withdrawn', data: { proposal: now.proposal } }
  const ended = await append(sql, installation, places(act, now), [event])
  const leaving = { sql, installation, by: system, now: ended, number: ended.number }
  const items = await findItems(sql, now, await listEvents(sql, reference))
  const before = await findItems(sql, now, [])
  const ids = countingOf(before)
  const settled: Made[] = await undoItems(leaving, items, ids, { why: 'withdrawn', refusal: 'withdrawal-item-stands' })
  if (now.reviewOf !== null && ids.length > 0) {
    const filling = fillingOf(await readWhole(sql, installation, await getCase(sql, now.reviewOf)))
    settled.push(...(await bringBackItems(leaving, { ids, items, filling })))
  }
  const done = await appendMade({ ...act, by: system }, ended, settled)
  await tellBuiltIn(sql, installation, done, { builtIn: 'withdrawn', at })
  return { reference, number: ended.number }
}
