import { type Language, languages, sayEverywhere, type Text, texts, type Values } from '#platform'
import { enginePlaces } from '../../definitions/checks/names.rules.ts'
import { checkQuestion } from '../../definitions/checks/questions.rules.ts'
import { compileService } from '../../definitions/compile.rules.ts'
import type { Form, Question } from '../../definitions/form.ts'
import type { Service } from '../../definitions/service.ts'
import { isName } from '../../rules/check.rules.ts'

/** Where something stands in what is imported: a line of a sheet, or the number of a question. 0 for the form as a whole. */
export type At = { readonly sheet?: string; readonly line: number }

/** What could not be taken over as it was, for whoever completes the definition. */
export type Note = At & { readonly text: Text }

/** What a form of another system says of a service. The rest is for the officer to write. */
export type ImportedDefinition = {
  id?: string
  title?: Text
  contact?: Text
  apply: { form: Omit<Form, 'declaration'> & Partial<Pick<Form, 'declaration'>> }
}

/** Nothing of a form is lost silently: it is in the definition, or it is a note. */
export type Imported = { definition: ImportedDefinition; notes: Note[] } | { refused: Text }

/** What is not a form that can be imported, with why. Caught where the import begins. */
export class Refused extends Error {
  override name = 'Refused'
  readonly text: Text
  constructor(text: Text, values: Values = {}) {
    super(text.en)
    this.text = sayEverywhere(text, values)
  }
}

export const importWords = texts({
  more: {
    en: 'There are {count} more notes. Import smaller parts to see them.',
    'zh-Hant': '另有 {count} 項備註。如要全部查看，請分批匯入。',
  },
  renamed: { en: '“{name}” is called “{id}” here.', 'zh-Hant': '「{name}」在此稱為「{id}」。' },
  cut: {
    en: '{what} has more than {max} characters. What follows was left out: “{rest}”',
    'zh-Hant': '{what}超過 {max} 個字元，其後的內容未有匯入：「{rest}」',
  },
  untranslated: {
    en: '{what} is not there in {language}. The words of another language stand for it until it is translated.',
    'zh-Hant': '{what}沒有{language}。翻譯之前以另一語文代替。',
  },
  fieldRefused: { en: '“{field}” is not taken over. {why}', 'zh-Hant': '未有匯入「{field}」。{why}' },
  conditionRefused: {
    en: 'The condition is not taken over, so the page is always asked. {why}',
    'zh-Hant': '條件未有匯入，因此這頁一律會問。{why}',
  },
  valueRefused: { en: 'The calculation is not taken over. {why}', 'zh-Hant': '計算未有匯入。{why}' },
  exitRefused: { en: 'The exit is not taken over. {why}', 'zh-Hant': '出口未有匯入。{why}' },
  pagesMax: {
    en: 'A form has at most {max} pages. This question is not taken over.',
    'zh-Hant': '表格最多 {max} 頁。這條問題未有匯入。',
  },
  nothing: { en: 'No question of this form can be taken over.', 'zh-Hant': '這份表格沒有可匯入的問題。' },
})

const written = texts({
  en: { en: 'English', 'zh-Hant': '英文' },
  'zh-Hant': { en: 'Traditional Chinese', 'zh-Hant': '繁體中文' },
})

const notesMax = 500

/** Gathers notes. What is noted once by a key is not noted again. */
export function openNotes() {
  const all: Note[] = []
  const keys = new Set<string>()
  const add = ({ sheet, line }: At, text: Text, values: Values = {}): void => {
    all.push({ ...(sheet !== undefined && { sheet }), line, text: sayEverywhere(text, values) })
  }
  return {
    add,
    once(key: string, at: At, text: Text, values?: Values): void {
      if (!keys.has(key)) add(at, text, values)
      keys.add(key)
    },
    /** In the order of lines, and no more than a person reads. */
    list(sheets: readonly string[] = []): Note[] {
      const place = ({ sheet }: Note) => (sheet === undefined ? -1 : sheets.indexOf(sheet))
      const sorted = all.toSorted((one, other) => place(one) - place(other) || one.line - other.line)
      const rest = sorted.length - notesMax
      if (rest <= 0) return sorted
      return [...sorted.slice(0, notesMax), { line: 0, text: sayEverywhere(importWords.more, { count: rest }) }]
    },
  }
}
export type Notes = ReturnType<typeof openNotes>

/** `name` as a word of small letters and digits, joined by `joint`; never longer than names may be. */
function slugOf(name: string, joint: '_' | '-', otherwise: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  const joined = words.join(joint).slice(0, 50)
  const slug = joined.endsWith(joint) ? joined.slice(0, -1) : joined
  return /^[a-z]/.test(slug) ? slug : [otherwise, slug].filter(Boolean).join(joint)
}

/** Names that are taken, each with the number that was last put behind it. */
type Taken = Map<string, number>

function free(taken: Taken, wanted: string, joint: string): string {
  let number = taken.get(wanted) ?? 0
  let id = wanted
  for (; taken.has(id); id = `${wanted}${joint}${number}`) number = Math.max(2, number + 1)
  taken.set(wanted, number)
  taken.set(id, taken.get(id) ?? 0)
  return id
}

const reserved: ReadonlySet<string> = new Set(enginePlaces)

/** Gives names as definitions have them, each once. */
export function openNames() {
  const answers: Taken = new Map()
  const pages: Taken = new Map()
  return {
    answer(name: string): string {
      const slug = slugOf(name, '_', 'question')
      return free(answers, reserved.has(slug) || !isName(slug) ? `${slug}_answer` : slug, '_')
    },
    page: (name: string): string => free(pages, slugOf(name, '-', 'page'), '-'),
  }
}
export type NamesGiven = ReturnType<typeof openNames>

/** Ids of options, by their names there. */
export function optionIds(names: readonly string[]): Map<string, string> {
  const taken: Taken = new Map()
  const ids = new Map<string, string>()
  for (const name of names) if (!ids.has(name)) ids.set(name, free(taken, slugOf(name, '-', 'option'), '-'))
  return ids
}

export const serviceIdOf = (name: string): string => slugOf(name, '-', 'form')

/** What is written in one or more languages. */
export type Written = Partial<Record<Language, string>>

/** A text in every language that a definition needs, of what is there, and notes of what is not. Undefined where nothing is. */
export function textOf(notes: Notes, at: At, what: Text, found: Written, max: number, once?: string): Text | undefined {
  const kept = Object.fromEntries(
    languages.flatMap((language) => {
      const words = found[language]?.trim()
      return words ? [[language, cutTo(notes, at, what, words, max)]] : []
    }),
  ) as Written
  const other = kept.en ?? kept['zh-Hant'] ?? kept['zh-Hans']
  if (other === undefined) return undefined
  for (const language of ['en', 'zh-Hant'] as const)
    if (kept[language] === undefined)
      notes.once(`${once ?? at.line} ${what.en} ${language}`, at, importWords.untranslated, {
        what,
        language: written[language],
      })
  return { en: other, 'zh-Hant': other, ...kept }
}

export function cutTo(notes: Notes, at: At, what: Text, words: string, max: number): string {
  if (words.length <= max) return words
  // Between letters, of which some take two units, and without a space at the end.
  const kept = words
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
  notes.add(at, importWords.cut, { what, max, rest: words.slice(kept.length).trim() })
  return kept
}

/** The question without what its kind has not: a limit that cannot be is a note. */
export function fitting(notes: Notes, at: At, question: Question): Question {
  let left = question
  if (question.min === undefined && question.max === undefined) return question
  for (const { key, text, values } of checkQuestion(question)) {
    if (key !== 'min' && key !== 'max') continue
    notes.add(at, importWords.fieldRefused, { field: key, why: sayEverywhere(text, values ?? {}) })
    const { [key]: _, ...rest } = left
    left = rest
  }
  return left
}

/** Takes out the conditions, values and exits of a form that do not compile where they stand, with a note of each. */
export function dropRefused(
  form: ImportedDefinition['apply']['form'],
  notes: Notes,
  placeOf: (part: object) => At,
): void {
  // What is taken out may have been read by what was right before: so it is looked at again, until nothing is left to say.
  for (;;) {
    const refused = refusedParts(form)
    if (refused.size === 0) return
    for (const [part, why] of refused) {
      const kind = form.values?.some((each) => each === part)
        ? 'value'
        : form.exits?.some((each) => each === part)
          ? 'exit'
          : 'condition'
      notes.add(placeOf(part), importWords[`${kind}Refused`], { why })
      if (kind === 'condition') delete (part as { when?: string }).when
    }
    const keep = <Part extends object>(list: Part[] | undefined) => list?.filter((each) => !refused.has(each))
    const [values, exits] = [keep(form.values), keep(form.exits)]
    delete form.values
    delete form.exits
    if (values && values.length > 0) form.values = values
    if (exits && exits.length > 0) form.exits = exits
  }
}

/** The parts of a form that do not compile, each with its first complaint. */
function refusedParts(form: ImportedDefinition['apply']['form']): Map<object, Text> {
  const blank = '-'
  const empty = { en: blank, 'zh-Hant': blank }
  // The compiler looks at a whole service: here it has a case in which nothing happens.
  const service = { apply: { form: { ...form, declaration: form.declaration ?? empty }, case: { steps: [] } } }
  const refused = new Map<object, Text>()
  for (const { at, text, values } of compileService(service as unknown as Service).complaints)
    if (!refused.has(at)) refused.set(at, sayEverywhere(text, values ?? {}))
  return refused
}
