import { sayEverywhere, type Text, texts } from '#platform'
import { dayText } from '../applying/read.rules.ts'
import { dayAt } from '../cases/clocks.rules.ts'
import type { Outcome } from '../cases/events.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { FormPage } from '../definitions/form.ts'

/** Where a place stands: held until the case ends, taken from then on; offered to whoever waited. */
export const placeStates = ['held', 'waiting', 'offered', 'taken', 'attended', 'missed', 'given-up'] as const
export type PlaceState = (typeof placeStates)[number]

/** What can happen to a place. */
export const placeActs = ['granted', 'end', 'give-up', 'offer', 'accept', 'lapse', 'attend', 'miss'] as const
export type PlaceAct = (typeof placeActs)[number]

// biome-ignore format: matrix
const moves: Readonly<Record<PlaceState, Partial<Record<PlaceAct, PlaceState>>>> = {
  held:       { granted: 'taken', end: 'given-up', 'give-up': 'given-up',                                      attend: 'attended', miss: 'missed' },
  waiting:    {                   end: 'given-up', 'give-up': 'given-up', offer: 'offered' },
  offered:    {                   end: 'given-up', 'give-up': 'given-up', accept: 'taken', lapse: 'given-up' },
  taken:      {                   end: 'given-up', 'give-up': 'given-up',                                      attend: 'attended', miss: 'missed' },
  attended:   {                                                                                                miss: 'missed' },
  missed:     {                                                                                                attend: 'attended' },
  'given-up': {},
}

/** Where an act leads; undefined where it leads nowhere from here. */
export const movePlace = (state: PlaceState, act: PlaceAct): PlaceState | undefined => moves[state][act]

/** Where whoever has a place came or did not come. */
export const markable: readonly PlaceState[] = placeStates.filter(
  (state) => movePlace(state, 'attend') ?? movePlace(state, 'miss'),
)

/** Whether it is one of the places that a session has, so that nobody else can have it. */
export const counts = (state: PlaceState): boolean => state !== 'waiting' && state !== 'given-up'

/** What the end of a case does to its place. */
export const actOfEnd = (outcome: Outcome): PlaceAct =>
  outcome === 'granted' || outcome === 'done' ? 'granted' : 'end'

/** A session as it is kept. */
export type Session = {
  id: string
  organisation: string
  service: string
  title: Text
  place: Text
  startsAt: string
  endsAt: string
  opensAt: string
  closesAt: string
  capacity: number
  /** Places that count. */
  taken: number
  cancelledAt: string | null
}

/** Whether people can choose it now, or join its waiting list where there is one. */
export const isOpen = ({ cancelledAt, opensAt, closesAt }: Session, now: Date): boolean =>
  cancelledAt === null && opensAt <= now.toISOString() && now.toISOString() < closesAt

const words = texts({
  title: { en: '{title}: {when}', 'zh-Hant': '{title}：{when}' },
  when: { en: '{day}, {from} to {until}', 'zh-Hant': '{day} {from} 至 {until}' },
  left: { en: '{place}. Places left: {left}.', 'zh-Hant': '{place}。尚餘名額：{left}。' },
  full: {
    en: '{place}. Full: you join the waiting list, and are offered a place that comes free.',
    'zh-Hant': '{place}。名額已滿：你會加入輪候名單，有名額騰出時會按次序通知你。',
  },
  none: {
    en: 'No session takes people just now. What you have answered is kept; come back when there are new ones.',
    'zh-Hant': '目前沒有場次可供報名。你填寫的內容已保留，有新場次時可回來繼續。',
  },
})

const timeAt = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at))

/** When a session is, where the government is. */
export const whenOf = ({ startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>, timeZone: string): Text =>
  sayEverywhere(words.when, {
    ...{ day: dayText(dayAt(new Date(startsAt), timeZone)) },
    ...{ from: timeAt(startsAt, timeZone), until: timeAt(endsAt, timeZone) },
  })

/** How a session is called where several stand together. */
export const nameOf = (session: Session, timeZone: string): Text =>
  sayEverywhere(words.title, { title: session.title, when: whenOf(session, timeZone) })

type Around = { now: Date; timeZone: string; wait: boolean; chosen?: string | undefined }

/** What people choose among: sessions with places left, those that are full where one may wait, and the one of a case. */
export function optionsOf(sessions: readonly Session[], { now, timeZone, wait, chosen }: Around) {
  const offered = sessions.filter(
    (each) => each.id === chosen || (isOpen(each, now) && (each.taken < each.capacity || wait)),
  )
  return offered.map((session) => {
    const left = session.capacity - session.taken
    const hint = sayEverywhere(left > 0 ? words.left : words.full, { place: session.place, left })
    return { id: session.id, title: nameOf(session, timeZone), hint }
  })
}

/** The service with sessions as the options of its question, as people see them at this moment. */
export function withOptions(compiled: CompiledService, options: ReturnType<typeof optionsOf>): CompiledService {
  const { service, form } = compiled
  const id = service.apply?.places?.question
  if (!service.apply || !form || id === undefined) return compiled
  const pages = form.form.pages.map((page): FormPage => {
    if (!page.questions?.some((question) => question.id === id)) return page
    const none = options.length === 0 && { hint: words.none }
    const questions = page.questions.map((each) => (each.id === id ? { ...each, options, ...none } : each))
    return { ...page, questions }
  })
  const filled = { ...form.form, pages }
  return {
    ...compiled,
    service: { ...service, apply: { ...service.apply, form: filled } },
    form: { ...form, form: filled, pages: form.pages.map((each, at) => ({ ...each, page: pages[at]! })) },
  }
}

/** The instant at which a clock of the government shows this time on this day; where it shows it twice, one of the two. */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const shown = (at: number) => {
    const date = new Date(at)
    return Date.parse(`${dayAt(date, timeZone)}T${timeAt(date.toISOString(), timeZone)}:00Z`)
  }
  // The first guess is off by the difference to UTC, and the second where clocks are put forward in between.
  const first = wanted - (shown(wanted) - wanted)
  return new Date(first - (shown(first) - wanted))
}
