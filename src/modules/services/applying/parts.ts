import { hash } from 'node:crypto'
import type { Installation } from '#platform'
import { todayOf } from '../days.ts'
import type { FormPage } from '../definitions/form.ts'
import type { Answers } from '../types.ts'
import type { Application, Part } from './applications.ts'
import { type Journey, namesOn, ownWay, walk } from './journey.rules.ts'

/**
 * How far a part is: nobody was asked; somebody has the code, or has begun; it was signed; or it was signed, and the answers have
 * changed since, so that it must be signed again.
 */
type PartState = 'open' | 'asked' | 'begun' | 'signed' | 'changed'
type PartStanding = {
  party: string
  pages: readonly FormPage[]
  state: PartState
  answers: Answers
  /** The pages of the part as the party goes through them. */
  stops: Journey['stops']
  isComplete: boolean
  /** What is signed: the answers of the applicant, which the party is shown, and their own. */
  digest: string
}

/** How an application stands as a whole: the applicant’s way, the parts of others, and whether it can be sent. */
export type Standing = {
  journey: Journey
  /** The answers of the applicant alone. */
  own: Answers
  parts: readonly PartStanding[]
  isReady: boolean
}

const digestOf = (version: string, own: Answers, answers: Answers): string =>
  hash('sha256', JSON.stringify([version, own, answers]), 'base64url')

const only = (answers: Answers, pages: readonly FormPage[]): Answers => {
  const names = new Set(pages.flatMap(namesOn))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name)))
}

export function standingOf(installation: Pick<Installation, 'now' | 'pack'>, application: Application): Standing {
  const { form, own, parts, row } = application
  const today = todayOf(installation)
  const alone = ownWay(form, own, today)
  const handed = Map.groupBy(alone.handed, ({ by }) => by!)
  const standings = [...handed].map(([party, pages]): PartStanding => {
    const part = parts.find((each) => each.party === party)
    if (!part) return { party, pages, state: 'open', answers: {}, stops: [], isComplete: false, digest: '' }
    const way = walk(form, part.draft, { today, by: party, others: alone.answers })
    const answers = only(way.answers, pages)
    const digest = digestOf(row.version, alone.answers, answers)
    const isComplete = !way.next && !way.exit
    return { party, pages, answers, stops: way.stops, isComplete, digest, state: stateOf(part, digest) }
  })
  const answered = Object.assign({}, ...standings.map(({ answers }) => answers)) as Answers
  const journey = standings.length === 0 ? alone : walk(form, own, { today, others: answered })
  const isReady = !journey.next && !journey.exit && standings.every(({ state }) => state === 'signed')
  return { journey, own: alone.answers, parts: standings, isReady }
}

function stateOf({ isOpen, signedDigest }: Part, digest: string): PartState {
  if (signedDigest !== null) return signedDigest === digest ? 'signed' : 'changed'
  return isOpen ? 'asked' : 'begun'
}
