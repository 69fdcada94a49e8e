import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import type { CompiledForm } from '../compile.rules.ts'
import type { Form, FormPage } from '../form.ts'
import { checkQuestion } from './questions.rules.ts'

const sentences = texts({
  asksNothing: {
    en: 'This page asks nothing. Give it questions, or a list of things.',
    'zh-Hant': '這頁沒有問題。請加入 questions 或 repeat。',
  },
  both: {
    en: 'A page has either questions or a list of things. Make two pages of it.',
    'zh-Hant': '一頁只可有 questions 或 repeat。請分成兩頁。',
  },
  untitled: {
    en: 'This page has no question of its own to be its heading. Give it a title.',
    'zh-Hant': '這頁沒有唯一的問題可作標題，請加上 title。',
  },
  sameHeading: {
    en: 'Another page has the heading “{title}” too. Write headings that tell them apart.',
    'zh-Hant': '另一頁的標題也是「{title}」。請寫出分別。',
  },
  turned: {
    en: 'At least {min} and at most {max} leaves no number. Turn them round.',
    'zh-Hant': '最少 {min}、最多 {max}，沒有數目符合，請對調。',
  },
  unknownSection: {
    en: 'There is no section “{id}”. Write it among the sections, or correct it here.',
    'zh-Hant': '沒有部分「{id}」。請在 sections 加入，或在此更正。',
  },
  noSection: {
    en: 'This form has sections, and the page is in none. Name its section.',
    'zh-Hant': '表格分成各部分，但這頁不屬任何部分，請註明。',
  },
  emptySection: {
    en: 'No page is in this section. Put one there, or take the section out.',
    'zh-Hant': '這部分沒有頁。請放入一頁，或刪去這部分。',
  },
  splitSection: {
    en: 'Pages of another section stand between this page and the rest of “{id}”. Put the pages of a section together.',
    'zh-Hant': '這頁與「{id}」的其他頁之間隔着另一部分的頁。請把同一部分的頁排在一起。',
  },
  unknownParty: {
    en: 'There is no party “{id}”. Write it among the parties, or correct it here.',
    'zh-Hant': '沒有填寫人「{id}」。請在 parties 加入，或在此更正。',
  },
  idleParty: {
    en: 'This party has no page to answer. Name it in “by” of a page, or take it out.',
    'zh-Hant': '這填寫人沒有要填的頁。請在某頁的 by 指明，或刪去。',
  },
  partyFirst: {
    en: 'The page before is answered by somebody else, who comes after the applicant. Put the applicant’s own pages first.',
    'zh-Hant': '前面的頁由其他人填寫，而他們在申請人之後才填。請先排申請人自己的頁。',
  },
  onlyParties: {
    en: 'Every page is answered by somebody else. Ask the applicant something on the first page.',
    'zh-Hant': '每頁都由其他人填寫。第一頁須由申請人填寫。',
  },
  otherParty: {
    en: '“{name}” is answered by another party, who may come later. Ask on answers of the applicant or of this party.',
    'zh-Hant': '「{name}」由另一填寫人回答，對方可能稍後才填。請只看申請人或這填寫人的答案。',
  },
})

/**
 * That every page asks something under a heading of its own, in its section, by somebody who is there. `chosen` is the question
 * whose options officers keep.
 */
export function* checkPages(form: Form, chosen?: string): Generator<Complaint> {
  yield* checkHeadings(form.pages)
  for (const page of form.pages) {
    const { questions, repeat } = page
    if (!questions && !repeat) yield { at: page, text: sentences.asksNothing }
    if (questions && repeat) yield { at: page, key: 'repeat', text: sentences.both }
    if (repeat && repeat.min > repeat.max)
      yield { at: repeat, key: 'min', text: sentences.turned, values: { min: repeat.min, max: repeat.max } }
    if (repeat) yield* checkHeadings(repeat.pages)
    for (const question of [...(questions ?? []), ...(repeat?.pages.flatMap(({ questions }) => questions) ?? [])])
      yield* checkQuestion(question, question.id === chosen)
  }
  yield* checkSections(form)
  yield* checkParties(form)
}

type Headed = Pick<FormPage, 'title' | 'questions'>

export const headingOf = ({ title, questions = [] }: Headed): Text | undefined =>
  title ?? (questions.length === 1 ? questions[0]!.title : undefined)

function* checkHeadings(pages: readonly Headed[]): Generator<Complaint> {
  const seen = { en: new Set<string>(), 'zh-Hant': new Set<string>() }
  for (const page of pages) {
    const heading = headingOf(page)
    if (!heading) {
      yield { at: page, text: sentences.untitled }
      continue
    }
    for (const language of ['en', 'zh-Hant'] as const) {
      const title = heading[language]
      if (seen[language].has(title))
        yield { at: heading, key: language, text: sentences.sameHeading, values: { title } }
      seen[language].add(title)
    }
  }
}

function* checkSections({ sections, pages }: Form): Generator<Complaint> {
  const known = new Set(sections?.map(({ id }) => id))
  const left = new Set<string>()
  let now: string | undefined
  for (const page of pages) {
    const { section } = page
    if (section === undefined) {
      if (sections) yield { at: page, text: sentences.noSection }
    } else if (!known.has(section))
      yield { at: page, key: 'section', text: sentences.unknownSection, values: { id: section } }
    else if (section !== now && left.has(section))
      yield { at: page, key: 'section', text: sentences.splitSection, values: { id: section } }
    if (now !== undefined && section !== now) left.add(now)
    now = section
  }
  for (const section of sections ?? [])
    if (!pages.some((page) => page.section === section.id)) yield { at: section, text: sentences.emptySection }
}

function* checkParties({ parties = [], pages }: Form): Generator<Complaint> {
  const known = new Set(parties.map(({ id }) => id))
  let others = false
  for (const page of pages) {
    if (page.by === undefined) {
      if (others) yield { at: page, text: sentences.partyFirst }
      others = false
      continue
    }
    others = true
    if (!known.has(page.by)) yield { at: page, key: 'by', text: sentences.unknownParty, values: { id: page.by } }
  }
  if (pages.every(({ by }) => by !== undefined)) yield { at: pages[0]!, key: 'by', text: sentences.onlyParties }
  for (const party of parties)
    if (!pages.some(({ by }) => by === party.id)) yield { at: party, text: sentences.idleParty }
}

/** That no party waits for the answers of another one: they answer in any order. */
export function* checkConditionsOfParties({ form, pages, values }: CompiledForm): Generator<Complaint> {
  const partyOf = new Map(
    form.pages.flatMap(({ by, questions = [], repeat }) =>
      by === undefined
        ? []
        : [...questions.map(({ id }) => id), ...(repeat ? [repeat.name] : [])].map((id) => [id, by]),
    ),
  )
  /** Which of what is read comes from another party, through values too. */
  const foreign = (reads: readonly string[], by: string): string | undefined => {
    for (const path of reads) {
      const name = path.split('.')[0]!
      if ((partyOf.get(name) ?? by) !== by) return name
      const value = values.find(({ id }) => id === name)
      if (value && foreign(value.compiled.reads, by)) return name
    }
    return undefined
  }
  for (const { page, when } of pages) {
    const name = page.by !== undefined && when ? foreign(when.reads, page.by) : undefined
    if (name) yield { at: page, key: 'when', text: sentences.otherParty, values: { name } }
  }
}
