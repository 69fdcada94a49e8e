import { randomInt, timingSafeEqual } from 'node:crypto'
import { sendMessage } from '#identity'
import { newNumber, readNumber } from '#ledger'
import { type Installation, Problem, type Sql, sayEverywhere, type Text } from '#platform'
import { hashCode, writeCode } from '../applying/codes.ts'
import { addDays } from '../cases/clocks.rules.ts'
import { calendarOf } from '../cases/holidays.ts'
import { dayBefore, todayOf } from '../days.ts'
import { problem } from '../problems.ts'
import {
  type Comment,
  countComments,
  deleteCommentsBefore,
  findByToken,
  findComment,
  insertComment,
} from './comments.sql.ts'
import { type AnswerBy, type Answering, answerDays } from './types.ts'
import { messages } from './words.ts'

const ofPersonMax = 10
const ofDayMax = 500
const keptDays = 730
const countedDays = 365

/** Since when published figures count, and the day up to which. */
export const spanOf = (installation: Installation) => ({
  since: dayBefore(installation, countedDays),
  today: todayOf(installation),
})

/** The share of answers in time, between 0 and 1; null where none was due. */
export const shareInTime = ({ wanted, inTime }: Pick<Answering, 'wanted' | 'inTime'>): number | null =>
  wanted === 0 ? null : inTime / wanted

/**
 * The code that goes with the number of a comment: made from the token of its form, so that a form that is sent twice is answered with
 * the same, and no code is kept. Its bits are those of an HMAC that only this installation can make.
 */
export function codeOf({ vault }: Pick<Installation, 'vault'>, token: string): string {
  let rest = BigInt(`0x${vault.lookup('comment-code', token).toString('hex')}`)
  return writeCode((below) => {
    const drawn = Number(rest % BigInt(below))
    rest /= BigInt(below)
    return drawn
  })
}

type Sending = {
  token: string
  service: { id: string; organisation: string }
  text: string
  answerBy: AnswerBy
  personId: string | null
}

/** Keeps a comment once for its token, in the caller’s transaction. `fresh` is false where it was there already. */
export async function keepComment(
  sql: Sql,
  installation: Installation,
  { token, service, text, answerBy, personId }: Sending,
): Promise<{ number: string; dueOn: string; answerBy: AnswerBy; fresh: boolean }> {
  const sentOn = todayOf(installation)
  const { ofPerson, ofDay } = await countComments(sql, { personId, service: service.id, on: sentOn })
  const before = await findByToken(sql, token)
  if (before && before.service !== service.id) throw problem('comment-not-found')
  if (before) return { ...before, fresh: false }
  if (ofPerson >= ofPersonMax) throw problem('comments-of-yours', { values: { max: ofPersonMax } })
  if (personId === null && ofDay >= ofDayMax) throw problem('comments-full')
  const number = newNumber('CM', (below) => randomInt(below))
  const dueOn = addDays(sentOn, answerDays, 'working', calendarOf(installation.pack))
  const sealedText = installation.vault.seal('comment', text, `comment/${number}`)
  const row = { number, token, service: service.id, organisation: service.organisation, personId, answerBy }
  const fresh = await insertComment(sql, { ...row, sealedText, sentOn, dueOn })
  if (fresh) return { number, dueOn, answerBy, fresh }
  const other = await findByToken(sql, token)
  return { ...other!, fresh: false }
}

export const textOf = ({ vault }: Pick<Installation, 'vault'>, { number, sealedText }: Comment): string =>
  vault.open('comment', sealedText, `comment/${number}`).toString()

export const sealReply = ({ vault }: Pick<Installation, 'vault'>, number: string, text: string): Buffer =>
  vault.seal('comment', text, `comment/${number}/reply`)

export const replyOf = ({ vault }: Pick<Installation, 'vault'>, { number, sealedReply }: Comment): string | null =>
  sealedReply && vault.open('comment', sealedReply, `comment/${number}/reply`).toString()

/** A comment by its number and code as somebody typed them; undefined where one of the two is wrong. */
export async function readByCode(
  installation: Installation,
  typed: { number: string; code: string },
): Promise<Comment | undefined> {
  const number = readNumber(typed.number.normalize('NFKC'))
  if (!number) return undefined
  const found = await findComment(installation.sql, number)
  if (found?.answerBy !== 'code') return undefined
  const same = timingSafeEqual(
    hashCode(installation, typed.code),
    hashCode(installation, codeOf(installation, found.token)),
  )
  return same ? found : undefined
}

/** Tells whoever wrote, where the answer goes to their inbox. An account that has closed since is told nothing. */
export async function tellWriter(
  sql: Sql,
  installation: Installation,
  comment: Comment,
  { title, organisation, said, reply }: { title: Text; organisation: Text; said: Text; reply: boolean },
): Promise<void> {
  if (comment.personId === null) return
  const wrote = textOf(installation, comment)
  const values = { title, organisation, said, wrote }
  const body = sayEverywhere(reply ? messages.answered : messages.closed, values)
  try {
    await sendMessage(sql, {
      ...{ vault: installation.vault, personId: comment.personId, organisation: comment.organisation },
      ...{ service: comment.service, reference: comment.number, link: `/services/${comment.service}` },
      ...{ title: sayEverywhere(messages.title, values), body },
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** Daily: what was settled two years ago is forgotten. */
export const deleteOldComments = (installation: Installation): Promise<void> =>
  deleteCommentsBefore(installation.sql, dayBefore(installation, keptDays))
