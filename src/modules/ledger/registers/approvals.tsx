import { Mark, type MarkKind, Moment, type PageContext, Phrase, texts, usePage } from '#platform'
import { listed } from '../listed.ts'
import type { Approval, FieldValue, Standing, Tone } from './types.ts'

const words = texts({
  empty: { en: 'empty', 'zh-Hant': '留空' },
  persons: { en: '{persons} persons of {party}', 'zh-Hant': '{party}（{persons} 人）' },
  company: {
    en: '{party} ({persons} persons where it is an organisation)',
    'zh-Hant': '{party}（如屬機構，須有 {persons} 人）',
  },
  orElse: { en: '; or ', 'zh-Hant': '；或' },
  expired: { en: 'Expired', 'zh-Hant': '已屆滿' },
  proposed: { en: 'Proposed, and not in the register yet', 'zh-Hant': '已提出，尚未登記' },
  lapsed: { en: 'Proposed, and never entered in the register', 'zh-Hant': '曾經提出，但沒有登記' },
})

type Page = Pick<PageContext, 'say' | 'language'>

/** “Owner (2 persons where it is an organisation), New owner and Registry” */
export const writeNeeds = ({ say, language }: Page, needs: readonly Approval[]): string =>
  listed(
    { language },
    needs.map(({ party, persons, ofOrganisation }) => {
      if (persons > 1) return say(words.persons, { persons, party })
      return ofOrganisation > 1 ? say(words.company, { persons: ofOrganisation, party }) : say(party)
    }),
  )

/** Who must approve, by every way there is. Ways that need the same are one. */
export const waysOf = (page: Page, approvals: readonly (readonly Approval[])[]): string[] => [
  ...new Set(approvals.map((needs) => writeNeeds(page, needs))),
]

/** The same in one sentence: “Court or 2 persons of Registry”; apart where a way needs several: “Owner and Registry; or Court”. */
export const writeApprovals = (page: Page, approvals: readonly (readonly Approval[])[]): string =>
  approvals.some((needs) => needs.length > 1)
    ? waysOf(page, approvals).join(page.say(words.orElse))
    : listed(page, waysOf(page, approvals), 'disjunction')

const marks: Readonly<Record<'good' | 'warn' | 'bad' | 'none', MarkKind>> = {
  good: 'holds',
  warn: 'derived',
  bad: 'fails',
  none: 'unchecked',
}
export const markOf = (tone: Tone): MarkKind => marks[tone ?? 'none']

export const writeStanding = ({ say }: Pick<PageContext, 'say'>, { kind, title }: Standing): string =>
  kind === 'state' ? say(title!) : say(words[kind])

/** What an item is worth, by shape and word. */
export function StandingMark({ standing }: { standing: Standing }) {
  return (
    <Mark kind={markOf(standing.tone)}>
      <Phrase text={writeStanding(usePage(), standing)} />
    </Mark>
  )
}

/** What stands in a field: a day as people write it, and text with its lines. */
export function Value({ field }: { field: Pick<FieldValue, 'kind' | 'value'> }) {
  const { say } = usePage()
  if (field.value === '') return <span class="muted">{say(words.empty)}</span>
  if (field.kind === 'date') return <Moment at={field.value} />
  return <span class="field-value">{field.value}</span>
}
