import { sayEverywhere, type Text, texts } from '#platform'
import type { FormPage, Question } from '../../definitions/form.ts'
import { allOf, conditionOf } from './feel.rules.ts'
import { importWords, textOf } from './imported.ts'
import type { Reading } from './xlsform-questions.rules.ts'
import type { Ask, Item, List } from './xlsform-survey.rules.ts'
import type { Row } from './xlsform-table.rules.ts'
import { cellOf } from './xlsform-table.rules.ts'
import { words } from './xlsform-words.ts'
import { NotTaken } from './xpath.rules.ts'

type Heading = {
  readonly row: Row
  readonly name: string
  readonly title?: Text | undefined
  /** Whether it stands somewhere else too. */
  readonly shown?: boolean
}
/** A condition as FEEL, and as it was written. */
type Condition = { readonly feel: string; readonly written: string }
type Inner = { id: string; title?: Text; text?: Text; questions: Question[] }

const pagesMax = 300
const pagesOfListMax = 10
const questionsMax = 20
const thingsMax = 100
const conditionMax = 1000
const textWords = texts({
  text: { en: 'The text', 'zh-Hant': '文字' },
  item: { en: 'What one of the list is called', 'zh-Hant': '清單每項的名稱' },
})

/** The pages of a form and the line that each was made of. */
type Laid = { readonly pages: FormPage[]; readonly lines: Map<object, Row> }

/**
 * Lays the lines of a form on pages: a group that has a title becomes one, up to the first question that has a condition of its
 * own, as only pages have conditions; every other question has its own page.
 */
export function layPages(reading: Reading, items: readonly Item[]): Laid {
  const { notes, names } = reading
  const pages: FormPage[] = []
  const lines = new Map<object, Row>()
  const add = (row: Row, page: FormPage): void => {
    if (pages.length < pagesMax) {
      pages.push(page)
      lines.set(page, row)
    } else notes.add(row, importWords.pagesMax, { max: pagesMax })
  }
  const layer = openLayer(reading, {
    page: (row, inner, conditions) => add(row, { ...inner, ...whenOf(reading, row, conditions) }),
    list: (list, conditions, text) => {
      const id = names.page(list.name)
      const repeat = layList(reading, list)
      if (!repeat) return
      const title = { title: list.title, ...(text && { text }) }
      add(list.row, { id, ...title, ...whenOf(reading, list.row, conditions), repeat })
    },
    condition: (row, written) => translated(reading, row, written),
  })
  layer.lay(items, [], undefined)
  layer.end(pages.at(-1))
  return { pages, lines }
}

function layList(reading: Reading, { row, name, id, title, count, items }: List): FormPage['repeat'] {
  const { notes } = reading
  const pages: Inner[] = []
  const layer = openLayer(reading, {
    page: (row, inner) => {
      if (pages.length < pagesOfListMax) pages.push(inner)
      else for (const { id } of inner.questions) notes.add(row, words.listPages, { max: pagesOfListMax, name: id })
    },
    // A list within a list was noted where it was read.
    list: () => {},
    condition: (row, expression) => void notes.add(row, words.inList, { expression }),
  })
  layer.lay(items, [], { row, name, title, shown: true })
  layer.end(pages.at(-1))
  if (pages.length === 0) return void notes.add(row, words.listEmpty, { name })
  const fixed = /^\d+$/.test(count) && Number(count) >= 1 && Number(count) <= thingsMax ? Number(count) : undefined
  if (count && fixed === undefined) notes.add(row, words.listCount, { expression: count, max: thingsMax })
  const item = textOf(notes, row, textWords.item, title, 60)!
  return { name: id, item, min: fixed ?? 0, max: fixed ?? thingsMax, pages }
}

type Sink = {
  page: (row: Row, page: Inner, conditions: readonly Condition[]) => void
  list: (list: List, conditions: readonly Condition[], text: Text | undefined) => void
  condition: (row: Row, written: string) => Condition | undefined
}

/** Lays items one after the other; texts between questions wait for the page that follows. */
function openLayer(reading: Reading, sink: Sink) {
  const { notes, names } = reading
  let waiting: { row: Row; text: Text }[] = []
  const takeText = (row: Row): Text | undefined => {
    const text = joined(
      reading,
      row,
      waiting.map(({ text }) => text),
    )
    waiting = []
    return text
  }
  const single = ({ row, question }: Ask, conditions: readonly Condition[]) => {
    const text = takeText(row)
    const name = cellOf(reading.table, row, 'name') || question.id
    sink.page(row, { id: names.page(name), ...(text && { text }), questions: [question] }, conditions)
  }
  const narrowed = (conditions: readonly Condition[], row: Row, when: string): readonly Condition[] => {
    const condition = when ? sink.condition(row, when) : undefined
    return condition ? [...conditions, condition] : conditions
  }

  function lay(items: readonly Item[], conditions: readonly Condition[], heading: Heading | undefined): void {
    // Questions that share the page of the group, as long as nothing came that needs another one.
    let together: Ask[] | undefined = heading?.title ? [] : undefined
    let titled = !heading?.title || heading.shown === true
    const endPage = () => {
      if (together && together.length > 0) {
        const { row, name, title } = heading!
        const text = takeText(row)
        const page = { id: names.page(name), title: title!, ...(text && { text }) }
        sink.page(row, { ...page, questions: together.map(({ question }) => question) }, conditions)
        titled = true
      }
      together = undefined
    }
    for (const item of items) {
      if (item.is === 'say') {
        if (item.when) notes.add(item.row, words.sayAlways, { expression: item.when })
        waiting.push(item)
        continue
      }
      const inner = narrowed(conditions, item.row, item.when)
      if (item.is === 'ask' && inner === conditions && together && together.length < questionsMax) {
        together.push(item)
        continue
      }
      endPage()
      if (item.is === 'ask') single(item, inner)
      else if (item.is === 'group') lay(item.items, inner, item)
      else sink.list(item, inner, takeText(item.row))
    }
    endPage()
    if (!titled) notes.add(heading!.row, words.titleNowhere, { words: heading!.title!.en })
  }

  return {
    lay,
    /** What waits for a page in vain stands on the last one. */
    end(last: { text?: Text } | undefined) {
      const text =
        last &&
        joined(reading, waiting[0]?.row, [...(last.text ? [last.text] : []), ...waiting.map(({ text }) => text)])
      if (last && text) last.text = text
      else for (const { row, text } of waiting) notes.add(row, words.sayNowhere, { words: text.en })
      waiting = []
    },
  }
}

/** Texts as paragraphs of one. */
function joined({ notes }: Reading, row: Row | undefined, all: readonly Text[]): Text | undefined {
  if (!row || all.length < 2) return all[0]
  const of = (language: 'en' | 'zh-Hant') => all.map((text) => text[language]).join('\n\n')
  return textOf(notes, row, textWords.text, { en: of('en'), 'zh-Hant': of('zh-Hant') }, 2000)
}

function translated({ notes, answers }: Reading, row: Row, written: string): Condition | undefined {
  try {
    return { feel: conditionOf(written, answers), written }
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error
    notes.add(row, words.relevant, { expression: written, why: sayEverywhere(error.text, error.values) })
    return undefined
  }
}

function whenOf({ notes }: Reading, row: Row, conditions: readonly Condition[]): { when?: string } {
  if (conditions.length === 0) return {}
  const when = allOf(conditions.map(({ feel }) => feel))
  if (when.length <= conditionMax) return { when }
  const expression = conditions
    .map(({ written }) => written)
    .join(' and ')
    .slice(0, conditionMax)
  notes.add(row, words.relevantLong, { max: conditionMax, expression })
  return {}
}
