import type { Text } from '#platform'
import { type Draft, emptyDraft } from '../../applying/draft.ts'
import { type Journey, walk } from '../../applying/journey.rules.ts'
import type { Mistake } from '../../applying/read.rules.ts'
import type { CompiledForm } from '../../definitions/compile.rules.ts'
import type { FormPage } from '../../definitions/form.ts'
import type { Answers } from '../../types.ts'
import { answerPages, type Hints, hintsOf, type MadeUpPerson, madeUpPerson } from './answers.rules.ts'

export const peopleMax = 500
/** Questions that may be looked at for all people together: about half a second of one processor. */
const looksMax = 300_000
/** Whose answers ask for more of somebody else, whose answers ask for more again. */
const roundsMax = 5

/** How a walk ended: at what can be sent, at an exit, or where what was answered is refused again and again. */
type WalkEnd =
  | { readonly kind: 'sent' }
  | { readonly kind: 'exit'; readonly exit: string }
  | { readonly kind: 'stuck'; readonly page: string; readonly mistakes: readonly Mistake[] }

/** One made-up person: the pages that were asked, in their order, those of other parties behind, and how it ended. */
export type PersonWalk = { readonly pages: readonly string[]; readonly end: WalkEnd }

export type Walks = {
  readonly people: readonly PersonWalk[]
  /** Every page of the form, in its order, with how many people saw it. */
  readonly pages: readonly { readonly id: string; readonly title: Text; readonly people: number }[]
  readonly exits: readonly { readonly id: string; readonly title: Text; readonly people: number }[]
  readonly sent: number
  readonly stuck: number
  /** Among those who could send it: who saw the most pages, and who the fewest. */
  readonly longest?: PersonWalk
  readonly shortest?: PersonWalk
  /** Pages that nobody saw, and exits that nobody met: by these people at least. */
  readonly unseen: readonly string[]
  readonly unmet: readonly string[]
}

type Walking = { form: CompiledForm; hints: Hints; today: string; questions: number; looks: number }

/**
 * Sends made-up people through a form, as applicants and as the parties whom they ask. Nothing is kept and nothing but the arguments
 * counts: the same seed gives the same people, who answer a question the same whatever else of the form changes. `people` is how many
 * are wanted, of whom at most {@link peopleMax} walk, and fewer through a very long form; `today` is the day on which they walk, as
 * 2026-11-28.
 */
export function walkMany(
  form: CompiledForm,
  { people, seed, today }: { people: number; seed: number; today: string },
): Walks {
  const walking: Walking = { form, hints: hintsOf(form.form), today, questions: questionsIn(form), looks: 0 }
  const walked: PersonWalk[] = []
  const wanted = Math.max(1, Math.min(peopleMax, Math.floor(people)))
  while (walked.length < wanted && (walked.length === 0 || walking.looks < looksMax))
    walked.push(walkOne(walking, madeUpPerson(seed * peopleMax + walked.length)))
  return totalsOf(form, walked)
}

/** How many questions one look at a form may read, with those of its lists as often as they are asked. */
const questionsIn = ({ form }: CompiledForm): number =>
  form.pages.reduce((sum, { questions = [], repeat }) => {
    const perThing = (repeat?.pages ?? []).reduce((all, part) => all + part.questions.length, 0)
    return sum + 1 + questions.length + perThing * Math.max(2, repeat?.min ?? 0)
  }, 0)

function totalsOf({ form }: CompiledForm, people: readonly PersonWalk[]): Walks {
  const seen = countOf(people.flatMap(({ pages }) => pages))
  const met = countOf(people.flatMap(({ end }) => (end.kind === 'exit' ? [end.exit] : [])))
  const pages = form.pages.map((page) => ({ id: page.id, title: titleOf(page), people: seen.get(page.id) ?? 0 }))
  const exits = (form.exits ?? []).map(({ id, title }) => ({ id, title, people: met.get(id) ?? 0 }))
  const whole = people.filter(({ end }) => end.kind === 'sent')
  const byLength = whole.toSorted((one, other) => one.pages.length - other.pages.length)
  const [shortest, longest] = [byLength[0], byLength.at(-1)]
  return {
    ...{ people, pages, exits, sent: whole.length },
    stuck: people.filter(({ end }) => end.kind === 'stuck').length,
    ...(longest && shortest && { longest, shortest }),
    unseen: pages.filter((page) => page.people === 0).map(({ id }) => id),
    unmet: exits.filter((exit) => exit.people === 0).map(({ id }) => id),
  }
}

const titleOf = ({ title, questions = [], repeat, id }: FormPage): Text =>
  title ?? questions[0]?.title ?? repeat?.item ?? { en: id, 'zh-Hant': id }

const countOf = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))

/** The applicant first, then every party whom the answers ask, then the applicant again where these ask for more. */
function walkOne(walking: Walking, person: MadeUpPerson): PersonWalk {
  const theirs = new Map<string, { draft: Draft; pages: readonly string[]; answers: Answers }>()
  let own = emptyDraft()
  for (let round = 0; ; round += 1) {
    const others: Answers = Object.assign({}, ...[...theirs.values()].map(({ answers }) => answers))
    const mine = complete(walking, person, own, { others })
    own = mine.draft
    const { journey, stuck } = mine
    const pages = [...pagesOf(journey), ...[...theirs.values()].flatMap((each) => each.pages)]
    if (stuck) return { pages, end: stuck }
    if (journey.exit) return { pages, end: { kind: 'exit', exit: journey.exit.id } }
    const parties = [...new Set(journey.handed.map(({ by }) => by!))]
    let hasMore = false
    for (const party of parties) {
      const before = theirs.get(party)
      const way = complete(walking, person, before?.draft ?? emptyDraft(), { by: party, others: journey.answers })
      const part = { draft: way.draft, pages: pagesOf(way.journey), answers: way.journey.answers }
      if (way.stuck) return { pages: [...pages, ...part.pages], end: way.stuck }
      hasMore ||= part.pages.length !== before?.pages.length
      theirs.set(party, part)
    }
    if (!hasMore || round === roundsMax) return { pages, end: { kind: 'sent' } }
  }
}

const pagesOf = ({ stops }: Journey): readonly string[] => stops.map(({ page }) => page.id)

/**
 * Answers all that is asked, until nothing is. What a page leads to is settled by pages before it, so all that are known to be asked
 * are answered at once: a long form takes as many rounds as its conditions stand behind each other, not one for each page.
 */
function complete(
  walking: Walking,
  person: MadeUpPerson,
  from: Draft,
  who: { by?: string; others: Answers },
): { draft: Draft; journey: Journey; stuck?: Extract<WalkEnd, { kind: 'stuck' }> } {
  const { form, hints, today } = walking
  let draft = from
  for (;;) {
    walking.looks += walking.questions
    const journey = walk(form, draft, { today, ...who })
    const { next, stops, exit } = journey
    if (!next) return { draft, journey }
    const open = stops.filter(({ page }) => !draft.seen.includes(page.id))
    // What was answered and is still asked was refused; it would be answered the same again.
    if (exit || open.length === 0)
      return { draft, journey, stuck: { kind: 'stuck', page: next.page.id, mistakes: next.mistakes } }
    draft = answerPages(
      draft,
      open.map(({ page }) => page),
      { person, hints, today },
    )
  }
}
