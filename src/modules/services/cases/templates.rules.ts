import { type Language, languages, say, type Text } from '#platform'
import { nothing, questionsOf, textOf } from '../applying/answers.rules.ts'
import { dayText } from '../applying/read.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Question } from '../definitions/form.ts'
import { same } from '../texts.rules.ts'
import { caseOf } from './decide.rules.ts'
import { fillPlaces } from './messages.ts'
import { type SmsParts, smsParts } from './sms.rules.ts'

/** One template as a person would read it in one language, and what it takes by SMS. */
export type Shown = {
  language: Language
  subject: string
  text: string
  inbox: SmsParts
  sms: { text: string; size: SmsParts } | null
}
/** `states` are those in which a case stands when it is sent. */
export type Template = { id: string; states: Text[]; shown: Shown[] }

type Sample = { organisation: Text; currency: string; day: string }

/** Every message of a service with samples for its places: what its editor looks at. */
export function templatesOf(compiled: CompiledService, sample: Sample): Template[] {
  const { case: definition } = caseOf(compiled)
  return definition.messages.map((message) => {
    const steps = definition.steps.filter((step) => step.message === message.id)
    const sent = steps.map(({ to }) => to)
    const reasonId = steps.flatMap(({ reasons = [] }) => reasons)[0]
    const reason = definition.reasons?.find(({ id }) => id === reasonId)?.text ?? nothing
    const ids = new Set([...(definition.received === message.id ? [definition.begins] : []), ...sent])
    const states = definition.states.filter(({ id }) => ids.has(id))
    const state = states[0] ?? definition.states[0]!
    const fill = (template: Text) =>
      fillPlaces(template, (name) => sampleOf(name, compiled, state, { ...sample, reason }))
    const [subject, text, sms] = [fill(message.subject), fill(message.text), message.sms && fill(message.sms)]
    const shown = languages.map((language): Shown => {
      const inbox = say(text, language)
      const short = sms && say(sms, language)
      return {
        ...{ language, subject: say(subject, language), text: inbox, inbox: smsParts(inbox) },
        sms: short ? { text: short, size: smsParts(short) } : null,
      }
    })
    return { id: message.id, states: states.map(({ title }) => title), shown }
  })
}

type State = ReturnType<typeof caseOf>['case']['states'][number]

function sampleOf(
  name: string,
  compiled: CompiledService,
  state: State,
  { organisation, currency, day, reason }: Sample & { reason: Text },
): Text {
  const { case: definition } = caseOf(compiled)
  switch (name) {
    case 'reference':
      return same(`${definition.prefix}-7K3M9-QX2AB`)
    case 'title':
      return compiled.service.title
    case 'state':
      return state.title
    case 'next':
      return state.next
    case 'days':
      return same(String(state.clock?.days ?? '–'))
    case 'organisation':
      return organisation
    case 'appeal_until':
      return dayText(day)
    case 'reason':
      return reason
  }
  const asked = definition.steps.flatMap(({ asks = [] }) => asks).find(({ id }) => id === name)
  const question = asked ?? (compiled.form && questionsOf(compiled.form.form).get(name))
  const calculated = compiled.form?.form.values?.find(({ id }) => id === name)
  if (question) return sampleAnswer(question, { currency, day })
  return calculated ? sampleAnswer(calculated, { currency, day }) : nothing
}

/** An answer as long as people’s are; where the definition has an example, that. */
function sampleAnswer(
  question: Pick<Question, 'kind' | 'options' | 'unit' | 'example'>,
  { currency, day }: Omit<Sample, 'organisation'>,
): Text {
  const { kind, options = [], example } = question
  if (example) return same(example)
  switch (kind) {
    case 'money':
      return textOf(question, 1_250_000, currency)
    case 'number':
      return textOf(question, 12, currency)
    case 'date':
      return textOf(question, day, currency)
    case 'yes-no':
    case 'declaration':
      return textOf(question, true, currency)
    case 'choice':
      // Options that are no part of the definition, as the sessions of a course.
      if (!options[0]) return { en: 'What was chosen', 'zh-Hant': '所選的一項' }
      return textOf(question, options[0].id, currency)
    case 'choices':
      return textOf(
        question,
        options.slice(0, 2).map(({ id }) => id),
        currency,
      )
    case 'email':
      return same('ada.quay@example.org')
    case 'phone':
      return same('5555 0100')
    case 'file':
      return same('plan.pdf')
    default:
      return { en: 'Ada Quay', 'zh-Hant': '碼頭雅達' }
  }
}
