import type { Complaint } from '#pack'
import { nearest, type Text, texts } from '#platform'
import type { CaseDefinition } from '../case.ts'
import type { Form } from '../form.ts'
import type { Service } from '../service.ts'
import { statesFrom } from './case.rules.ts'
import { enginePlaces, recordPlace } from './names.rules.ts'
import { textsOf } from './texts.rules.ts'

const sentences = texts({
  unknown: {
    en: 'There is nothing to put in the place of {{name}}. Use one of: {names}.',
    'zh-Hant': '沒有可填入 {{name}} 的內容。請用以下其中一個：{names}。',
  },
  notAlike: {
    en: '{{name}} is in another language of this text and not in this one. Write it in all of them.',
    'zh-Hant': '這段文字的另一語文有 {{name}}，但這語文沒有。各語文都須寫上。',
  },
  noReason: {
    en: 'No reason is given where this is sent: only a step with reasons has {{name}}. Take it out.',
    'zh-Hant': '發出這段文字時沒有理由：只有附理由的步驟才有 {{name}}。請刪去。',
  },
  noAppeal: {
    en: 'There is no day until which to ask for a review here: {{name}} needs a decision, and “appealDays”.',
    'zh-Hant': '這裏沒有要求覆核的限期：{{name}} 須有決定，並訂明 appealDays。',
  },
  noRecord: {
    en: 'No item of a register has begun where this is written: {{name}} needs one that stands before it in the outputs of the step.',
    'zh-Hant': '寫出這段文字時仍未有登記項：步驟的 outputs 須先列出登記項，才可用 {{name}}。',
  },
  askedLater: {
    en: '{{name}} is written by an officer in the step “{step}”, which has not been taken when this is sent. Take it out.',
    'zh-Hant': '{{name}} 由人員在步驟「{step}」填寫，發出這段文字時仍未採取該步驟。請刪去。',
  },
  leftOut: {
    en: '{{name}} may be left out in the step “{step}”, and a round of judging does not ask then: no stream has an answer to put here. Let it be answered always, or take it out.',
    'zh-Hant': '{{name}} 在步驟「{step}」可以不填，評審輪次便不會問及，沒有組別有內容可填入這裏。請改為必答，或刪去。',
  },
  notHere: {
    en: 'Places as {{name}} are filled in messages and letters alone. Write here what it should say.',
    'zh-Hant': '{{name}} 這類位置只會在訊息和信件中填上。請在此寫出內容。',
  },
})

type Step = CaseDefinition['steps'][number]

/** That messages and letters have places only for what is known where they are sent, in every language alike. */
export function* checkPlaces({ apply, ...catalogue }: Service): Generator<Complaint> {
  if (!apply) return yield* checkWithout(catalogue)
  const { form, case: process } = apply
  const { messages, outputs = [], ...others } = process
  const ofRounds = new Set((apply.rounds?.rounds ?? []).flatMap(({ promotes, ends }) => [promotes, ends]))
  for (const rest of [catalogue, form, others]) yield* checkWithout(rest)
  const answered = namesToFill(form)
  for (const message of messages) {
    const steps = process.steps.filter((step) => step.message === message.id)
    const always = message.id === process.received
    yield* checkSent([message.subject, message.text, message.sms], { steps, always, answered, process, ofRounds })
  }
  const records = new Set(outputs.flatMap(({ id, kind }) => (kind === 'record' ? [id] : [])))
  for (const { id, title, text, fields = [] } of outputs) {
    const steps = process.steps.filter(({ outputs = [] }) => outputs.includes(id))
    const behindRecord = steps.every(({ outputs = [] }) =>
      outputs.slice(0, outputs.indexOf(id)).some((each) => records.has(each)),
    )
    const sending = { steps, always: false, answered, process, ofRounds, behindRecord }
    yield* checkSent([title, text], sending)
    for (const field of fields)
      for (const name of namesOfPlaces(field.text)) {
        const complaint = wrongIn(name, sending)
        if (complaint) yield { at: field, key: 'text', ...complaint }
      }
  }
}

/** Answers that a sentence can hold: not lists of things, nor what is asked of each of them. */
const namesToFill = ({ pages, values = [] }: Form): ReadonlySet<string> =>
  new Set([...pages.flatMap(({ questions = [] }) => questions.map(({ id }) => id)), ...values.map(({ id }) => id)])

function* checkWithout(value: object): Generator<Complaint> {
  for (const { text } of textsOf(value))
    for (const [language, name] of placesIn(text)) yield { at: text, key: language, ...filled(sentences.notHere, name) }
}

type Sending = {
  /** The steps with which it is sent; and whether it is sent when an application has come. */
  steps: readonly Step[]
  always: boolean
  answered: ReadonlySet<string>
  process: CaseDefinition
  /** Steps that a round takes, which asks nothing that may be left out. */
  ofRounds: ReadonlySet<string | undefined>
  /** Whether an item of a register has begun before it is written. */
  behindRecord?: boolean
}

function* checkSent(all: readonly (Text | undefined)[], sending: Sending): Generator<Complaint> {
  for (const text of all) {
    if (!text) continue
    const places = placesIn(text)
    const told = new Set<string>()
    for (const [language, name] of places) {
      for (const other of ['en', 'zh-Hant', 'zh-Hans'] as const)
        if (text[other] !== undefined && !places.some((each) => each[0] === other && each[1] === name))
          if (!told.has(`${other} ${name}`)) {
            told.add(`${other} ${name}`)
            yield { at: text, key: other, ...filled(sentences.notAlike, name) }
          }
      if (told.has(name)) continue
      told.add(name)
      const complaint = wrongIn(name, sending)
      if (complaint) yield { at: text, key: language, ...complaint }
    }
  }
}

function wrongIn(name: string, sending: Sending): Omit<Complaint, 'at'> | undefined {
  const { steps, always, answered, process, ofRounds, behindRecord } = sending
  if (name === recordPlace) return behindRecord ? undefined : filled(sentences.noRecord, name)
  if (name === 'reason')
    return always || steps.some(({ reasons }) => !reasons) ? filled(sentences.noReason, name) : undefined
  if (name === 'appeal_until') {
    const decided = !always && steps.every(({ decides }) => decides)
    return decided && process.appealDays !== undefined ? undefined : filled(sentences.noAppeal, name)
  }
  if (answered.has(name) || enginePlaces.some((each) => each === name)) return undefined
  const asking = process.steps.filter(({ asks = [] }) => asks.some(({ id }) => id === name))
  const [first] = asking
  if (!first) {
    const asked = process.steps.flatMap(({ asks = [] }) => asks.map(({ id }) => id))
    return filled(sentences.unknown, name, { names: someOf(name, [...enginePlaces, ...answered, ...asked]) })
  }
  const isTaken = (step: Step) =>
    asking.some((each) => each === step || step.from.some((state) => statesFrom(process, [each.to]).has(state)))
  if (always || !steps.every(isTaken)) return filled(sentences.askedLater, name, { step: first.id })
  const silent = steps.find(
    ({ id, asks = [] }) => ofRounds.has(id) && asks.some((each) => each.id === name && each.optional),
  )
  return silent && filled(sentences.leftOut, name, { step: silent.id })
}

const namesMax = 12

/** What could have been meant, the most alike first: a long form has more names than anybody reads. */
function someOf(name: string, all: readonly string[]): string {
  const like = nearest(name, all)
  const names = [...new Set([...(like ? [like] : []), ...all])]
  return names.length > namesMax ? `${names.slice(0, namesMax).join(', ')} …` : names.join(', ')
}

const filled = (text: Text, name: string, values: Record<string, string> = {}) => ({
  text,
  values: { name, ...values },
})

function placesIn(text: Text): ['en' | 'zh-Hant' | 'zh-Hans', string][] {
  return (['en', 'zh-Hant', 'zh-Hans'] as const).flatMap((language) =>
    namesOfPlaces(text[language]).map((name): [typeof language, string] => [language, name]),
  )
}

const namesOfPlaces = (text = ''): string[] => [...text.matchAll(/\{([\w.-]+)\}/g)].map(([, name]) => name!)
