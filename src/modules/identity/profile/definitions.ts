import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, expects, oneOf, type Pack, PackId, packText } from '#pack'
import { texts } from '#platform'
import { type Field, fieldKinds, standardFields } from './fields.rules.ts'

const OwnField = Type.Object({
  claim: Type.String({
    pattern: '^[a-z][a-z0-9]*(_[a-z0-9]+)*$',
    maxLength: 60,
    ...expects({
      en: 'Lower-case letters, digits and underscores, a letter first, as home_phone: services ask for it by this name',
      'zh-Hant': '小寫字母、數字和底線，以字母開頭，例如 home_phone；服務以此名稱索取',
    }),
  }),
  name: packText(60),
  kind: oneOf(fieldKinds, 'How it is written and checked'),
  options: Type.Optional(
    Type.Array(Type.Object({ value: PackId, name: packText(60) }), {
      minItems: 2,
      maxItems: 30,
      description: 'What can be chosen, for a choice alone',
    }),
  ),
})

/** What a profile holds in this government beside the standard claims, and what its proofs are called. */
type ProfileRules = Static<typeof ProfileRules>
const ProfileRules = Type.Object({
  id: PackId,
  trustFramework: Type.String({
    pattern: '^[a-z][a-z0-9_]*$',
    maxLength: 60,
    ...expects({
      en: 'The name under which services know how people are proven here, as hk_praya',
      'zh-Hant': '服務據以識別本地核實規則的名稱，例如 hk_praya',
    }),
  }),
  callingCode: Type.Optional(
    Type.String({
      pattern: '^[1-9][0-9]{0,2}$',
      maxLength: 3,
      ...expects({
        en: 'The calling code of telephone numbers that are written without one, as 852',
        'zh-Hant': '未寫國際區號的電話號碼所屬區號，例如 852',
      }),
    }),
  ),
  fields: Type.Array(OwnField, { maxItems: 20, description: 'Fields of this government, in the order of the page' }),
})

export const profile: Definition<typeof ProfileRules> = {
  kind: 'profile',
  summary: 'Which fields a person’s profile has beside the standard ones, and the name of its trust framework.',
  file: 'profile.yaml',
  holds: 'one',
  identifier: 'id',
  shape: ProfileRules,
  *check(values): Generator<Complaint> {
    for (const { fields } of values)
      for (const [at, field] of fields.entries()) {
        const { claim, kind, options = [] } = field
        const taken = [...standardFields.map(({ name }) => name), ...fields.slice(0, at).map((each) => each.claim)]
        if (taken.includes(claim) || reserved.has(claim))
          yield { at: field, key: 'claim', text: words.taken, values: { claim } }
        if ((kind === 'choice') !== options.length > 0) yield { at: field, key: 'options', text: words.options }
        if (new Set(options.map(({ value }) => value)).size < options.length)
          yield { at: field, key: 'options', text: words.twice }
      }
  },
}

const withoutProfile: ProfileRules = { id: 'profile', trustFramework: 'praya', fields: [] }

/** The rules of this pack; without a file there are the standard fields alone. */
export const profileRulesOf = (pack: Pack): ProfileRules => pack.list(profile)[0] ?? withoutProfile

/** Every field that a profile has in this government, in the order of its pages. */
export function profileFields(pack: Pack): readonly Field[] {
  return [
    ...standardFields,
    ...profileRulesOf(pack).fields.map(({ claim, name, kind, options }): Field => {
      const choices = options && { options: options.map((each) => ({ value: each.value, name: each.name })) }
      return { name: claim, label: name, kind, declared: true, ...choices }
    }),
  ]
}

/** Claims of the protocols themselves (OpenID Connect Core 1.0, §2 and §5.1), which no pack gives another meaning. */
const reserved = new Set(
  'sub iss aud exp iat auth_time nonce acr amr azp at_hash c_hash s_hash sid verified_claims email_verified phone_number_verified updated_at locale'.split(
    ' ',
  ),
)

const words = texts({
  taken: {
    en: 'The claim “{claim}” exists already. Give this field another name.',
    'zh-Hant': '「{claim}」這個名稱已有用途。此項須另取名稱。',
  },
  options: {
    en: 'A choice has options, and nothing else has. Add them or take them away.',
    'zh-Hant': '只有選擇題才有選項，而選擇題必須有選項。須加上或刪去。',
  },
  twice: { en: 'Two options have one value. Give one another.', 'zh-Hant': '有兩個選項的值相同。其一須更改。' },
})
