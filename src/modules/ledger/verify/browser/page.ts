/*
 * Checks files where they are: dropped or chosen, they are read here, and nothing is sent. The words come with the page.
 * Without this script the form sends both files, and the server answers the same.
 */
import { encodeUtf8 } from '../../notes/encoding.rules.ts'
import { bestOf, proofOfCode, readCode } from '../code.rules.ts'
import { type Filling, type Told, tell } from '../tell.rules.ts'
import type { Verdict } from '../types.ts'
import { type Given, looksLikeProof, verifyFiles } from '../verify.rules.ts'

/** What the server hands to this script: see `VerifyForm`, and the certificate of a notarisation. */
export type Handed = {
  language: string
  timeZone: string
  words: Readonly<Record<string, string>>
  faults: Readonly<Record<string, string>>
  organisations: Readonly<Record<string, string>>
  kinds: Readonly<Record<string, string>>
  logs: Readonly<Record<string, { title: string; path: string }>>
  /** What is trusted where the field is empty. */
  policy: string
  bytesMax: number
  /** Where people reach this site, where the page has fields for codes. */
  site?: string
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
    kinds: handed.kinds,
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

  const open = (title: string) => show({ mark: 'unchecked', title, lines: [], rows: [] })

  /** The proof of whatever stands in its place: the file, else a code. Undefined where the answer is shown already. */
  async function proofGiven(): Promise<Pick<Given, 'proof'> | undefined> {
    const file = carried || (await octetsOf(field('proof')?.files?.[0]))
    const picture = field('picture')?.files?.[0]
    if (file || handed.site === undefined) return { proof: file }
    const text = picture ? await textOf(picture, handed.site) : field('code')?.value.trim()
    if (text === undefined) return void open(say('code-unread'))
    const found = text === '' ? undefined : await proofOfCode(text, handed.site, askHere)
    if (found && 'outcome' in found) return void show(tell(found, telling))
    return { proof: found }
  }

  async function check() {
    const [proof, own] = [field('proof')?.files?.[0], field('document')?.files?.[0]]
    if ([proof, own, field('picture')?.files?.[0]].some((file) => file && file.size > handed.bytesMax)) {
      const limit = `${handed.bytesMax / 1_000_000} MB`
      return open(say('too-large', { limit }))
    }
    try {
      const read = await proofGiven()
      if (!read) return
      const given = { ...read, document: await octetsOf(own) }
      const verdict: Verdict = verifyFiles(given, encodeUtf8(field('policy')?.value.trim() || handed.policy))
      show(tell(verdict, telling))
    } catch (error) {
      if (error instanceof Unreached) return open(say('unreached'))
      // The file was moved or changed since it was chosen. Anything else is a fault of ours, and goes to the console.
      if (!(error instanceof DOMException)) throw error
      open(say('unread'))
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void check()
  })
  // An answer beside another file than the one it is about would be believed.
  form.addEventListener('change', () => answer.replaceChildren())
  const fields = { proof: field('proof'), document: field('document')!, picture: field('picture') }
  acceptDrops(form, { ...fields, site: handed.site }, check)
  if (handed.site === undefined) return
  offerCamera(form, {
    take: (text) => {
      if (fields.proof) fields.proof.value = ''
      if (fields.picture) fields.picture.value = ''
      field('code')!.value = text
      void check()
    },
    fail: () => open(say('camera-missing')),
  })
}

/** What is dropped anywhere on the page goes into the fields, each file into the one that it is for. */
function acceptDrops(
  form: HTMLElement,
  {
    site,
    ...fields
  }: Record<'proof' | 'picture', HTMLInputElement | null> & {
    document: HTMLInputElement
    site: string | undefined
  },
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
      // A picture with a code of ours in it is a proof; any other is a document as every file is.
      const isCode = !isProof && fields.picture && site !== undefined && (await holdsCode(file, site))
      const field = (isProof && fields.proof) || (isCode && fields.picture) || fields.document
      field.files = into.files
    }
    await check()
  })
}

/** The page could not ask its site. */
class Unreached extends Error {
  override name = 'Unreached'
}

// As an address of this site: it stays one where this script is bundled.
const codes = (): Promise<typeof import('./codes.ts')> => import('/verify/codes.js' as './codes.ts')

const textOf = async (picture: File, site: string) =>
  bestOf(await (await codes()).readPicture(picture).catch(() => []), site)

async function holdsCode(file: File, site: string): Promise<boolean> {
  if (!file.type.startsWith('image/')) return false
  const text = await textOf(file, site)
  return text !== undefined && readCode(text, site).kind !== 'unknown'
}

/** The proof of an entry of this site, from it. */
async function askHere({ log, index }: { log: string; index: number }): Promise<Uint8Array | undefined> {
  const response = await fetch(`/ledger/logs/${log}/entries/${index}/proof`).catch(() => {
    throw new Unreached()
  })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Unreached()
  return new Uint8Array(await response.arrayBuffer())
}

/** Turns the camera on and off by its buttons. */
function offerCamera(form: HTMLElement, { take, fail }: { take: (text: string) => void; fail: () => void }) {
  const find = <Kind extends HTMLElement>(name: string) => form.querySelector<Kind>(name)!
  const [begin, end, place] = [find('[data-camera]'), find('[data-stop]'), find('[data-viewfinder]')]
  let stop: (() => void) | undefined
  const close = () => {
    stop?.()
    stop = undefined
    place.hidden = true
    begin.hidden = false
  }
  begin.addEventListener('click', async () => {
    place.hidden = false
    begin.hidden = true
    try {
      const { watchCamera } = await codes()
      stop = await watchCamera(place.querySelector('video')!, (text) => {
        close()
        take(text)
      })
      end.focus()
    } catch {
      close()
      fail()
    }
  })
  end.addEventListener('click', () => {
    close()
    begin.focus()
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
export function writeMoment(
  at: string,
  { language, timeZone }: Pick<Handed, 'language' | 'timeZone'>,
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
