import { type Static, type TSchema, Type } from 'typebox'
import { languages, texts } from '../platform/languages.ts'
import type { Complaint } from './check.ts'
import type { Definition } from './pack.ts'
import { expects, FigureId, OwnAddress, oneOf, PackDate, PackId, packText, reference } from './shapes.ts'
import { shown } from './words.ts'

const hour = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  ...expects({ en: 'Hours and minutes, as 22:00', 'zh-Hant': '時與分，例如 22:00' }),
})

export type Government = Static<typeof Government>
const Government = Type.Object({
  id: PackId,
  name: packText(120),
  site: packText(60, 'The name of the site, in its header and titles'),
  tagline: packText(80, 'One short sentence of what people find here'),
  summary: packText(400, 'What this site is, and what it is not, in one or two sentences'),
  languages: Type.Array(
    Type.Object({
      language: oneOf(languages, 'A language that Praya speaks'),
      address: Type.String({
        pattern: '^[a-z]{1,8}$',
        ...expects({
          en: 'One to eight lower-case letters that begin its addresses, as eng',
          'zh-Hant': '網址開頭的一至八個小寫字母，例如 eng',
        }),
      }),
      name: Type.String({ minLength: 1, maxLength: 30, description: 'What its speakers call it' }),
    }),
    { minItems: 1, maxItems: languages.length },
  ),
  defaultLanguage: oneOf(languages, 'The language of an address without one'),
  timeZone: Type.String({ maxLength: 60, description: 'A name of the IANA time zone database' }),
  quietHours: Type.Optional(
    Type.Object({ from: hour, until: hour }, { description: 'When no phone rings for a message; alerts always do' }),
  ),
  currency: Type.Object({
    code: Type.String({
      pattern: '^[A-Z]{3}$',
      ...expects({ en: 'Three capital letters by ISO 4217, as HKD', 'zh-Hant': 'ISO 4217 的三個大寫字母，例如 HKD' }),
    }),
  }),
  financialYearStartMonth: Type.Integer({ minimum: 1, maximum: 12 }),
  board: Type.Array(FigureId, {
    maxItems: 10,
    uniqueItems: true,
    description: 'Figures of Praya on the home page, in order; those of modules that do not run yet are passed over',
  }),
})

const organisationKinds = [
  'government',
  'bureau',
  'department',
  'office',
  'public-body',
  'court',
  'legislature',
  'company',
  'association',
  'other-government',
] as const

export type Organisation = Static<typeof Organisation>
const Organisation = Type.Object({
  id: PackId,
  name: packText(160),
  short: Type.Optional(packText(40)),
  kind: oneOf(organisationKinds, 'What it is'),
  partOf: Type.Optional(reference('organisation')),
  successor: Type.Optional(
    Type.Object(
      { organisation: reference('organisation'), on: PackDate },
      { description: 'Who took its work over, and when' },
    ),
  ),
  verify: Type.Optional(
    Type.Literal(true, { description: 'Compare the name with an official source before relying on it' }),
  ),
})

export type PackPerson = Static<typeof PackPerson>
const PackPerson = Type.Object({
  id: PackId,
  name: packText(80),
  about: packText(300, 'One sentence on who this made-up person is'),
  organisation: Type.Optional(reference('organisation')),
  level: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3, description: 'The level of assurance that the person begins with' }),
  ),
  roles: Type.Array(PackId, { maxItems: 20, uniqueItems: true }),
})

/** For whom a service is, or at which moment of life it is needed. With an address it leads somewhere, from the home page too. */
export type Topic = Static<typeof Topic>
export const Topic = Type.Object({
  id: PackId,
  name: packText(60),
  about: packText(200),
  address: Type.Optional(OwnAddress),
})

/** A definition of a list known by `id`, which most are. */
const listOf = <Shape extends TSchema>(
  kind: string,
  file: string,
  summary: string,
  shape: Shape,
): Definition<Shape> => ({
  kind,
  file,
  summary,
  shape,
  holds: 'list',
  identifier: 'id',
})

export const governments: Definition<typeof Government> = {
  ...listOf('government', 'government.yaml', 'Its name, languages, time, money and financial year.', Government),
  holds: 'one',
  required: true,
  check: checkGovernment,
}
export const organisations: Definition<typeof Organisation> = {
  ...listOf('organisation', 'organisations.yaml', 'Bureaux, departments and others that act here.', Organisation),
  required: true,
  check: checkOrganisations,
}
export const people = listOf(
  'person',
  'people.yaml',
  'Made-up people as whom anybody may sign in to a demonstration.',
  PackPerson,
)
export const audiences = listOf('audience', 'audiences.yaml', 'For whom services are.', Topic)
export const lifeEvents = listOf(
  'life-event',
  'life-events.yaml',
  'Moments of life at which people need services.',
  Topic,
)

/** What every pack may hold, whichever modules run. */
export const platformDefinitions: readonly Definition[] = [governments, organisations, people, audiences, lifeEvents]

const sentences = texts({
  defaultLanguage: {
    en: '“{language}” is not among the languages above. Name one of them.',
    'zh-Hant': '上列語文沒有「{language}」。須為其中之一。',
  },
  languageTwice: {
    en: 'This language or its address is in the list already. Keep one of the two.',
    'zh-Hant': '這種語文或其網址已在清單內。只保留其一。',
  },
  timeZone: {
    en: 'There is no time zone “{timeZone}”. Write one as “Europe/Lisbon”.',
    'zh-Hant': '沒有「{timeZone}」這個時區。寫法如「Europe/Lisbon」。',
  },
  circle: {
    en: '“{id}” leads back to itself here. Break the circle.',
    'zh-Hant': '「{id}」在此循環指向自己。須切斷循環。',
  },
})

function* checkGovernment(values: readonly Government[]): Generator<Complaint> {
  for (const government of values) {
    const { languages, defaultLanguage, timeZone } = government
    if (!languages.some(({ language }) => language === defaultLanguage))
      yield {
        at: government,
        key: 'defaultLanguage',
        text: sentences.defaultLanguage,
        values: { language: defaultLanguage },
      }
    for (const [index, each] of languages.entries())
      if (
        languages
          .slice(0, index)
          .some(({ language, address }) => language === each.language || address === each.address)
      )
        yield { at: each, text: sentences.languageTwice }
    if (timeZone !== 'UTC' && !Intl.supportedValuesOf('timeZone').includes(timeZone))
      yield { at: government, key: 'timeZone', text: sentences.timeZone, values: { timeZone: shown(timeZone) } }
  }
}

/** Pages climb from an organisation to the one above; a circle would keep them climbing. */
function* checkOrganisations(values: readonly Organisation[]): Generator<Complaint> {
  const byId = new Map(values.map((each) => [each.id, each]))
  const ways = {
    partOf: (each: Organisation) => each.partOf,
    successor: (each: Organisation) => each.successor?.organisation,
  }
  for (const [key, above] of Object.entries(ways))
    for (const organisation of values) {
      let next = byId.get(above(organisation) ?? '')
      for (let step = 0; next && next !== organisation && step < values.length; step++)
        next = byId.get(above(next) ?? '')
      if (next === organisation)
        yield { at: organisation, key, text: sentences.circle, values: { id: organisation.id } }
    }
}
