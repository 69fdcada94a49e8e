/*
 * Checks files where they are: dropped or chosen, they are read here, and nothing is sent. The words come with the page.
 * Without this script the form sends both files, and the server answers the same.
 */
import { encodeUtf8 } from '../../notes/encoding.rules.ts'
import { type Filling, type Told, tell } from '../tell.rules.ts'
import type { Verdict } from '../types.ts'
import { looksLikeProof, verifyFiles } from '../verify.rules.ts'

/** What the server hands to this script: see `VerifyForm`, and the certificate of a notarisation. */
export type Handed = {
  language: string
  timeZone: string
  words: Readonly<Record<string, string>>
  faults: Readonly<Record<string, string>>
  organisations: Readonly<Record<string, string>>
  logs: Readonly<Record<string, { title: string; path: string }>>
  /** What is trusted where the field is empty. */
  policy: string
  bytesMax: number
  /** The element that holds the proof, where the page carries it and has no field for one. */
  proofFrom?: string
  /** The element that takes the answer; `answer` unless told. */
  answerIn?: string
}

// A certificate has a form in each language.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-verify]'))
  start(form, JSON.parse(form.dataset.verify!) as Handed)

function start(form: HTMLFormElement, handed: Handed) {
  const answer = document.getElementById(handed.answerIn ?? 'answer')!
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null
  const carried = handed.proofFrom && encodeUtf8(document.getElementById(handed.proofFrom)!.textContent)
  const say = (key: string, values: Filling = {}) => fill(handed.words[key]!, values)
  const shapes = new Map(
    [...form.querySelectorAll<HTMLTemplateElement>('template[data-mark]')].map((each) => [each.dataset.mark, each]),
  )
  for (const each of form.querySelectorAll<HTMLElement>('[data-scripted]')) each.hidden = false

  const telling = {
    say,
    sayFault: (code: string, values: Filling) => fill(handed.faults[code] ?? code, values),
    writeMoment: (at: string) => writeMoment(at, handed, say),
    organisations: handed.organisations,
    logs: handed.logs,
  }

  function show({ mark, title, lines, rows }: Told) {
    const heading = document.createElement('h2')
    heading.append(shapes.get(mark)!.content.cloneNode(true))
    heading.querySelector('[data-place]')!.replaceWith(title)
    const list = document.createElement('dl')
    list.className = 'summary-list'
    list.append(...rows.map(rowOf))
    const section = document.createElement('section')
    section.className = 'verdict'
    section.append(heading, ...lines.map((line) => element('p', line)), ...(rows.length > 0 ? [list] : []))
    answer.replaceChildren(section)
    answer.focus()
  }

  async function check() {
    const [proof, own] = [field('proof')?.files?.[0], field('document')?.files?.[0]]
    if ([proof, own].some((file) => file && file.size > handed.bytesMax)) {
      const limit = `${handed.bytesMax / 1_000_000} MB`
      return show({ mark: 'unchecked', title: say('too-large', { limit }), lines: [], rows: [] })
    }
    try {
      const given = { proof: carried || (await octetsOf(proof)), document: await octetsOf(own) }
      const verdict: Verdict = verifyFiles(given, encodeUtf8(field('policy')?.value.trim() || handed.policy))
      show(tell(verdict, telling))
    } catch (error) {
      // The file was moved or changed since it was chosen. Anything else is a fault of ours, and goes to the console.
      if (!(error instanceof DOMException)) throw error
      show({ mark: 'unchecked', title: say('unread'), lines: [], rows: [] })
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void check()
  })
  // An answer beside another file than the one it is about would be believed.
  form.addEventListener('change', () => answer.replaceChildren())
  acceptDrops(form, { proof: field('proof'), document: field('document')! }, check)
}

/** What is dropped anywhere on the page goes into the fields, each file into the one that it is for. */
function acceptDrops(
  form: HTMLElement,
  fields: { proof: HTMLInputElement | null; document: HTMLInputElement },
  check: () => Promise<void>,
) {
  const mark = (over: boolean) => form.classList.toggle('verify--over', over)
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    mark(true)
  })
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) mark(false)
  })
  document.addEventListener('drop', async (event) => {
    const files = [...(event.dataTransfer?.files ?? [])]
    mark(false)
    if (files.length === 0) return
    event.preventDefault()
    for (const file of files.slice(0, 2)) {
      const isProof = looksLikeProof(new Uint8Array(await file.slice(0, 64).arrayBuffer()))
      const into = new DataTransfer()
      into.items.add(file)
      const field = (isProof && fields.proof) || fields.document
      field.files = into.files
    }
    await check()
  })
}

const octetsOf = async (file: File | undefined) =>
  file && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : undefined

function rowOf({ key, value, path }: Told['rows'][number]): HTMLElement {
  const row = document.createElement('div')
  const cell = document.createElement('dd')
  if (path) {
    const link = element('a', value)
    link.setAttribute('href', path)
    cell.append(link)
  } else cell.textContent = value
  row.append(element('dt', key), cell)
  return row
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

const fill = (text: string, values: Filling) =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))

/** As the server writes an instant: where the government is, not where the reader is. */
function writeMoment(
  at: string,
  { language, timeZone }: Handed,
  say: (key: string, values: Filling) => string,
): string {
  const form = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-HK', {
    ...{ year: 'numeric', month: language === 'en' ? 'long' : 'numeric', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone },
  })
  const parts: Record<string, string> = {}
  for (const { type, value } of form.formatToParts(new Date(at))) parts[type] = value.replace(/[年月日]$/, '')
  return say('time', { date: say('day', parts), time: `${parts.hour}:${parts.minute}` })
}
