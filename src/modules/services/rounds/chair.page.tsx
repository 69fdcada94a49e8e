import {
  Button,
  ErrorSummary,
  Page,
  Phrase,
  pageNames,
  Radios,
  Tag,
  TextArea,
  texts,
  usePage,
  Warning,
} from '#platform'
import { Assigned, Ranking } from './parts.tsx'
import type { ChairData } from './types.ts'
import { shared } from './words.ts'

const words = texts({
  tie: {
    en: 'A tie decides who goes on. Which entry comes first?',
    'zh-Hant': '有項目同分，影響晉級名單。哪個項目排先？',
  },
  reason: { en: 'Your reason', 'zh-Hant': '理由' },
  decide: { en: 'Decide the tie', 'zh-Hant': '裁決' },
  close: { en: 'Close this round', 'zh-Hant': '結束這一輪' },
  few: {
    en: 'Conflicts of interest leave fewer than {count} judges for these entries: {references}. The department can invite another judge.',
    'zh-Hant': '因利益衝突，以下項目的評審不足 {count} 名：{references}。部門可另邀評審。',
  },
  fewOne: {
    en: 'Conflicts of interest leave no judge for these entries: {references}. The department can invite another judge.',
    'zh-Hant': '因利益衝突，以下項目已沒有評審：{references}。部門可另邀評審。',
  },
  closeMore: {
    en: 'The ranking is then frozen, and a decider of the department confirms it.',
    'zh-Hant': '排名其後不再更改，並由部門決策人員確認。',
  },
})

export function ChairPage(data: ChairData) {
  const { service, round, path, state, token, missing, ranked, undecided, typed, wrong } = data
  const { assigned, judges, few, isNormalised } = data
  const { say, href } = usePage()
  const errorOf = (name: string) => {
    const found = wrong.find(({ field }) => field === name)
    return found ? { error: say(found.text) } : {}
  }
  return (
    <Page
      title={say(round)}
      error={wrong.length > 0}
      breadcrumbs={[
        { text: say(pageNames.account), path: '/account' },
        { text: say(shared.desk), path: '/rounds' },
      ]}
    >
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1 id="round">
        <Phrase text={say(round)} />
      </h1>
      <p>
        {say(service)} <Tag tone={state === 'open' ? 'act' : 'good'}>{say(shared[state])}</Tag>
      </p>
      {missing > 0 && <p>{say(shared.missing, { count: missing })}</p>}
      {few.length > 0 && (
        <Warning>{say(judges === 1 ? words.fewOne : words.few, { count: judges, references: few.join(', ') })}</Warning>
      )}
      {ranked.length > 0 && (
        <Ranking {...{ ranked, isNormalised }} title={say(missing > 0 ? shared.entries : shared.ranking)} />
      )}
      <Assigned assigned={assigned} />
      {state === 'open' && missing === 0 && undecided[0] && (
        <form method="post" action={href(`${path}/tie`)}>
          <input type="hidden" name="token" value={token} />
          <Radios
            name="first"
            label={say(words.tie)}
            value={typed.first}
            options={undecided[0].map((reference) => ({ value: reference, label: reference }))}
            {...errorOf('first')}
          />
          <TextArea
            name="reason"
            label={say(words.reason)}
            value={typed.reason}
            rows={3}
            maxLength={1000}
            {...errorOf('reason')}
          />
          <Button>{say(words.decide)}</Button>
        </form>
      )}
      {state === 'open' && missing === 0 && undecided.length === 0 && (
        <form method="post" action={href(`${path}/close`)}>
          <p>{say(words.closeMore)}</p>
          <Button>{say(words.close)}</Button>
        </form>
      )}
    </Page>
  )
}
